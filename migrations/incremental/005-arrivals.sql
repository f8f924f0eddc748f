-- When a service's spans last came in, by the server's clock and told at most every ten seconds: what senders' clocks say has no part in it.
create table service_arrivals (
    service_id   int primary key,
    last_arrival timestamptz not null
);
