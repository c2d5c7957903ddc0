namespace CrmSync.Ledger.Rows;

/// <summary>The rows that a person reads, as SQL brings them.</summary>
internal static class HistoryRow
{
    public const string Revisions =
        """
        select revision as Number, source, locator, content_sha256 as ContentSha256, recorded_at as RecordedAt, updated_at as UpdatedAt,
               ended_at as EndedAt, status, is_final as IsFinal, session_type as SessionType, language, out_ticket as OutTicket, queue
        from revision where session_id = @id order by revision
        """;

    public const string Attempts =
        """
        select a.delivery_id as DeliveryId, a.number, a.phase, a.started_at as StartedAt, a.ended_at as EndedAt, a.outcome,
               a.reason, a.message, a.crm_code as CrmCode
        from attempt a join delivery d on d.id = a.delivery_id
        where d.session_id = @id order by a.delivery_id, a.number
        """;

    internal sealed class Revision
    {
        public int Number { get; init; }

        public string Source { get; init; } = "";

        public string Locator { get; init; } = "";

        public string ContentSha256 { get; init; } = "";

        public long RecordedAt { get; init; }

        public long? UpdatedAt { get; init; }

        public long? EndedAt { get; init; }

        public string? Status { get; init; }

        public bool IsFinal { get; init; }

        public string? SessionType { get; init; }

        public string? Language { get; init; }

        public string? OutTicket { get; init; }

        public string? Queue { get; init; }

        public RevisionRow ToRow() => new(
            Number,
            Source,
            Locator,
            ContentSha256,
            RecordedAt.At(),
            new SessionFacts(UpdatedAt.At(), EndedAt.At(), Status, IsFinal, SessionType, Language, OutTicket, Queue));
    }

    internal sealed class Attempt
    {
        public long DeliveryId { get; init; }

        public int Number { get; init; }

        public string Phase { get; init; } = "";

        public long StartedAt { get; init; }

        public long? EndedAt { get; init; }

        public string? Outcome { get; init; }

        public string? Reason { get; init; }

        public string? Message { get; init; }

        public string? CrmCode { get; init; }

        public AttemptRow ToRow() => new(
            DeliveryId, Number, Words.Phase(Phase), StartedAt.At(), EndedAt.At(), Outcome, Words.Fault(Reason, Message, CrmCode));
    }

    internal sealed class Source
    {
        public string Name { get; init; } = "";

        public long NotedAt { get; init; }

        public string? Error { get; init; }

        public int Seen { get; init; }

        public int Recorded { get; init; }

        public int Quarantined { get; init; }

        public long? LastOkAt { get; init; }

        public SourceStatus ToStatus() => new(Name, new SourceNote(NotedAt.At(), Error, Seen, Recorded, Quarantined), LastOkAt.At());
    }

    internal sealed class Quarantined
    {
        public string Source { get; init; } = "";

        public string Locator { get; init; } = "";

        public long SizeBytes { get; init; }

        public long ModifiedAt { get; init; }

        public string? Reason { get; init; }

        public string? Message { get; init; }

        public string? CrmCode { get; init; }

        public long RecordedAt { get; init; }

        public QuarantinedFile ToFile() => new(
            Source,
            new FileStamp(Locator, SizeBytes, ModifiedAt.At()),
            Words.Fault(Reason ?? ReasonCodes.InternalError.Code, Message, CrmCode)!,
            RecordedAt.At());
    }
}
