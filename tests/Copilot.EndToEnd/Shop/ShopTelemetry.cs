using System.Globalization;
using System.Text.Json;

namespace Copilot.EndToEnd.Shop;

/// <summary>
/// A small shop as OTLP/JSON: web → orders → billing → a bank that sends nothing. While it is broken, in the last five minutes unless
/// told otherwise, billing's new version fails half of its charges; the bookshelf service has nothing to do with it.
/// </summary>
internal sealed class ShopTelemetry(DateTimeOffset end)
{
    public const string FailingService = "billing";
    public const string FailingOperation = "POST /charges";

    public static readonly TimeSpan Length = TimeSpan.FromMinutes(40);
    private static readonly TimeSpan Trouble = TimeSpan.FromMinutes(5);

    private readonly Random _random = new(20261122);
    private readonly List<(string Service, object Span)> _spans = [];
    private int _failures;

    /// <summary>When the new version went out.</summary>
    public DateTimeOffset Broken { get; set; } = end - Trouble;

    /// <summary>When the old one was back.</summary>
    public DateTimeOffset Mended { get; set; } = DateTimeOffset.MaxValue;

    /// <summary>Export requests, a few thousand spans each.</summary>
    public IEnumerable<string> Exports() => Exports(end - Length, end);

    public IEnumerable<string> Exports(DateTimeOffset from, DateTimeOffset to)
    {
        for (var at = from; at < to; at += TimeSpan.FromSeconds(2))
        {
            Order(at);
            Browse(at + TimeSpan.FromMilliseconds(700));
            if (_spans.Count > 3_000)
                yield return Drain();
        }

        yield return Drain();
    }

    private void Order(DateTimeOffset at)
    {
        var fails = at >= Broken && at < Mended && ++_failures % 2 == 0;
        var trace = Id(16);
        var (web, call, orders, charge, billing) = (Id(8), Id(8), Id(8), Id(8), Id(8));
        var bank = 40 + _random.NextDouble() * 20;
        var inner = bank + 10;
        Add("web", trace, web, null, 2, "POST /checkout", at, inner + 30, fails, ("http.route", "/checkout"));
        Add("web", trace, call, web, 3, "POST orders", at.AddMilliseconds(5), inner + 20, fails, ("server.address", "orders.shop.example"));
        Add("orders", trace, orders, call, 2, "POST /orders", at.AddMilliseconds(8), inner + 14, fails, ("http.route", "/orders"));
        Add(
            "orders",
            trace,
            charge,
            orders,
            3,
            "POST billing",
            at.AddMilliseconds(12),
            inner + 4,
            fails,
            ("server.address", "billing.shop.example")
        );
        Add(
            FailingService,
            trace,
            billing,
            charge,
            2,
            FailingOperation,
            at.AddMilliseconds(14),
            inner,
            fails,
            ("http.route", "/charges"),
            (
                "payment.currency",
                fails ? "CHF"
                : _random.Next(3) == 0 ? "CHF"
                : "EUR"
            )
        );
        if (!fails)
            Add(
                FailingService,
                trace,
                Id(8),
                billing,
                3,
                "POST bank",
                at.AddMilliseconds(18),
                bank,
                false,
                ("server.address", "api.bank.example")
            );
    }

    private void Browse(DateTimeOffset at)
    {
        var trace = Id(16);
        var (web, call) = (Id(8), Id(8));
        Add("web", trace, web, null, 2, "GET /books", at, 20 + _random.NextDouble() * 5, false, ("http.route", "/books"));
        Add("web", trace, call, web, 3, "GET bookshelf", at.AddMilliseconds(3), 12, false, ("server.address", "bookshelf.shop.example"));
        Add(
            "bookshelf",
            trace,
            Id(8),
            call,
            2,
            "GET /shelf",
            at.AddMilliseconds(4),
            9 + _random.NextDouble(),
            false,
            ("http.route", "/shelf")
        );
    }

    private void Add(
        string service,
        string trace,
        string id,
        string? parent,
        int kind,
        string name,
        DateTimeOffset at,
        double ms,
        bool failed,
        params (string Key, string Value)[] attributes
    ) =>
        _spans.Add(
            (
                service,
                new
                {
                    traceId = trace,
                    spanId = id,
                    parentSpanId = parent ?? string.Empty,
                    name,
                    kind,
                    startTimeUnixNano = Nanos(at),
                    endTimeUnixNano = Nanos(at.AddMilliseconds(ms)),
                    attributes = attributes.Append(("http.response.status_code", failed ? "500" : "200")).Select(Attribute),
                    status = failed ? (object)new { code = 2, message = "the rounding rule is missing" } : new { },
                }
            )
        );

    private string Drain()
    {
        var json = JsonSerializer.Serialize(
            new
            {
                resourceSpans = _spans
                    .GroupBy(span => span.Service)
                    .Select(group => new
                    {
                        resource = new
                        {
                            attributes = new[] { Attribute(("service.name", group.Key)), Attribute(("service.version", "1.4.0")) },
                        },
                        scopeSpans = new[] { new { scope = new { name = "shop" }, spans = group.Select(span => span.Span) } },
                    }),
            }
        );
        _spans.Clear();
        return json;
    }

    private static object Attribute((string Key, string Value) attribute) =>
        attribute.Key == "http.response.status_code"
            ? new { key = attribute.Key, value = (object)new { intValue = attribute.Value } }
            : new { key = attribute.Key, value = (object)new { stringValue = attribute.Value } };

    private static string Nanos(DateTimeOffset time) =>
        ((time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) * 100).ToString(CultureInfo.InvariantCulture);

    private string Id(int bytes)
    {
        var id = new byte[bytes];
        _random.NextBytes(id);
        return Convert.ToHexStringLower(id);
    }
}
