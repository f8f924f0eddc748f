using System.Buffers.Binary;
using System.Globalization;

namespace Copilot.Benchmarks.Load;

/// <summary>
/// Export requests as the services of a shop would send them: traces of thirteen spans through five services with databases behind them,
/// nine resource attributes, five to seven attributes a span; one order in twenty thousand uses a coupon.
/// </summary>
internal sealed class ShopLoad(int seed, long endNs, long spreadNs = 300_000_000_000)
{
    private const int SpansPerTrace = 13;
    private const int OrdersPerCoupon = 20_000;
    private static readonly string[] _services = ["storefront", "basket", "checkout", "stock", "billing"];
    private readonly Random _random = new(seed);

    /// <summary>At least so many spans, as bodies of OTLP/HTTP protobuf requests with the number of their spans.</summary>
    public List<(byte[] Body, int Spans)> Make(int spans)
    {
        var requests = new RequestBatches(_services);
        for (var made = 0; made < spans; made += SpansPerTrace)
            AddTrace(requests, made / SpansPerTrace);
        return requests.Close();
    }

    private void AddTrace(RequestBatches requests, int number)
    {
        Span<byte> trace = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(trace, _random.NextInt64());
        BinaryPrimitives.WriteInt64BigEndian(trace[8..], _random.NextInt64());
        var start = endNs - spreadNs + (long)(_random.NextDouble() * spreadNs);
        var failed = _random.Next(50) == 0;
        var root = Server(requests, trace, 0, 0, ref start, failed, number);
        for (var service = 1; service < _services.Length; service++)
        {
            var client = Add(
                requests,
                trace,
                service == 4 ? 2 : 0,
                root,
                ref start,
                3,
                failed && service == 4 ? 2 : 0,
                "POST",
                ("http.request.method", "POST"),
                ("server.address", _services[service] + ".shop.svc"),
                ("server.port", 8080L),
                ("http.response.status_code", failed && service == 4 ? 502L : 200L),
                ("url.full", $"http://{_services[service]}.shop.svc:8080/v1/{number % 9}")
            );
            var server = Server(requests, trace, service, client, ref start, failed && service == 4, number);
            Add(
                requests,
                trace,
                service,
                server,
                ref start,
                3,
                0,
                "SELECT " + _services[service],
                ("db.system.name", "postgresql"),
                ("db.namespace", _services[service]),
                ("server.address", "pg-" + _services[service] + ".internal"),
                ("server.port", 5432L),
                ("db.query.text", "SELECT id, sku, amount FROM lines WHERE basket_id = $1 ORDER BY id")
            );
        }
    }

    private ulong Server(
        RequestBatches requests,
        ReadOnlySpan<byte> trace,
        int service,
        ulong parent,
        ref long start,
        bool failed,
        int number
    )
    {
        (string, object)[] attributes =
        [
            ("http.request.method", "POST"),
            ("http.route", $"/v1/{_services[service]}/{{id}}"),
            ("url.path", $"/v1/{_services[service]}/{number}"),
            ("http.response.status_code", failed ? 500L : 200L),
            ("user_agent.original", "Mozilla/5.0 (X11; Linux x86_64)"),
            ("tenant", "tenant-" + (number % 5).ToString(CultureInfo.InvariantCulture)),
            ("currency", number % 3 == 0 ? "EUR" : "USD"),
        ];
        if (parent == 0 && number % OrdersPerCoupon == 7)
            attributes = [.. attributes, ("coupon", "C-" + number.ToString(CultureInfo.InvariantCulture))];
        return Add(requests, trace, service, parent, ref start, 2, failed ? 2 : 0, $"POST /v1/{_services[service]}/{{id}}", attributes);
    }

    private ulong Add(
        RequestBatches requests,
        ReadOnlySpan<byte> trace,
        int service,
        ulong parent,
        ref long start,
        int kind,
        int status,
        string name,
        params ReadOnlySpan<(string Key, object Value)> attributes
    )
    {
        var id = (ulong)_random.NextInt64(1, long.MaxValue);
        requests.Add(service, trace, id, parent, start, 500_000 + _random.NextInt64(20_000_000), kind, status, name, attributes);
        start += 50_000;
        return id;
    }
}
