namespace CrmSync.Scripting;

/// <summary>What happens to the result of each expression before it is written.</summary>
public enum Encoder
{
    /// <summary>Written as it is.</summary>
    None,

    /// <summary>Escaped for HTML text and quoted attribute values.</summary>
    Html,
}
