using Copilot.Store.Commands;
using Copilot.Telemetry.Intake;
using Copilot.Telemetry.Records;

namespace Copilot.Store.Deletion;

/// <summary>The conditions of a scope. A value is compared as the text that it has in JSON, so that 42 is found as a number and as a
/// string.</summary>
internal static class DeletionSql
{
    /// <summary>Spans of a trace lie in the hour of the one that carries the value, or in those beside it.</summary>
    private const long ReachNs = UnixNanos.PerHour;

    /// <summary>When the spans and log records are that a deletion takes.</summary>
    public static TimeWindow Reach(DeletionScope scope) =>
        scope.TakesAll
            ? scope.Window
            : new TimeWindow(Math.Max(0, scope.Window.FromNs - ReachNs), Math.Min(long.MaxValue - ReachNs, scope.Window.ToNs) + ReachNs);

    public static Sql OfService(DeletionScope scope, string row) =>
        scope.Service is { } service
            ? Sql.Of($"{Sql.Trusted(row)}.service_id in (select id from services where name = {service})")
            : Sql.Trusted("true");

    /// <summary>Spans that carry the value themselves.</summary>
    public static Sql SpanCarries(DeletionScope scope)
    {
        var (key, value) = (scope.AttributeKey!, scope.AttributeValue!);
        var promoted =
            PromotedKeys.Texts.Contains(key) || key is PromotedKeys.HttpResponseStatusCode or PromotedKeys.ServerPort
                ? Sql.Of($"or s.{Sql.Trusted(key.Replace('.', '_'))}::text = {value}")
                : Sql.Trusted("");
        return Sql.Of(
            $"""
            ({Has("s.attributes", key, value)} {promoted} or {OfResource(key, value, "s")}
              or (s.events is not null and exists (select from jsonb_array_elements(s.events) e where {Has("e -> 'a'", key, value)}))
              or (s.links is not null and exists (select from jsonb_array_elements(s.links) e where {Has("e -> 'a'", key, value)})))
            """
        );
    }

    public static Sql LogCarries(DeletionScope scope) => Carries(scope);

    /// <summary>Series of metrics that a deletion takes points of.</summary>
    public static Sql Series(DeletionScope scope)
    {
        var mine = scope.TakesAll ? Sql.Trusted("true") : Carries(scope);
        return Sql.Of($"select s.id from metric_series s where {OfService(scope, "s")} and {mine}");
    }

    // An array holds it too where it is one of several.
    public static Sql Has(string json, string key, string value)
    {
        var of = Sql.Trusted(json);
        return Sql.Of(
            $"""
            ({of} ->> {key} = {value}
              or (jsonb_typeof({of} -> {key}) = 'array' and jsonb_exists({of} -> {key}, {value})))
            """
        );
    }

    private static Sql Carries(DeletionScope scope)
    {
        var (key, value) = (scope.AttributeKey!, scope.AttributeValue!);
        return Sql.Of($"({Has("s.attributes", key, value)} or {OfResource(key, value, "s")})");
    }

    private static Sql OfResource(string key, string value, string row) =>
        Sql.Of($"{Sql.Trusted(row)}.resource_id in (select r.id from resources r where {Has("r.attributes", key, value)})");
}
