-- The ledger on SQLite. Instants are Unix milliseconds in UTC, durations milliseconds, booleans 0 or 1.
-- The checks repeat the enums of CrmSync.Core: a row that the program could not read is not written either.

create table installation (
    id              integer primary key check (id = 1),
    name            text    not null,           -- part of every delivery key
    key_fingerprint text    not null,           -- tells a wrong key file from the right one
    created_at      integer not null,
    epoch           integer not null,           -- lives of the worker so far
    opened_at       integer not null
) strict;

create table source (
    name        text    primary key,
    noted_at    integer not null,
    error       text,
    seen        integer not null,
    recorded    integer not null,
    quarantined integer not null,
    last_ok_at  integer
) strict;

-- One row a file as last seen, kept for good: it is what makes a file known.
create table file (
    source      text    not null,
    locator     text    not null,
    size_bytes  integer not null,
    modified_at integer not null,
    decision    text    not null check (decision in ('new', 'revision', 'duplicate', 'older', 'quarantined')),
    reason      text,
    message     text,
    crm_code    text,
    recorded_at integer not null,
    primary key (source, locator)
) strict, without rowid;

create index file_quarantined on file (recorded_at) where decision = 'quarantined';

create table session (
    id          integer primary key autoincrement,
    instance    text    not null,
    kind        text    not null check (kind in ('call', 'chat')),
    number      integer not null,
    revision    integer not null,               -- the current one
    is_final    integer not null check (is_final in (0, 1)),
    recorded_at integer not null,               -- of the current revision
    unique (number, kind, instance)
) strict;

create index session_not_final on session (id) where not is_final;
create index session_recorded on session (recorded_at);

create table revision (
    session_id      integer not null references session (id) on delete cascade,
    revision        integer not null,
    source          text    not null,
    locator         text    not null,
    content_sha256  text    not null,
    semantic_sha256 text    not null,
    relevant_sha256 text    not null,
    recorded_at     integer not null,
    updated_at      integer,
    ended_at        integer,
    status          text,
    is_final        integer not null check (is_final in (0, 1)),
    session_type    text,
    language        text,
    out_ticket      text,
    queue           text,
    primary key (session_id, revision)
) strict, without rowid;

create index revision_ticket on revision (out_ticket) where out_ticket is not null;

-- The original bytes, compressed and encrypted; apart, so that everything else stays small.
create table payload (
    session_id integer not null,
    revision   integer not null,
    sealed     blob    not null,
    primary key (session_id, revision),
    foreign key (session_id, revision) references revision (session_id, revision) on delete cascade
) strict;

create table delivery (
    id                integer primary key autoincrement,
    session_id        integer not null references session (id) on delete cascade,
    revision          integer not null,
    connector         text    not null,
    key               text    not null,
    route             text,
    lane              text,
    place             integer not null,         -- within the lane; never before an earlier revision's
    state             text    not null check (state in (
        'ready', 'resolving', 'sending', 'in_doubt', 'probing',
        'delivered', 'parked', 'skipped', 'superseded', 'failed', 'cancelled')),
    due_at            integer not null,
    first_due_at      integer not null,
    created_at        integer not null,
    changed_at        integer not null,
    attempts          integer not null default 0,
    probes            integer not null default 0,
    lives             integer not null default 0,
    token             integer not null default 0,
    lease_until       integer,
    settle_ms         integer not null default 0,
    may_have_arrived  integer not null default 0 check (may_have_arrived in (0, 1)),
    first_sent_at     integer,
    delivered_at      integer,
    ticket_type       text,
    ticket_id         text,
    ticket_url        text,
    reason            text,
    message           text,
    crm_code          text,
    receipt_record    text,
    receipt_note      text,
    receipt_file      text,
    receipt_url       text,
    receipt_confirmed integer check (receipt_confirmed in (0, 1)),
    unique (session_id, connector, revision),
    check ((lease_until is not null) = (state in ('resolving', 'sending', 'probing'))),
    check ((delivered_at is not null) = (state = 'delivered')),
    check (state <> 'ready' or may_have_arrived = 0),
    check (state <> 'in_doubt' or may_have_arrived = 1)
) strict;

-- What a claim walks along.
create index delivery_due on delivery (connector, due_at, id) where state in ('ready', 'in_doubt');
create index delivery_suspect on delivery (connector, due_at, id) where state in ('ready', 'in_doubt') and lives > 0;
create index delivery_lane on delivery (connector, lane, place, id)
    where state in ('ready', 'resolving', 'sending', 'in_doubt', 'probing', 'parked');

-- The belt to the claim's braces: one write in flight per record, and per session.
create unique index delivery_one_inflight on delivery (connector, lane) where state in ('resolving', 'sending', 'probing');
create unique index delivery_one_of_session on delivery (connector, session_id) where state in ('resolving', 'sending', 'probing');

create index delivery_state on delivery (state, connector, changed_at);
create index delivery_ticket on delivery (ticket_id) where ticket_id is not null;

create table attempt (
    delivery_id integer not null references delivery (id) on delete cascade,
    number      integer not null,
    phase       text    not null check (phase in ('resolve', 'send', 'probe')),
    token       integer not null,
    started_at  integer not null,
    ended_at    integer,
    outcome     text,                           -- null while it runs
    took_ms     integer,
    reason      text,
    message     text,
    crm_code    text,
    primary key (delivery_id, number),
    check ((ended_at is null) = (outcome is null))
) strict, without rowid;

create trigger attempt_is_history before update on attempt when old.outcome is not null
begin
    select raise (abort, 'a finished attempt is never changed');
end;

create table pause (
    connector text    primary key,
    reason    text    not null,
    message   text    not null,
    crm_code  text,
    since     integer not null,
    until     integer                           -- null: until a person resumes it
) strict;

create table audit (
    id         integer primary key autoincrement,
    at         integer not null,
    actor      text    not null,
    action     text    not null check (action in ('retry', 'park', 'cancel')),
    filter     text    not null,                -- as asked for, JSON
    deliveries text    not null                 -- ids that were changed, JSON
) strict;

create trigger audit_is_not_changed before update on audit
begin
    select raise (abort, 'the audit is append-only');
end;

create trigger audit_is_not_deleted before delete on audit
begin
    select raise (abort, 'the audit is append-only');
end;
