using Copilot.Telemetry.Records;
using Copilot.Testing.Oracle;
using FsCheck;
using FsCheck.Fluent;

namespace Copilot.Store.Tests.Traceql;

/// <summary>Small, odd traces: orphans, circles, several roots, lists, missing values, spans outside of the window.</summary>
public static class SpanGenerator
{
    public static readonly string[] Services = ["api", "cart", "db"];
    public static readonly string[] Names = ["GET /", "get", "put", "x"];

    private static readonly Gen<object> Scalar = Gen.OneOf(
        Gen.Choose(-2, 4).Select(i => (object)(decimal)i),
        Gen.Elements<object>(0.5m, 2.25m, 1000000m),
        Gen.Elements<object>("x", "y", "xy", "", "2"),
        Gen.Elements<object>(true, false)
    );

    private static readonly Gen<object> List = Gen.OneOf(
        Gen.Elements("x", "y", "z").ListOf().Select(l => (object)l.Take(3).Cast<object>().ToList()),
        Gen.Choose(0, 3).ListOf().Select(l => (object)l.Take(3).Select(i => (object)(decimal)i).ToList())
    );

    private static readonly Gen<object> Value = Gen.Frequency((9, Scalar), (1, List));

    public static Gen<List<OracleSpan>> Traces(TimeWindow window) =>
        from count in Gen.Choose(3, 7)
        from traces in Gen.CollectToList(Enumerable.Range(0, count), _ => Trace(window))
        select traces.SelectMany(t => t).ToList();

    private static Gen<List<OracleSpan>> Trace(TimeWindow window) =>
        from high in Gen.Choose(1, int.MaxValue)
        from low in Gen.Choose(1, int.MaxValue)
        from size in Gen.Choose(1, 9)
        // Now and then two sides of a call share an id, or even three spans do.
        from shared in Gen.Frequency((8, Gen.Constant(0)), (1, Gen.Choose(1, 2)))
        from spans in Gen.CollectToList(
            Enumerable.Range(1, size),
            i => Span(new Guid(high, 0, 1, BitConverter.GetBytes((long)low)), i > 2 && i <= 2 + shared ? 2 : i, window)
        )
        select spans.DistinctBy(s => (s.Id, s.Start)).ToList();

    private static Gen<OracleSpan> Span(Guid trace, int id, TimeWindow window) =>
        from parent in Gen.Frequency(
            (id == 1 ? 8 : 1, Gen.Constant<long?>(null)),
            (id == 1 ? 1 : 10, Gen.Choose(1, Math.Max(1, id - 1)).Select(i => (long?)i)),
            (1, Gen.Choose(1, 12).Select(i => (long?)i))
        )
        from start in Start(window)
        from duration in Gen.OneOf(
            Gen.Choose(0, 5).Select(i => i * 1_000_000L),
            Gen.Choose(0, 3000).Select(i => i * 1_000_000L),
            Gen.Elements(1L, 999L)
        )
        from service in Gen.Elements(Services)
        from name in Gen.Elements(Names)
        from kind in Gen.Choose(0, 5)
        from status in Gen.Choose(0, 2)
        from message in Gen.Elements(null, "", "boom")
        from scope in Gen.Elements("lib", "other")
        from attributes in Attributes("a", "b", "c", "odd \"name\"")
        from promoted in Promoted()
        from region in Gen.Elements("eu", "us", null)
        from events in Gen.Choose(0, 2).SelectMany(n => Gen.CollectToList(Enumerable.Range(0, n), _ => Event()))
        from links in Gen.Choose(0, 1).SelectMany(n => Gen.CollectToList(Enumerable.Range(0, n), _ => Link()))
        select new OracleSpan
        {
            Trace = trace,
            Id = id,
            Parent = parent,
            Start = start,
            Duration = duration,
            Service = service,
            Name = name,
            Kind = kind,
            Status = status,
            StatusMessage = message,
            ScopeName = scope,
            Attributes = attributes.Concat(promoted).ToDictionary(),
            Resource = region is null
                ? new() { ["service.name"] = service }
                : new()
                {
                    ["service.name"] = service,
                    ["region"] = region,
                    ["a"] = "x",
                },
            Scope = scope == "lib" ? new() { ["s"] = 1m } : [],
            Events = [.. events],
            Links = [.. links],
        };

    /// <summary>Mostly inside, sometimes a minute, an hour or two hours before or after.</summary>
    private static Gen<long> Start(TimeWindow window) =>
        Gen.Frequency(
            (
                30,
                Gen.Choose(0, (int)((window.ToNs - window.FromNs) / UnixNanos.PerMillisecond) - 1)
                    .Select(ms => window.FromNs + (ms * UnixNanos.PerMillisecond))
            ),
            (1, Gen.Elements(30, 90, 1800, 7000).Select(s => window.FromNs - (s * UnixNanos.PerSecond))),
            (1, Gen.Elements(0, 30, 90, 1800, 7000).Select(s => window.ToNs + (s * UnixNanos.PerSecond)))
        );

    private static Gen<Dictionary<string, object>> Attributes(params string[] keys) =>
        Gen.CollectToList(keys, key => Gen.Frequency((2, Gen.Constant((key, (object?)null))), (3, Value.Select(v => (key, (object?)v)))))
            .Select(pairs => pairs.Where(p => p.Item2 is not null).ToDictionary(p => p.key, p => p.Item2!));

    private static Gen<Dictionary<string, object>> Promoted() =>
        from route in Gen.Elements<object?>(null, "/a", "/b", 3m, new List<object> { "/a" })
        from code in Gen.Elements<object?>(null, 200m, 500m, "500", 70000m)
        select new Dictionary<string, object?> { ["http.route"] = route, ["http.response.status_code"] = code }
            .Where(p => p.Value is not null)
            .ToDictionary(p => p.Key, p => p.Value!);

    private static Gen<OracleEvent> Event() =>
        from at in Gen.Choose(0, 2000)
        from name in Gen.Elements("exception", "log")
        from attributes in Attributes("e", "a")
        select new OracleEvent(at * 1_000_000L, name, attributes);

    private static Gen<OracleLink> Link() =>
        from id in Gen.Choose(1, 3)
        from attributes in Attributes("l")
        select new OracleLink($"{id:x32}", $"{id:x16}", attributes);
}
