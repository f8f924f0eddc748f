using Copilot.Analysis.Causes;
using Copilot.Analysis.Reports;
using Copilot.Analysis.Samples;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;

namespace Copilot.Analysis.Tests.Causes;

/// <summary>
/// A small system made of requests: web calls shop, shop calls stock and pays through a third party. Durations vary a little and
/// always in the same way.
/// </summary>
internal sealed class PretendSystem
{
    private static readonly DateTimeOffset Start = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly Random _random = new(7);
    private readonly NameTable _names = new();
    private readonly Dictionary<(TraceId, SpanId), IReadOnlyList<SampleAttributeValue>> _said = [];
    private readonly List<string?> _hosts = [];
    private ulong _ids;

    /// <summary>What is done to the n-th request of every window.</summary>
    public Action<int, PretendRequest>? Usual { get; init; }

    /// <summary>What is done to the n-th request of the bad window.</summary>
    public Action<int, PretendRequest>? Fault { get; init; }

    /// <summary>What is done to the n-th request of the last baseline window.</summary>
    public Action<int, PretendRequest>? FaultBefore { get; init; }

    /// <summary>Callers send spans for their calls to other services; else a callee's span hangs right under its caller's.</summary>
    public bool SendsCalls { get; init; } = true;

    /// <summary>How often stock writes an error that names no trace, evenly over the window: now, and in each of the baselines.</summary>
    public (int Now, int Before) Messages { get; init; }

    /// <summary>How many traces each of the bad window stands for.</summary>
    public double Weight { get; init; } = 1;

    public int Requests { get; init; } = 120;

    public int BadRequests { get; init; } = 120;

    public CauseReport Rank(IReadOnlyList<Change>? changes = null)
    {
        var input = new AnalysisInput
        {
            Names = _names,
            Bad = Sample(0, BadRequests, Fault),
            Baselines = [Sample(-120, Requests, FaultBefore), Sample(-240, Requests, null), Sample(-360, Requests, null)],
            Changes = changes ?? [],
            Attributes = new SampleAttributes
            {
                Resources = Enumerable
                    .Range(0, _hosts.Count)
                    .ToDictionary(
                        i => i,
                        i => (IReadOnlyList<SampleAttributeValue>)(_hosts[i] is { } host ? [new("host.name", host)] : [])
                    ),
                Spans = _said,
            },
            PeerNames = new Dictionary<string, string> { ["pay.example"] = "payments-gateway", ["shop"] = "never-this" },
        };
        return CauseRanker.Rank(input);
    }

    private TelemetrySample Sample(int fromSecond, int count, Action<int, PretendRequest>? fault)
    {
        var window = new TimeWindow(Start.AddSeconds(fromSecond), Start.AddSeconds(fromSecond + 120));
        var spans = new List<SampleSpan>();
        var traces = new List<TraceId>();
        var complaints = new List<SampleLog>();
        for (var i = 0; i < count; i++)
        {
            var request = new PretendRequest { Noise = 0.8 + (0.4 * _random.NextDouble()) };
            Usual?.Invoke(i, request);
            fault?.Invoke(i, request);
            traces.Add(new TraceId(1, ++_ids));
            Write(request, traces[i], i, window.FromNs + (long)(i * 120e9 / count), spans);
            if (request.StockComplaint is { } complaint)
                complaints.Add(
                    new SampleLog
                    {
                        TimeNs = window.FromNs + (long)(i * 120e9 / count),
                        Service = _names.Add("stock"),
                        Severity = SeverityNumber.Error,
                        Template = _names.Add(LogTemplate.Of(complaint)),
                        Trace = i,
                    }
                );
        }

        var messages = fromSecond == 0 ? Messages.Now : Messages.Before;
        return new TelemetrySample
        {
            Window = window,
            TraceIds = traces,
            Spans = [.. spans],
            Weight = fromSecond == 0 ? Weight : 1,
            Logs =
            [
                .. complaints,
                .. Enumerable
                    .Range(0, messages)
                    .Select(i => new SampleLog
                    {
                        TimeNs = window.FromNs + (long)(i * 120e9 / messages),
                        Service = _names.Add("stock"),
                        Severity = SeverityNumber.Error,
                        Template = _names.Add("ledger is behind"),
                    }),
            ],
        };
    }

