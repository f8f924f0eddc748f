-- Which versions of a service sent spans in which minute: a version that comes in is a change.
create table service_version_minutes (
    service_id int not null,
    minute_ns  bigint not null,
    version    text not null,
    first_ns   bigint not null,
    primary key (service_id, minute_ns, version)
);
