using System.Buffers.Binary;
using System.Globalization;

namespace Copilot.Benchmarks.Load;

/// <summary>
/// A large fleet: services in six layers, each calling a few of the layers below and some a database; traces of some thirty spans,
/// whose callers wait for their callees. One service goes wrong near the end of the day: slow, failing, and felt by its callers.
/// </summary>
internal sealed class FleetLoad
{
    private const int Layers = 6;
    private const int MostSpans = 80;
    private static readonly string[] _areas =
    [
        "order",
        "cart",
        "price",
        "stock",
        "route",
        "claim",
        "seat",
        "meter",
        "label",
        "quota",
        "audit",
        "tax",
        "media",
        "search",
        "offer",
        "badge",
    ];

    private static readonly string[] _roles = ["gateway", "api", "rules", "worker", "index", "ledger"];

    private readonly Service[] _services;
    private readonly Random _random;

    public FleetLoad(int services, int seed)
    {
        // The fleet is the same whatever is made of it; only its traffic follows the seed.
        var shape = new Random(services);
        _services =
        [
            .. Enumerable.Range(0, services).Select(i => new Service(i, i * Layers / services, i * Layers % services / (double)services)),
        ];
        foreach (var service in _services.Where(static s => s.Layer < Layers - 1))
        {
            var below = _services.Where(s => s.Layer > service.Layer && s.Layer <= service.Layer + 2).ToArray();
            service.Calls.AddRange(Enumerable.Range(0, shape.Next(1, 4)).Select(_ => below[shape.Next(below.Length)].Number).Distinct());
        }

        // Whoever is called by most of its layer: a fault there is felt.
        Culprit = _services.Where(static s => s.Layer == 3).MaxBy(s => _services.Count(c => c.Calls.Contains(s.Number)))!.Number;
        Names = [.. _services.Select(static s => s.Name)];
        _random = new Random(seed);
    }

    public IReadOnlyList<string> Names { get; }

    /// <summary>The service that goes wrong.</summary>
    public int Culprit { get; }

    /// <summary>At least so many spans that start in a stretch of time.</summary>
    /// <param name="spans">How many.</param>
    /// <param name="fromNs">Start of the stretch.</param>
    /// <param name="toNs">Its end.</param>
    /// <param name="fault">When the culprit is in trouble.</param>
    public List<(byte[] Body, int Spans)> Make(int spans, long fromNs, long toNs, (long FromNs, long ToNs) fault)
    {
        var requests = new RequestBatches(Names);
        var gateways = _services.Count(static s => s.Layer == 0);
        Span<byte> id = stackalloc byte[16];
        for (var made = 0; made < spans; )
        {
            BinaryPrimitives.WriteInt64BigEndian(id, _random.NextInt64());
            BinaryPrimitives.WriteInt64BigEndian(id[8..], _random.NextInt64());
            var trace = new Trace(id.ToArray(), requests, fault);
            // Some entrances are used far more than others.
            var gateway = (int)(gateways * Math.Pow(_random.NextDouble(), 2));
            Serve(trace, gateway, 0, fromNs + _random.NextInt64(toNs - fromNs));
            made += trace.Spans;
        }

        return requests.Close();
    }

    /// <summary>One request to a service, with all that it calls; returns when it ends and whether it failed.</summary>
    private (long EndNs, bool Failed) Serve(Trace trace, int number, ulong parent, long startNs)
    {
        var service = _services[number];
        var id = Next();
        trace.Spans++;
        var troubled = number == Culprit && startNs >= trace.Fault.FromNs && startNs < trace.Fault.ToNs;
        var failed = _random.Next(1000) < (troubled ? 350 : 2);
        var now = startNs + Own(troubled);
        foreach (var callee in service.Calls)
        {
            if (trace.Spans >= MostSpans || _random.Next(100) < 15)
                continue;
            var client = Next();
            trace.Spans++;
            var (end, calleeFailed) = Serve(trace, callee, client, now + 400_000);
            end += 400_000;
            trace.Requests.Add(
                number,
                trace.Id,
                client,
                id,
                now,
                end - now,
                3,
                calleeFailed ? 2 : 0,
                "POST",
                ("http.request.method", "POST"),
                ("server.address", Names[callee] + ".fleet.svc"),
                ("server.port", 8080L),
                ("http.response.status_code", calleeFailed ? 500L : 200L)
            );
            failed |= calleeFailed && _random.Next(10) < 8;
            now = end;
        }

        if (service.HasDatabase)
        {
            var query = Own(false);
            trace.Spans++;
            trace.Requests.Add(
                number,
                trace.Id,
                Next(),
                id,
                now,
                query,
                3,
                0,
                "SELECT " + service.Area,
                ("db.system.name", "postgresql"),
                ("db.namespace", service.Area),
                ("server.address", "pg-" + service.Area + ".internal"),
                ("server.port", 5432L)
            );
            now += query;
        }

        now += Own(troubled);
        var operation = _random.Next(3);
        trace.Requests.Add(
            number,
            trace.Id,
            id,
            parent,
            startNs,
            now - startNs,
            2,
            failed ? 2 : 0,
            service.Operations[operation],
            ("http.request.method", "POST"),
            ("http.route", service.Routes[operation]),
            ("http.response.status_code", failed ? 500L : 200L),
            ("tenant", "tenant-" + _random.Next(200).ToString(CultureInfo.InvariantCulture)),
            ("thread.id", (long)_random.Next(64))
        );
        return (now, failed);
    }

    private ulong Next() => (ulong)_random.NextInt64(1, long.MaxValue);

    /// <summary>Time of its own, with the long tail that times have.</summary>
    private long Own(bool troubled) => (long)(600_000 * Math.Exp(_random.NextDouble() * _random.NextDouble() * 4)) * (troubled ? 40 : 1);

    private sealed class Service(int number, int layer, double share)
    {
        public int Number => number;

        public int Layer => layer;

        public bool HasDatabase { get; } = layer >= 2 && share > 0.6;

        public string Area { get; } = _areas[number % _areas.Length];

        public string Name { get; } = FormattableString.Invariant($"{_areas[number % _areas.Length]}-{_roles[layer]}-{number}");

        public string[] Routes { get; } =
        [.. Enumerable.Range(1, 3).Select(i => FormattableString.Invariant($"/v{i}/{_areas[number % _areas.Length]}/{{id}}"))];

        public string[] Operations => field ??= [.. Routes.Select(static route => "POST " + route)];

        public List<int> Calls { get; } = [];
    }

    private sealed class Trace(byte[] id, RequestBatches requests, (long FromNs, long ToNs) fault)
    {
        public byte[] Id => id;

        public RequestBatches Requests => requests;

        public (long FromNs, long ToNs) Fault => fault;

        public int Spans { get; set; }
    }
}
