using System.Text.Json;
using CrmSync.Core.Deliveries;

namespace CrmSync.Connectors.Salesforce;

/// <summary>What has to happen to files before the transaction that brings them to their record.</summary>
internal sealed class SalesforceFiles(SalesforceOptions options, SalesforceClient client)
{
    /// <summary>Drafts as they can be sent, each with the outcome that stops it or null.</summary>
    public async Task<IReadOnlyList<(SalesforceDraft Draft, Outcome? Failure)>> PrepareAsync(
        IReadOnlyList<SalesforceDraft> drafts, CancellationToken cancel)
    {
        var (known, trouble) = await WithDocumentsAsync(drafts, cancel);
        var prepared = new List<(SalesforceDraft, Outcome?)>(drafts.Count);
        foreach (var draft in known)
        {
            prepared.Add(trouble is null ? await SendAheadAsync(draft, cancel) : (draft, SalesforceFaults.Harmless(trouble)));
        }

        return prepared;
    }

    public bool IsLarge(Parcel parcel) => parcel.Attachment.Content.Length > options.InlineFileBytesMax;

    /// <summary>
    /// Drafts with the document of the file they change. The answer to a collection or a single insert names only the version it made: its
    /// document is asked for when the session changes, which few do.
    /// </summary>
    public async Task<(IReadOnlyList<SalesforceDraft> Drafts, SalesforceTrouble? Trouble)> WithDocumentsAsync(
        IReadOnlyList<SalesforceDraft> drafts, CancellationToken cancel)
    {
        var versions = drafts.Select(d => d.EarlierVersion).OfType<string>().ToList();
        if (versions.Count == 0)
        {
            return (drafts, null);
        }

        var (answer, trouble) = await client.QueryAsync(
            $"SELECT Id, ContentDocumentId FROM ContentVersion WHERE Id IN {Soql.List(versions)}", all: false, cancel);
        var documents = (answer?.Records ?? []).ToDictionary(
            r => r.GetProperty("Id").GetString()!, r => r.GetProperty("ContentDocumentId").GetString(), StringComparer.Ordinal);
        return ([.. drafts.Select(Resolved)], trouble);

        SalesforceDraft Resolved(SalesforceDraft draft) => draft.EarlierVersion is not { } version ? draft
            : documents.GetValueOrDefault(version) is { } document ? draft with { ResolvedDocument = document }
            : draft with { Afresh = true };
    }

    /// <summary>
    /// Files too large to travel as base64 among others go ahead, by multipart and without a record: nobody sees them, so that sending one
    /// again does no harm. The transaction that writes the note then links the file, once. A further version of a file cannot be kept apart
    /// in this way; it is looked for by its name before it is sent a second time.
    /// </summary>
    private async Task<(SalesforceDraft Draft, Outcome? Failure)> SendAheadAsync(SalesforceDraft draft, CancellationToken cancel)
    {
        if (!IsLarge(draft.Parcel))
        {
            return (draft, null);
        }

        var (known, lost) = await FindAsync(draft, cancel);
        if (lost is not null || known is not null)
        {
            return (draft with { VersionId = known }, lost is null ? null : SalesforceFaults.Harmless(lost));
        }

        var (saved, trouble) = await client.UploadAsync(draft.FileWithoutRecord(), draft.Parcel.Attachment, cancel);
        return trouble switch
        {
            null => (draft with { VersionId = saved?.Id }, null),
            _ when draft.EarlierDocument is null => (draft, SalesforceFaults.Harmless(trouble)),
            { Code: { } code } when SalesforceFaults.IsGone(code) => await SendAheadAsync(draft with { Afresh = true }, cancel),
            _ => (draft, SalesforceFaults.ToOutcome(trouble)),
        };
    }

    // Only a delivery that was sent before can have left something; the name holds its marker.
    private async Task<(string? VersionId, SalesforceTrouble? Trouble)> FindAsync(SalesforceDraft draft, CancellationToken cancel)
    {
        if (draft.Parcel.Delivery.FirstSentAt is null)
        {
            return (null, null);
        }

        var (answer, trouble) = await client.QueryAsync(
            $"SELECT Id, ContentDocumentId FROM ContentVersion WHERE Title = {Soql.Literal(draft.Parcel.Attachment.FileName)}", all: false, cancel);
        var found = (answer?.Records ?? []).FirstOrDefault(
            r => draft.EarlierDocument is null || r.GetProperty("ContentDocumentId").GetString() == draft.EarlierDocument);
        return (found.ValueKind is JsonValueKind.Object ? found.GetProperty("Id").GetString() : null, trouble);
    }
}
