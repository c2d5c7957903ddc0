-- Led by the lane or the session, never by the connector: of a table too young for statistics the planner believes a connector to be as rare
-- as a session, and walks through all that waits for one along an index that it leads, for each delivery that it looks at.
drop index delivery_lane;
drop index delivery_one_inflight;
drop index delivery_one_of_session;
create index delivery_lane on delivery (lane, connector, place, id)
    where state in ('ready', 'resolving', 'sending', 'in_doubt', 'probing', 'parked');
create unique index delivery_one_inflight on delivery (lane, connector) where state in ('resolving', 'sending', 'probing');
create unique index delivery_one_of_session on delivery (session_id, connector) where state in ('resolving', 'sending', 'probing');
