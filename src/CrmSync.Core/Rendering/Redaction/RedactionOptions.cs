using System.Text.RegularExpressions;
using CrmSync.Core.Configuration;
using Microsoft.Extensions.Configuration;

namespace CrmSync.Core.Rendering.Redaction;

public enum RedactionMode
{
    /// <summary>Left as it is.</summary>
    Keep,

    /// <summary>Enough stays to recognise it: the last four digits of a number, the domain of an address.</summary>
    Mask,

    /// <summary>Nothing stays but a word in brackets.</summary>
    Remove,
}

/// <summary>What may not leave the house. Applies to notes always, to the attached file when <see cref="Attachment"/> says so.</summary>
public sealed class RedactionOptions
{
    public const string Section = "Redaction";

    /// <summary>
    /// Customers' telephone numbers, in their own fields and in free text (an international number of 7 digits or more, any of 9 or
    /// more). The contact centre's own <c>support_number</c> stays. Default Keep.
    /// </summary>
    public RedactionMode Phone { get; set; }

    /// <summary>Mail addresses, in their own fields and in free text; agents' too. Default Keep.</summary>
    public RedactionMode Email { get; set; }

    /// <summary>
    /// <c>end_user.identifier</c>: a number, an address or an app's user id, depending on the channel. With Keep, an identifier that
    /// is a number or an address still follows <see cref="Phone"/> or <see cref="Email"/>. Default Keep.
    /// </summary>
    public RedactionMode Identifier { get; set; }

    /// <summary>True takes the values of <c>sip_headers</c> out of the attached file; notes never show them. Default false.</summary>
    public bool SipHeaders { get; set; }

    /// <summary>
    /// True applies the rules to the attached file as well. Its other bytes stay as they are, but it is no longer the platform's own
    /// file. Default false.
    /// </summary>
    public bool Attachment { get; set; }

    /// <summary>
    /// Keys of the session file whose values are taken out wherever they occur, e.g. <c>feedback</c> or <c>order_number</c>.
    /// Default none.
    /// </summary>
    public List<string> Keys { get; set; } = [];

    /// <summary>Regular expressions that are looked for in all text, e.g. account numbers. Default none.</summary>
    public List<RedactionPattern> Patterns { get; set; } = [];

    /// <summary>The options of the section <c>Redaction</c>, and every mistake in it.</summary>
    public static (RedactionOptions Options, IReadOnlyList<Complaint> Complaints) Bind(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        var (options, complaints) = StrictBinder.Bind<RedactionOptions>(section);
        return (options, [.. complaints, .. options.Patterns.SelectMany((pattern, i) => pattern.Validate($"{section.Path}:{nameof(Patterns)}:{i}"))]);
    }
}

/// <summary>One regular expression (.NET, without look-around and back references, so that its time is linear in the text).</summary>
public sealed class RedactionPattern
{
    /// <summary>What it finds, for the replacement and for messages: <c>account number</c>.</summary>
    public string Name { get; set; } = string.Empty;

    /// <summary>e.g. <c>\bACC-[0-9]{8}\b</c>.</summary>
    public string Pattern { get; set; } = string.Empty;

    /// <summary>What stands in its place; <c>$1</c> is the first group. Default <c>[NAME removed]</c>.</summary>
    public string? Replacement { get; set; }

    /// <summary>Default false: upper and lower case differ.</summary>
    public bool IgnoreCase { get; set; }

    internal string ReplacementText => Replacement ?? $"[{Name.Replace("$", "$$", StringComparison.Ordinal)} removed]";

    internal Regex Compile() =>
        new(IgnoreCase ? $"(?i:{Pattern})" : Pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    internal IEnumerable<Complaint> Validate(string path)
    {
        if (string.IsNullOrWhiteSpace(Name))
        {
            yield return new Complaint($"{path}:{nameof(Name)}", "is missing.", "Name what the pattern finds, e.g. account number.");
        }

        if (Problem() is { } problem)
        {
            yield return new Complaint($"{path}:{nameof(Pattern)}", problem.Problem, problem.Fix);
        }
    }

    private (string Problem, string Fix)? Problem()
    {
        if (Pattern.Length == 0)
        {
            return ("is missing.", @"Write a regular expression, e.g. \bACC-[0-9]{8}\b.");
        }

        try
        {
            return Compile().IsMatch(string.Empty)
                ? ("matches the empty text, so it would match everywhere.", "Ask for at least one character, e.g. + instead of *.")
                : null;
        }
        catch (NotSupportedException)
        {
            return ("uses look-around, a back reference or an atomic group.", "Write it without: such patterns can take time without end on some texts.");
        }
        catch (ArgumentException e)
        {
            return ($"is not a regular expression: {e.Message}", "See the list of .NET regular expression elements.");
        }
    }
}
