-- Who may use the console and who is in it. The audit takes down more than retry, park and cancel, and where the person was.

create table console_account (
    name          text    primary key,           -- lower case
    role          text    not null check (role in ('viewer', 'operator', 'admin')),
    see_personal  bigint  not null check (see_personal in (0, 1)),
    password_hash text    not null,
    must_change   bigint  not null check (must_change in (0, 1)),
    is_first      bigint  not null check (is_first in (0, 1)),
    created_at    bigint  not null,
    disabled_at   bigint,                         -- null: may log in
    last_login_at bigint
);

-- The belt to the first account's braces: two setups at once make one.
create unique index console_account_first on console_account (is_first) where is_first = 1;

create table console_session (
    id_sha256 text    primary key,                -- the id itself is in the browser only
    account   text    not null references console_account (name) on delete cascade,
    origin    text,
    begun_at  bigint  not null,
    seen_at   bigint  not null,
    ends_at   bigint  not null
);

create index console_session_account on console_session (account);

alter table audit
    add column origin  text,                      -- the address a person came from; null on the command line
    add column subject text,                      -- account, connector, template, session
    add column detail  text,
    alter column filter drop not null,            -- what a retry, park or cancel asked for, JSON
    alter column deliveries drop not null,        -- ids that were changed, JSON
    drop constraint audit_action_check;
