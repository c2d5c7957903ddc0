-- A ledger that came back from a backup does not know what was delivered since: all that ended before this instant is asked after first.
alter table installation add column restored_at integer;
