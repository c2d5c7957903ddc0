using System.Globalization;
using System.Text.Json.Nodes;
using CrmSync.Core.Deliveries;
using CrmSync.Core.Sessions;

namespace CrmSync.Connectors.Salesforce;

/// <summary>A note as a record.</summary>
/// <param name="Type"><c>CaseComment</c>, <c>Task</c> or <c>FeedItem</c>.</param>
/// <param name="Link">Fields that tie it to its parent; settable only once.</param>
/// <param name="Content">Fields with what people read; an edit sends only these.</param>
internal sealed record NoteRecord(string Type, JsonObject Link, JsonObject Content)
{
    public JsonObject Whole => new(Link.Concat(Content).Select(f => KeyValuePair.Create(f.Key, f.Value?.DeepClone())));
}

/// <summary>From a parcel's rendered parts to the record an agent will read.</summary>
internal sealed class SalesforceNotes(SalesforceOptions options)
{
    public const string CommentPart = "case-comment";
    public const string TaskPart = "task";
    public const string SubjectPart = "task-subject";

    private const int CommentBytesMax = 4_000;
    private const int TaskCharactersMax = 32_000;
    private const int FeedCharactersMax = 10_000;
    private const int SubjectCharactersMax = 255;

    /// <param name="marked">Ends with a line that a lookup finds; for orgs without the ledger object.</param>
    public NoteRecord For(Parcel parcel, TicketRef ticket, bool marked)
    {
        var pointer = $"… (cut; see the attached {parcel.Attachment.FileName})" + (marked ? $"\n{Marker(parcel)}" : string.Empty);
        return KindFor(ticket) switch
        {
            SalesforceNote.CaseComment => Comment(ticket, NoteText.FitBytes(Text(parcel, CommentPart, marked), CommentBytesMax, pointer)),
            SalesforceNote.Task => Task(parcel, ticket, NoteText.FitCharacters(Text(parcel, TaskPart, marked), TaskCharactersMax, pointer)),
            _ => Post(ticket, NoteText.FitCharacters(Text(parcel, TaskPart, marked), FeedCharactersMax, pointer)),
        };
    }

    /// <summary>The fields that a note of this kind fills.</summary>
    public static string[] FieldsOf(SalesforceNote kind) => kind switch
    {
        SalesforceNote.CaseComment => ["ParentId", "IsPublished", "CommentBody"],
        SalesforceNote.Task => ["WhatId", "WhoId", "Status", "ActivityDate", "TaskSubtype", "Subject", "Description"],
        _ => ["ParentId", "Visibility", "Body"],
    };

    public string TypeFor(TicketRef ticket) => KindFor(ticket).ToString();

    /// <summary>The line by which a lookup knows the note of one delivery.</summary>
    public static string Marker(Parcel parcel) => $"CrmSync ref {parcel.Delivery.Key.Marker}";

    private SalesforceNote KindFor(TicketRef ticket) => ticket.RecordType == "Case" ? options.CaseNote : options.OtherNote;

    private static string Text(Parcel parcel, string part, bool marked)
    {
        var written = parcel.Note.Part(part) ?? parcel.Note.Part(CommentPart) ?? parcel.Note.Part(TaskPart) ?? string.Empty;
        var text = NoteText.WithoutReferences(written.ReplaceLineEndings("\n").Trim());
        return marked ? $"{text}\n{Marker(parcel)}" : text;
    }

    private static NoteRecord Comment(TicketRef ticket, string text) => new(
        "CaseComment",
        new JsonObject { ["ParentId"] = ticket.RecordId, ["IsPublished"] = false },
        new JsonObject { ["CommentBody"] = text });

    private static NoteRecord Task(Parcel parcel, TicketRef ticket, string text)
    {
        var session = parcel.Session;
        var link = new JsonObject
        {
            [ticket.RecordType is "Contact" or "Lead" ? "WhoId" : "WhatId"] = ticket.RecordId,
            ["Status"] = "Completed",
        };
        if (session.EndsAt is { } end)
        {
            link["ActivityDate"] = end.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        }

        if (session.Key.Kind is SessionKind.Call)
        {
            link["TaskSubtype"] = "Call";
        }

        var subject = parcel.Note.Part(SubjectPart)?.ReplaceLineEndings(" ").Trim() is { Length: > 0 } written ? written : session.Key.Local;
        return new NoteRecord(
            "Task",
            link,
            new JsonObject { ["Subject"] = subject.Length > SubjectCharactersMax ? NoteText.FitCharacters(subject, SubjectCharactersMax - 1, "…").ReplaceLineEndings(string.Empty) : subject, ["Description"] = text });
    }

    private static NoteRecord Post(TicketRef ticket, string text) => new(
        "FeedItem",
        new JsonObject { ["ParentId"] = ticket.RecordId, ["Visibility"] = "InternalUsers" },
        new JsonObject { ["Body"] = text });
}
