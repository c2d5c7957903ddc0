-- When the pause was written last. It may have begun long before, and its beginning does not tell how long it was to be.
alter table pause add column noted_at integer not null default 0;
update pause set noted_at = since;
