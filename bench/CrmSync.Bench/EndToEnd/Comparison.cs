using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace CrmSync.Bench.EndToEnd;

/// <summary>Compares three accounts of one run: the files that were fed, the ledger's deliveries, and what lies on the CRM's records.</summary>
internal static class Comparison
{
    /// <summary>One sentence for each session that is missing, doubled, damaged or misplaced, or that ledger and CRM disagree about.</summary>
    public static IReadOnlyList<string> Problems(
        IReadOnlyList<FedSession> fed, IReadOnlyList<LedgerDelivery> ledger, IReadOnlyList<LandedRecord> landed, bool byTicket)
    {
        var problems = new List<string>();
        var rows = ledger.ToLookup(delivery => delivery.Session, StringComparer.Ordinal);
        var files = landed.SelectMany(record => record.Files.Select(file => (record.Id, File: file))).ToLookup(f => SessionOf(f.File.Name), StringComparer.Ordinal);
        foreach (var session in fed)
        {
            problems.AddRange(OfLedger(session, [.. rows[session.Session]]));
            problems.AddRange(OfCrm(session, [.. files[session.Session]], byTicket));
        }

        var known = fed.Select(session => session.Session).ToHashSet(StringComparer.Ordinal);
        problems.AddRange(files.Where(f => !known.Contains(f.Key)).Select(f => $"{f.Key}: the CRM holds it, but nobody fed it"));
        problems.AddRange(landed
            .Where(record => record.Notes != record.Files.Count)
            .Select(record => $"{record.Id}: {record.Notes} notes and {record.Files.Count} files"));
        return problems;
    }

    /// <summary>Zendesk's inline mode: the files as they stand below the notes, told apart by their content.</summary>
    public static IReadOnlyList<LandedRecord> Inline(JsonNode records, IReadOnlyList<FedSession> fed)
    {
        var names = fed.ToDictionary(session => session.Sha256, session => session.Session, StringComparer.Ordinal);
        return [.. records["tickets"]!.AsArray().Select(ticket => new LandedRecord(
            ticket!["id"]!.ToString(),
            ticket["comments"]!.AsArray().Count,
            [.. ticket["comments"]!.AsArray().SelectMany(comment => FilesOf(comment!, names))]))];
    }

    private static IEnumerable<string> OfLedger(FedSession session, List<LedgerDelivery> rows)
    {
        if (rows is not [var row])
        {
            yield return $"{session.Session}: {rows.Count} deliveries in the ledger instead of one";
        }
        else if (row.State != "delivered")
        {
            yield return $"{session.Session}: {row.State} in the ledger {row.Reason}";
        }
    }

    private static IEnumerable<string> OfCrm(FedSession session, List<(string Record, LandedFile File)> files, bool byTicket)
    {
        if (files is not [var (record, file)])
        {
            yield return files.Count == 0 ? $"{session.Session}: missing in the CRM" : $"{session.Session}: {files.Count} times in the CRM";
        }
        else if (file.Sha256 != session.Sha256)
        {
            yield return $"{session.Session}: damaged, {file.Size} bytes instead of {session.Size}";
        }
        else if (byTicket && record != session.Ticket)
        {
            yield return $"{session.Session}: on {record} instead of {session.Ticket}";
        }
    }

    private static IEnumerable<LandedFile> FilesOf(JsonNode comment, Dictionary<string, string> names)
    {
        foreach (var file in comment["attachments"]!.AsArray())
        {
            var content = Encoding.UTF8.GetBytes(file!["text"]!.GetValue<string>());
            yield return new LandedFile(file["name"]!.GetValue<string>(), content.Length, Convert.ToHexStringLower(SHA256.HashData(content)));
        }

        var html = comment["html"]!.GetValue<string>();
        const string Begin = "<pre><code>";
        if (html.IndexOf(Begin, StringComparison.Ordinal) is >= 0 and var start)
        {
            var end = html.IndexOf("</code></pre>", start, StringComparison.Ordinal);
            var content = Encoding.UTF8.GetBytes(WebUtility.HtmlDecode(html[(start + Begin.Length)..end]));
            var hash = Convert.ToHexStringLower(SHA256.HashData(content));
            yield return new LandedFile($"{names.GetValueOrDefault(hash, "damaged")}-inline.json", content.Length, hash);
        }
    }

    // call-48211-9f86d081884c.json
    private static string SessionOf(string fileName) => fileName.LastIndexOf('-') is > 0 and var hyphen ? fileName[..hyphen] : fileName;
}
