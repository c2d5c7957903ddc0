-- Who may use the console and who is in it. The audit takes down more than retry, park and cancel, and where the person was.

create table console_account (
    name          text    primary key,           -- lower case
    role          text    not null check (role in ('viewer', 'operator', 'admin')),
    see_personal  integer not null check (see_personal in (0, 1)),
    password_hash text    not null,
    must_change   integer not null check (must_change in (0, 1)),
    is_first      integer not null check (is_first in (0, 1)),
    created_at    integer not null,
    disabled_at   integer,                        -- null: may log in
    last_login_at integer
) strict;

-- The belt to the first account's braces: two setups at once make one.
create unique index console_account_first on console_account (is_first) where is_first = 1;

create table console_session (
    id_sha256 text    primary key,                -- the id itself is in the browser only
    account   text    not null references console_account (name) on delete cascade,
    origin    text,
    begun_at  integer not null,
    seen_at   integer not null,
    ends_at   integer not null
) strict;

create index console_session_account on console_session (account);

drop trigger audit_is_not_changed;
drop trigger audit_is_not_deleted;
alter table audit rename to audit_before;

create table audit (
    id         integer primary key autoincrement,
    at         integer not null,
    actor      text    not null,
    origin     text,                              -- the address a person came from; null on the command line
    action     text    not null,
    subject    text,                              -- account, connector, template, session
    detail     text,
    filter     text,                              -- what a retry, park or cancel asked for, JSON
    deliveries text                               -- ids that were changed, JSON
) strict;

insert into audit (id, at, actor, action, filter, deliveries)
select id, at, actor, action, filter, deliveries from audit_before;

drop table audit_before;

create trigger audit_is_not_changed before update on audit
begin
    select raise (abort, 'the audit is append-only');
end;

create trigger audit_is_not_deleted before delete on audit
begin
    select raise (abort, 'the audit is append-only');
end;
