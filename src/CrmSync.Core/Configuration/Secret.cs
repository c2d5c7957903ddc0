using System.ComponentModel;
using System.Globalization;

namespace CrmSync.Core.Configuration;

/// <summary>A value that never prints itself. Bound from configuration like a string; <c>KEY_FILE</c> names a file that holds it.</summary>
[TypeConverter(typeof(SecretConverter))]
public sealed class Secret(string value)
{
    /// <summary>The clear text. Search for this word to find every place that handles one.</summary>
    public string Reveal() => value;

    public override string ToString() => "[secret]";
}

internal sealed class SecretConverter : TypeConverter
{
    public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) =>
        sourceType == typeof(string) || base.CanConvertFrom(context, sourceType);

    public override object? ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value) =>
        value is string text ? new Secret(text) : base.ConvertFrom(context, culture, value);
}
