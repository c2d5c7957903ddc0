namespace CrmSync.Scripting.Runtime;

/// <summary>Text that is fit to be written as it is, because it has been escaped or because the template's author vouches for it.</summary>
internal sealed class SafeText(string text)
{
    public static SafeText Empty { get; } = new("");

    public string Text { get; } = text;

    public override string ToString() => Text;
}

/// <summary>The variable <c>empty</c>, which equals everything that has no items, members or characters.</summary>
internal sealed class EmptyValue
{
    public static EmptyValue Instance { get; } = new();

    private EmptyValue()
    {
    }
}
