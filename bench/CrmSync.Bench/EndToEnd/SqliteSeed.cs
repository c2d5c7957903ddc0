namespace CrmSync.Bench.EndToEnd;

/// <summary>
/// Rows of sessions that were delivered long ago, as a worker would have left them: <c>@known</c> of them, at one a second before
/// <c>@now</c>. The last 100,000 still have their file, which is what 30 days of a busy centre are.
/// </summary>
internal static class SqliteSeed
{
    private const string Numbers = "with recursive n(i) as (select 1 union all select i + 1 from n where i < @known) ";

    private const string Locator = "'northgate.uc1/metadata/2026/01/01/' || (case i % 10 when 0 then 'chat' else 'call' end) || '-' || i || '.json'";

    private const string At = "@now - 86400000 - (@known - i) * 1000";

    public static IReadOnlyList<string> Statements { get; } =
    [
        $"""
        {Numbers}
        insert into file (source, locator, size_bytes, modified_at, decision, recorded_at)
        select 'inbox', {Locator}, 5000 + i % 3000, {At}, 'new', {At} from n
        """,
        $"""
        {Numbers}
        insert into session (id, instance, kind, number, revision, is_final, recorded_at, happened_at, status, queue)
        select i, 'northgate', case i % 10 when 0 then 'chat' else 'call' end, i, 1, 1, {At}, {At}, 'finished', 'Support/Orders/Returns' from n
        """,
        "insert into queue (name) values ('Support/Orders/Returns')",
        $"""
        {Numbers}
        insert into session_term (term, session_id)
        select word.value + i % 200 * 7919, i from n, json_each('[100000, 200000, 300000, 400000]') word order by 1, 2
        """,
        $"""
        {Numbers}
        insert into revision (session_id, revision, source, locator, content_sha256, semantic_sha256, relevant_sha256, recorded_at,
                              updated_at, ended_at, status, is_final, session_type, language, out_ticket, queue)
        select i, 1, 'inbox', {Locator}, lower(hex(randomblob(32))), lower(hex(randomblob(32))), lower(hex(randomblob(32))), {At},
               {At}, {At}, 'finished', 1, 'Voice Inbound (IVR)', 'en', '500Hs' || printf('%010d', i / 3) || 'AAA', 'Support/Orders/Returns'
        from n
        """,
        $"""
        {Numbers}
        insert into payload (session_id, revision, sealed)
        select i, 1, randomblob(1800) from n where i > @known - 100000
        """,
        $"""
        {Numbers}
        insert into delivery (id, session_id, revision, connector, key, route, lane, place, state, due_at, first_due_at, created_at, changed_at,
                              attempts, token, first_sent_at, delivered_at, ticket_type, ticket_id, ticket_url,
                              receipt_record, receipt_note, receipt_file, receipt_confirmed)
        select i, i, 1, @connector, 'crmsync_seeded_northgate_call_' || i || '_' || lower(hex(randomblob(6))), 'everything',
               'case:500Hs' || printf('%010d', i / 3) || 'AAA', {At}, 'delivered', {At}, {At}, {At}, {At},
               1, 1, {At}, {At}, 'Case', '500Hs' || printf('%010d', i / 3) || 'AAA', 'https://northgate.my.salesforce.example/500Hs' || printf('%010d', i / 3) || 'AAA',
               '500Hs' || printf('%010d', i / 3) || 'AAA', '00aHs' || printf('%010d', i) || 'AAA', '069Hs' || printf('%010d', i) || 'AAA', 1
        from n
        """,
        $"""
        {Numbers}
        insert into attempt (delivery_id, number, phase, token, started_at, ended_at, outcome, took_ms)
        select i, 1, 'send', 1, {At}, {At}, 'Delivered', 180 from n
        """,
    ];
}
