using System.Globalization;

namespace CrmSync.Console.Texts;

/// <summary>Says texts, numbers and times in the user's language. One for each user's visit; pages inject it as <c>Say</c>.</summary>
public sealed class Speech
{
    public const string English = "en";
    public const string Spanish = "es";

    /// <summary>By their own names, as they stand in the menu.</summary>
    public static readonly IReadOnlyList<(string Code, string Name)> Languages = [(English, "English"), (Spanish, "Español")];

    public string Language { get; private set; } = English;

    public CultureInfo Culture { get; private set; } = CultureInfo.GetCultureInfo(English);

    public string this[Text text] => Language == Spanish ? text.Spanish : text.English;

    public static bool Knows(string language) => Languages.Any(known => known.Code == language);

    /// <summary>Once, before the first text is said.</summary>
    public void Use(string language)
    {
        Language = Knows(language) ? language : English;
        Culture = CultureInfo.GetCultureInfo(Language);
    }

    /// <summary>A text with <c>{0}</c> places, filled in as the language writes numbers.</summary>
    public string Format(Text text, params ReadOnlySpan<object?> values) => string.Format(Culture, this[text], values);

    public string Number(long value) => value.ToString("N0", Culture);
}