    private void Write(PretendRequest r, TraceId id, int trace, long at, List<SampleSpan> spans)
    {
        var stockDatabase = r.StockDatabaseMs * r.Noise;
        var stock = (r.StockMs * r.Noise) + stockDatabase;
        var pay = r.PayMs * r.Noise;
        var database = r.DatabaseCalls * r.ShopDatabaseMs * r.Noise;
        var shop = (r.ShopMs * r.Noise) + stock + r.StockGapMs + pay + database;
        var web = Add("web", "GET /", SpanKind.Server, default, 0, (5 * r.Noise) + shop, r.WebFails);
        _said[(id, web)] = [.. r.WebSays.Select(a => new SampleAttributeValue(a.Key, a.Value))];
        var toShop = SendsCalls ? Add("web", "GET", SpanKind.Client, web, 1, shop + 1, r.WebFails) : web;
        var inShop = Add("shop", r.ShopOperation, SpanKind.Server, toShop, 1.5, shop, r.ShopFails, instance: r.ShopPod, host: r.ShopHost);
        for (var i = 0; i < r.DatabaseCalls; i++)
            Add(
                "shop",
                "SELECT",
                SpanKind.Client,
                inShop,
                2 + (i * r.ShopDatabaseMs * r.Noise),
                r.ShopDatabaseMs * r.Noise,
                false,
                "db.example",
                isDatabase: true
            );
        var after = 2 + database;
        if (r.ReachesStock)
        {
            var toStock = SendsCalls
                ? Add(
                    "shop",
                    "GET stock",
                    SpanKind.Client,
                    inShop,
                    after,
                    stock + r.StockGapMs,
                    r.StockFails || r.StockIsSilent,
                    "stock.example"
                )
                : inShop;
            if (!r.StockIsSilent)
            {
                var inStock = Add(
                    "stock",
                    "GET /stock",
                    SpanKind.Server,
                    toStock,
                    after + r.StockGapMs,
                    stock,
                    r.StockFails,
                    instance: r.StockPod,
                    host: r.StockHost
                );
                Add(
                    "stock",
                    "SELECT",
                    SpanKind.Client,
                    inStock,
                    after + r.StockGapMs,
                    stockDatabase,
                    false,
                    "db.example",
                    isDatabase: true
                );
                Add("stock", "look up", SpanKind.Internal, inStock, after + r.StockGapMs, stock * 0.9, false);
            }

            Add("shop", "POST", SpanKind.Client, inShop, after + stock + r.StockGapMs, pay, r.PayFails, "pay.example");
        }

        SpanId Add(
            string service,
            string operation,
            SpanKind kind,
            SpanId parent,
            double offset,
            double ms,
            bool failed,
            string? peer = null,
            bool isDatabase = false,
            string? instance = null,
            string? host = null
        )
        {
            var span = new SpanId(++_ids);
            if (!_hosts.Contains(host))
                _hosts.Add(host);
            spans.Add(
                new SampleSpan
                {
                    Trace = trace,
                    Id = span,
                    Resource = _hosts.IndexOf(host),
                    Parent = parent,
                    Service = _names.Add(service),
                    Operation = _names.Add(operation),
                    Kind = kind,
                    Status = failed ? SpanStatus.Error : SpanStatus.Unset,
                    StartNs = at + (long)(offset * 1e6),
                    DurationNs = (long)(ms * 1e6),
                    Peer = _names.Add(peer),
                    IsDatabase = isDatabase,
                    Instance = _names.Add(instance ?? service + "-1"),
                }
            );
            return span;
        }
    }
}
