namespace CrmSync.Core.Sessions;

/// <summary>What the reader needs to know about where a file comes from.</summary>
public sealed record ReaderOptions
{
    /// <summary>The contact-centre instance the file belongs to.</summary>
    public string Instance { get; init; } = "default";

    /// <summary>Larger files are refused before they are read. Real ones have 5-200 kB.</summary>
    public int BytesMax { get; init; } = 10 * 1024 * 1024;

    /// <summary>Nesting beyond this is refused. Real files reach 5.</summary>
    public int DepthMax { get; init; } = 64;

    /// <summary>Root keys beyond this are refused. Real files have about 70.</summary>
    public int KeysMax { get; init; } = 2_000;

    /// <summary>Where else to look for dispositions and notes, before the known places. Google does not publish the key.</summary>
    public IReadOnlyList<JsonPath> DispositionPaths { get; init; } = [];

    /// <summary>Where else to look for SMS sent during a call.</summary>
    public IReadOnlyList<JsonPath> InCallSmsPaths { get; init; } = [];

    /// <summary>Where else to look for SMS sent while waiting.</summary>
    public IReadOnlyList<JsonPath> WaitTimeSmsPaths { get; init; } = [];

    /// <summary>Where else to look for text the customer typed for a SmartAction.</summary>
    public IReadOnlyList<JsonPath> TextInputPaths { get; init; } = [];
}
