using System.Text.Json;
using Copilot.Telemetry.Intake;
using Copilot.Testing.Oracle;
using Npgsql;
using NpgsqlTypes;

namespace Copilot.Store.Tests.Traceql;

/// <summary>Writes the oracle's spans into the tables, row by row, as the intake lays them out.</summary>
public static class OracleWriter
{
    private const string Sql = """
        with v as (insert into services (name) values (@service) on conflict (name) do update set name = @service returning id),
        r as (insert into resources (hash, service_id, attributes) select md5(@resource)::uuid, v.id, @resource::jsonb from v
          on conflict (hash) do update set hash = excluded.hash returning id),
        o as (insert into operations (service_id, kind, name) select v.id, @kind, @name from v
          on conflict (service_id, kind, md5(name)) do update set name = @name returning id),
        c as (insert into scopes (hash, name, version, attributes) values (md5(@scope || coalesce(@scopeAttributes, ''))::uuid, @scope, '', @scopeAttributes::jsonb)
          on conflict (hash) do update set name = @scope returning id)
        insert into spans (trace_id, span_id, parent_span_id, start_ns, duration_ns, service_id, operation_id, resource_id, scope_id, kind,
          status, entry, http_route, http_response_status_code, status_message, attributes, events, links)
        select @trace, @span, @parent, @start, @duration, v.id, o.id, r.id, c.id, @kind, @status, @parent is null or @kind in (2, 5),
          @route, @code, @message, @attributes::jsonb, @events::jsonb, @links::jsonb from v, r, o, c
        """;

    public static async Task WriteAsync(NpgsqlDataSource source, IEnumerable<OracleSpan> spans)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        foreach (var span in spans)
        {
            await using var command = new NpgsqlCommand(Sql, connection, transaction);
            Fill(command.Parameters, span);
            await command.ExecuteNonQueryAsync();
        }

        await transaction.CommitAsync();
    }

    /// <summary>The counted minutes of the spans that start in the range, as deltas; the intake writes the same.</summary>
    public static async Task WriteRollupsAsync(NpgsqlDataSource source, long fromNs, long toNs)
    {
        await using var command = source.CreateCommand(
            """
            insert into span_rollup_deltas (minute_ns, service_id, operation_id, entry, root, status, count, extrapolated, sum_ns, min_ns, max_ns, histogram)
            select start_ns - start_ns % 60000000000, service_id, operation_id, entry, parent_span_id is null, status, count(*), count(*),
              sum(duration_ns), min(duration_ns), max(duration_ns), ''::bytea
            from spans where start_ns >= $1 and start_ns < $2 group by 1, 2, 3, 4, 5, 6
            """
        );
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = fromNs });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = toNs });
        await command.ExecuteNonQueryAsync();
    }

    private static void Fill(NpgsqlParameterCollection parameters, OracleSpan span)
    {
        var rest = new Dictionary<string, object>(span.Attributes);
        var route = rest.GetValueOrDefault("http.route") as string;
        var code = rest.GetValueOrDefault(PromotedKeys.HttpResponseStatusCode) is decimal number and <= short.MaxValue
            ? (short?)number
            : null;
        if (route is not null)
            rest.Remove("http.route");
        if (code is not null)
            rest.Remove(PromotedKeys.HttpResponseStatusCode);
        Text("service", span.Service);
        Text("name", span.Name);
        Text("scope", span.ScopeName);
        Text("scopeAttributes", span.Scope.Count == 0 ? null : JsonSerializer.Serialize(span.Scope));
        Text("resource", JsonSerializer.Serialize(span.Resource));
        Text("route", route);
        Text("message", span.StatusMessage);
        Text("attributes", rest.Count == 0 ? null : JsonSerializer.Serialize(rest));
        Text(
            "events",
            span.Events.Count == 0
                ? null
                : JsonSerializer.Serialize(
                    span.Events.Select(e => new
                    {
                        t = e.SinceStart,
                        n = e.Name,
                        a = e.Attributes,
                    })
                )
        );
        Text(
            "links",
            span.Links.Count == 0
                ? null
                : JsonSerializer.Serialize(
                    span.Links.Select(l => new
                    {
                        t = l.TraceId,
                        s = l.SpanId,
                        a = l.Attributes,
                    })
                )
        );
        Add("trace", span.Trace, NpgsqlDbType.Uuid);
        Add("span", span.Id, NpgsqlDbType.Bigint);
        Add("parent", span.Parent, NpgsqlDbType.Bigint);
        Add("start", span.Start, NpgsqlDbType.Bigint);
        Add("duration", span.Duration, NpgsqlDbType.Bigint);
        Add("kind", (short)span.Kind, NpgsqlDbType.Smallint);
        Add("status", (short)span.Status, NpgsqlDbType.Smallint);
        Add("code", code, NpgsqlDbType.Smallint);

        void Text(string name, string? value) => Add(name, value, NpgsqlDbType.Text);

        void Add(string name, object? value, NpgsqlDbType type) =>
            parameters.Add(new NpgsqlParameter(name, type) { Value = value ?? DBNull.Value });
    }
}
