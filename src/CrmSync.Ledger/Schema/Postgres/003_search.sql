-- What the console searches and draws, without reading whole tables.

-- The current revision's facts on the session, so that a list walks along one index.
alter table session
    add column happened_at bigint not null default 0,   -- its end; else the file's time, else when it was recorded
    add column status      text,
    add column queue       text;

update session set (happened_at, status, queue) = (
    select coalesce(r.ended_at, r.updated_at, r.recorded_at), r.status, r.queue
    from revision r where r.session_id = session.id and r.revision = session.revision);

create index session_happened on session (happened_at, id);

-- A hash: a name may be longer than an index takes.
create table queue (
    name text not null
);

create unique index queue_name on queue (md5(name));

insert into queue (name) select distinct queue from session where queue is not null;

-- Keyed hashes of agents' names and of customers' numbers: to find a session by, and nothing to read.
create table session_term (
    term       bigint not null,
    session_id bigint not null references session (id) on delete cascade,
    primary key (term, session_id)
);

create index session_term_of on session_term (session_id);

create index revision_first on revision (recorded_at) where revision = 1;
create index delivery_delivered on delivery (delivered_at, connector) where delivered_at is not null;
create index delivery_reason on delivery (reason, state, session_id) where reason is not null;
