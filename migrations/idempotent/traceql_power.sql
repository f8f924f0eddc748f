-- TraceQL's ^ over attributes: odd data (overflow, a root of a negative number) gives null instead of an error.
create or replace function traceql_power(base numeric, exponent numeric) returns numeric
language plpgsql immutable strict parallel safe as $$
begin
    return power(base::float8, exponent::float8)::numeric;
exception
    when data_exception then
        return null;
end
$$;
