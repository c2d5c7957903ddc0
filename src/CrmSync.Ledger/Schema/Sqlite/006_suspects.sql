-- One death speaks against everything that was under way; two single out few enough to be claimed one at a time (Deaths.Suspect).
drop index delivery_suspect;
create index delivery_suspect on delivery (connector, due_at, id) where state in ('ready', 'in_doubt') and lives >= 8;
