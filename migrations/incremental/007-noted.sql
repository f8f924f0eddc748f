-- The transaction that made a row what it is. Whoever keeps names in memory asks for what was noted since the oldest transaction that was
-- under way when it asked last: so nothing is missed that commits later than something younger.
alter table services add column noted bigint not null default 0;
alter table services alter column noted set default pg_current_xact_id()::text::bigint;
create index services_noted on services (noted);
alter table operations add column noted bigint not null default 0;
alter table operations alter column noted set default pg_current_xact_id()::text::bigint;
create index operations_noted on operations (noted);
alter table metric_series add column noted bigint not null default 0;
alter table metric_series alter column noted set default pg_current_xact_id()::text::bigint;
create index metric_series_noted on metric_series (noted);
alter table changes add column noted bigint not null default 0;
alter table changes alter column noted set default pg_current_xact_id()::text::bigint;
create index changes_noted on changes (noted);
alter table attribute_keys add column noted bigint not null default 0;
alter table attribute_keys alter column noted set default pg_current_xact_id()::text::bigint;
create index attribute_keys_noted on attribute_keys (noted);
alter table attribute_values add column noted bigint not null default 0;
alter table attribute_values alter column noted set default pg_current_xact_id()::text::bigint;
create index attribute_values_noted on attribute_values (noted);

-- Root spans of other kinds than SERVER and CONSUMER are requests, too: noted by the intake when it first sees one.
alter table operations add column entry boolean not null default false;
update operations set entry = true where id in (
    select operation_id from span_rollup_deltas where entry union select operation_id from span_rollup_minutes where entry);

-- What is called and sends no spans, one by one, without reading every minute.
create index edge_minutes_peer on edge_minutes (peer, caller_service_id) where peer is not null;
