-- A person may say where a session belongs.
alter table delivery add column ticket_by_hand text;
