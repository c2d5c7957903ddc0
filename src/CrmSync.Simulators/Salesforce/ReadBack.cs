using System.Text;
using System.Text.Json.Nodes;
using CrmSync.Simulators.Shared;

namespace CrmSync.Simulators.Salesforce;

/// <summary>A note on a record.</summary>
/// <param name="Kind"><c>CaseComment</c>, <c>Task</c> or <c>FeedItem</c>.</param>
/// <param name="Public">True when a customer could see it.</param>
public sealed record SimulatedNote(string Id, string Kind, string? Subject, string Text, bool Public);

/// <summary>A file on a record, in its latest version.</summary>
/// <param name="Id">Id of the document (069).</param>
/// <param name="Versions">How many versions it has.</param>
public sealed record SimulatedFile(string Id, string Title, string Path, int Versions, ReadOnlyMemory<byte> Bytes);

/// <summary>A record with everything a delivery can leave on it.</summary>
public sealed record SimulatedRecord(
    string Id,
    string Type,
    bool IsDeleted,
    IReadOnlyList<SimulatedNote> Notes,
    IReadOnlyList<SimulatedFile> Files,
    IReadOnlyDictionary<string, object?> Fields);

/// <summary>What is stored, by another way than the API the client used.</summary>
internal static class ReadBack
{
    private static readonly string[] Parents = ["Case", "Account", "Contact", "Lead"];

    public static IReadOnlyList<SimulatedRecord> All(Org org)
    {
        using var transaction = org.Begin();
        var notes = Notes(org).ToLookup(n => n.RecordId, n => n.Note, StringComparer.Ordinal);
        var files = Files(org).ToLookup(f => f.RecordId, f => f.File, StringComparer.Ordinal);
        return
        [
            .. Parents.SelectMany(p => org.Rows(org.Type(p))).Select(row => new SimulatedRecord(
                row.Id,
                row.Type.Name,
                row.IsDeleted,
                [.. notes[row.Id]],
                [.. files[row.Id]],
                row.Type.Fields.Where(f => row[f.Name] is not null).ToDictionary(f => f.Name, f => row[f.Name], StringComparer.Ordinal))),
        ];
    }

    public static JsonNode ToJson(Org org) => new JsonObject
    {
        ["records"] = new JsonArray([.. All(org).Select(r => new JsonObject
        {
            ["id"] = r.Id,
            ["type"] = r.Type,
            ["isDeleted"] = r.IsDeleted,
            ["notes"] = new JsonArray([.. r.Notes.Select(n => new JsonObject
            {
                ["id"] = n.Id, ["kind"] = n.Kind, ["subject"] = n.Subject, ["text"] = n.Text, ["public"] = n.Public,
            })]),
            ["files"] = new JsonArray([.. r.Files.Select(f => new JsonObject
            {
                ["id"] = f.Id, ["title"] = f.Title, ["path"] = f.Path, ["versions"] = f.Versions, ["text"] = Encoding.UTF8.GetString(f.Bytes.Span),
            })]),
        })]),
    };

    public static IEnumerable<RecordDigest> Digest(Org org) => All(org)
        .Where(record => record.Notes.Count + record.Files.Count > 0)
        .Select(record => new RecordDigest(
            record.Id, record.Notes.Count, [.. record.Files.Select(file => FileDigest.Of(file.Path, file.Bytes.Span))]));

    private static IEnumerable<(string RecordId, SimulatedNote Note)> Notes(Org org)
    {
        var comments = Live(org, "CaseComment").Select(r => (
            r.Text("ParentId")!, new SimulatedNote(r.Id, r.Type.Name, null, r.Text("CommentBody") ?? string.Empty, r["IsPublished"] is true)));
        var tasks = Live(org, "Task").Select(r => (
            r.Text("WhatId") ?? r.Text("WhoId") ?? string.Empty,
            new SimulatedNote(r.Id, r.Type.Name, r.Text("Subject"), r.Text("Description") ?? string.Empty, Public: false)));
        var posts = Live(org, "FeedItem").Select(r => (
            r.Text("ParentId")!, new SimulatedNote(r.Id, r.Type.Name, null, r.Text("Body") ?? string.Empty, r.Text("Visibility") == "AllUsers")));
        return comments.Concat(tasks).Concat(posts);
    }

    private static IEnumerable<(string RecordId, SimulatedFile File)> Files(Org org)
    {
        var versions = Live(org, "ContentVersion").ToLookup(v => v.Text("ContentDocumentId"), StringComparer.Ordinal);
        foreach (var link in Live(org, "ContentDocumentLink"))
        {
            var all = versions[link.Text("ContentDocumentId")].ToList();
            if (all.Find(v => v["IsLatest"] is true) is { } latest)
            {
                yield return (link.Text("LinkedEntityId")!, new SimulatedFile(
                    link.Text("ContentDocumentId")!,
                    latest.Text("Title")!,
                    latest.Text("PathOnClient")!,
                    all.Count,
                    (byte[])latest["VersionData"]!));
            }
        }
    }

    private static IEnumerable<Row> Live(Org org, string type) => org.Rows(org.Type(type)).Where(r => !r.IsDeleted);
}
