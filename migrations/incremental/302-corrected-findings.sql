-- What a place was told is the cause, so that it can be told again when later minutes name another.
alter table suggestion_tellings add column cause text;
