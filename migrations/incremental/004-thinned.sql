-- Hours of which not all spans received are stored (any more): distilled, shed under load, or dropped. Counting spans there would be
-- wrong; the rollups are right, and weights tell what the kept spans stand for.
create table thinned_hours (
    hour_ns bigint primary key,
    why     text not null                               -- distilled, shed, dropped
);
