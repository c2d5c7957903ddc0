using System.Globalization;

namespace CrmSync.Scripting;

/// <summary>The world a template sees besides its model.</summary>
public sealed record RenderOptions
{
    public static RenderOptions Default { get; } = new();

    public TemplateLimits Limits { get; init; } = TemplateLimits.Default;

    /// <summary>Null: by the template's name, <see cref="Encoder.Html"/> for <c>.sbn-html</c> and <see cref="Encoder.None"/> otherwise.</summary>
    public Encoder? Encoder { get; init; }

    /// <summary>Where <c>include</c> finds partials. Null: a template that includes ends with an error.</summary>
    public ITemplateLoader? Loader { get; init; }

    /// <summary>Formats numbers, dates and names of months, compares and sorts text.</summary>
    public CultureInfo Culture { get; init; } = CultureInfo.InvariantCulture;

    /// <summary>Dates are shown in this zone, and read in it when they name none.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>What <c>date.now</c> reads.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The record types a template may look into. Dictionaries, lists and JSON need no entry.</summary>
    public ModelMap Models { get; init; } = ModelMap.Empty;

    /// <summary>
    /// True: a member or an item of nothing (null) is an error, as the Scriban package has it by default.
    /// False: it is nothing itself, so that <c>session.queue.name</c> is empty for a session without a queue.
    /// </summary>
    public bool Strict { get; init; }
}
