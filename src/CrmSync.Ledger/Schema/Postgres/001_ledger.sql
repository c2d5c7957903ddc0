-- The ledger on PostgreSQL. Instants are Unix milliseconds in UTC, as in the embedded ledger; durations are milliseconds.
-- The checks repeat the enums of CrmSync.Core: a row that the program could not read is not written either.

-- The ledger's clock is the database's, the same for every worker.
create function now_ms() returns bigint language sql stable as
$$
    select (extract(epoch from now()) * 1000)::bigint
$$;

-- The schedule that workers share keeps its tables here and makes them itself.
create schema if not exists quartz;

create table installation (
    id              integer primary key check (id = 1),
    name            text    not null,           -- part of every delivery key
    key_fingerprint text    not null,           -- tells a wrong key file from the right one
    created_at      bigint  not null,
    created_by      text    not null            -- the worker that has the key file
);

-- A row a living worker. Who finds one that is silent for too long takes its deliveries back and deletes the row.
create table worker (
    id          bigint  generated always as identity primary key,
    name        text    not null,               -- process on machine
    version     text    not null,
    started_at  bigint  not null,
    seen_at     bigint  not null,
    alive_until bigint  not null
);

create table source (
    name        text    primary key,
    noted_at    bigint  not null,
    error       text,
    seen        integer not null,
    recorded    integer not null,
    quarantined integer not null,
    last_ok_at  bigint
);

-- One row a file as last seen, kept for good: it is what makes a file known.
create table file (
    source      text    not null,
    locator     text    not null,
    size_bytes  bigint  not null,
    modified_at bigint  not null,
    decision    text    not null check (decision in ('new', 'revision', 'duplicate', 'older', 'quarantined')),
    reason      text,
    message     text,
    crm_code    text,
    recorded_at bigint  not null,
    primary key (source, locator)
);

create index file_quarantined on file (recorded_at) where decision = 'quarantined';

create table session (
    id          bigint  generated always as identity primary key,
    instance    text    not null,
    kind        text    not null check (kind in ('call', 'chat')),
    number      bigint  not null,
    revision    integer not null,               -- the current one
    is_final    boolean not null,
    recorded_at bigint  not null,               -- of the current revision
    unique (number, kind, instance)
);

create index session_not_final on session (id) where not is_final;
create index session_recorded on session (recorded_at);

create table revision (
    session_id      bigint  not null references session (id) on delete cascade,
    revision        integer not null,
    source          text    not null,
    locator         text    not null,
    content_sha256  text    not null,
    semantic_sha256 text    not null,
    relevant_sha256 text    not null,
    recorded_at     bigint  not null,
    updated_at      bigint,
    ended_at        bigint,
    status          text,
    is_final        boolean not null,
    session_type    text,
    language        text,
    out_ticket      text,
    queue           text,
    primary key (session_id, revision)
);

create index revision_ticket on revision (out_ticket) where out_ticket is not null;

-- The original bytes, compressed and encrypted: PostgreSQL need not try to compress them again.
create table payload (
    session_id bigint  not null,
    revision   integer not null,
    sealed     bytea   not null,
    primary key (session_id, revision),
    foreign key (session_id, revision) references revision (session_id, revision) on delete cascade
);

alter table payload alter column sealed set storage external;

create table delivery (
    id                bigint  generated always as identity primary key,
    session_id        bigint  not null references session (id) on delete cascade,
    revision          integer not null,
    connector         text    not null,
    key               text    not null,
    route             text,
    lane              text,
    place             bigint  not null,         -- within the lane; never before an earlier revision's
    state             text    not null check (state in (
        'ready', 'resolving', 'sending', 'in_doubt', 'probing',
        'delivered', 'parked', 'skipped', 'superseded', 'failed', 'cancelled')),
    due_at            bigint  not null,
    first_due_at      bigint  not null,
    created_at        bigint  not null,
    changed_at        bigint  not null,
    attempts          integer not null default 0,
    probes            integer not null default 0,
    lives             integer not null default 0,
    token             bigint  not null default 0,
    owner             bigint,                   -- the worker that holds it
    claim             uuid,                     -- of the last claim: finds again what a claim took whose answer was lost
    lease_until       bigint,
    settle_ms         bigint  not null default 0,
    may_have_arrived  boolean not null default false,
    first_sent_at     bigint,
    delivered_at      bigint,
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
    receipt_confirmed boolean,
    unique (session_id, connector, revision),
    check ((lease_until is not null) = (state in ('resolving', 'sending', 'probing'))),
    check ((owner is not null) = (state in ('resolving', 'sending', 'probing'))),
    check ((delivered_at is not null) = (state = 'delivered')),
    check (state <> 'ready' or not may_have_arrived),
    check (state <> 'in_doubt' or may_have_arrived)
) with (fillfactor = 70);

-- What a claim walks along.
create index delivery_due on delivery (connector, due_at, id) where state in ('ready', 'in_doubt');
create index delivery_suspect on delivery (connector, due_at, id) where state in ('ready', 'in_doubt') and lives > 0;
create index delivery_lane on delivery (connector, lane, place, id)
    where state in ('ready', 'resolving', 'sending', 'in_doubt', 'probing', 'parked');

-- The belt to the claim's braces: one write in flight per record, and per session, whichever worker has it.
create unique index delivery_one_inflight on delivery (connector, lane) where state in ('resolving', 'sending', 'probing');
create unique index delivery_one_of_session on delivery (connector, session_id) where state in ('resolving', 'sending', 'probing');
create index delivery_owner on delivery (owner) where state in ('resolving', 'sending', 'probing');

create index delivery_state on delivery (state, connector, changed_at);
create index delivery_ticket on delivery (ticket_id) where ticket_id is not null;

create table attempt (
    delivery_id bigint  not null references delivery (id) on delete cascade,
    number      integer not null,
    phase       text    not null check (phase in ('resolve', 'send', 'probe')),
    token       bigint  not null,
    started_at  bigint  not null,
    ended_at    bigint,
    outcome     text,                           -- null while it runs
    took_ms     bigint,
    reason      text,
    message     text,
    crm_code    text,
    primary key (delivery_id, number),
    check ((ended_at is null) = (outcome is null))
);

create function refuse_change() returns trigger language plpgsql as
$$
begin
    raise exception '%', tg_argv[0];
end
$$;

create trigger attempt_is_history before update on attempt for each row when (old.outcome is not null)
    execute function refuse_change('a finished attempt is never changed');

create table pause (
    connector text    primary key,
    reason    text    not null,
    message   text    not null,
    crm_code  text,
    since     bigint  not null,
    until     bigint                            -- null: until a person resumes it
);

create table audit (
    id         bigint  generated always as identity primary key,
    at         bigint  not null,
    actor      text    not null,
    action     text    not null check (action in ('retry', 'park', 'cancel')),
    filter     text    not null,                -- as asked for, JSON
    deliveries text    not null                 -- ids that were changed, JSON
);

create trigger audit_is_append_only before update or delete on audit for each row
    execute function refuse_change('the audit is append-only');

create trigger audit_is_not_emptied before truncate on audit
    execute function refuse_change('the audit is append-only');

-- Claims and settlements leave dead rows all day: tidy up before a fifth of a large table is dead.
alter table delivery set (autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);
