using System.Buffers.Binary;
using System.Globalization;

namespace Copilot.Cli.Bench;

/// <summary>
/// Export requests as the services of a shop would send them: traces of thirteen spans through five services with databases behind them,
/// each service's spans in requests of its own, nine resource attributes, five to seven attributes a span.
/// </summary>
internal sealed class ShopLoad(int seed, long endNs, long spreadNs = 300_000_000_000)
{
    private const int SpansPerRequest = 512;
    private const int SpansPerTrace = 13;
    private static readonly string[] _services = ["storefront", "basket", "checkout", "stock", "billing"];
    private readonly Random _random = new(seed);

    /// <summary>At least so many spans, as bodies of OTLP/HTTP protobuf requests with the number of their spans.</summary>
    public List<(byte[] Body, int Spans)> Make(int spans)
    {
        var requests = new List<(byte[], int)>();
        var open = _services.Select(_ => (Writer: new ProtobufWriter(), Count: 0)).ToArray();
        for (var made = 0; made < spans; made += SpansPerTrace)
        {
            AddTrace(open, made / SpansPerTrace);
            for (var i = 0; i < open.Length; i++)
            {
                if (open[i].Count >= SpansPerRequest)
                    Close(i);
            }
        }

        for (var i = 0; i < open.Length; i++)
        {
            if (open[i].Count > 0)
                Close(i);
        }

        return requests;

        void Close(int service)
        {
            requests.Add((Request(service, open[service].Writer), open[service].Count));
            open[service] = (new ProtobufWriter(), 0);
        }
    }

    private static byte[] Request(int service, ProtobufWriter spans)
    {
        var name = _services[service];
        var resource = new ProtobufWriter();
        foreach (var (key, value) in new (string, string)[]
        {
            ("service.name", name), ("service.namespace", "shop"), ("service.version", "1.4." + service.ToString(CultureInfo.InvariantCulture)),
            ("service.instance.id", "8f14e45f-ceea-467f-a1bb-" + name.GetHashCode(StringComparison.Ordinal).ToString("x12", CultureInfo.InvariantCulture)),
            ("deployment.environment.name", "production"), ("k8s.pod.name", name + "-7dcfcde79-3a36f"), ("k8s.node.name", "node-4.eu-central-1"),
            ("k8s.cluster.name", "shop-eu-central-1"), ("cloud.region", "eu-central-1"),
        })
            resource.Attribute(1, key, value);
        var scope = new ProtobufWriter();
        scope.Text(1, "instrumentation-http");
        scope.Text(2, "0.203.0");
        // The spans are written as fields of ScopeSpans already: the scope may follow them.
        spans.Message(1, scope);
        var resourceSpans = new ProtobufWriter();
        resourceSpans.Message(1, resource);
        resourceSpans.Message(2, spans);
        var request = new ProtobufWriter();
        request.Message(1, resourceSpans);
        return request.ToArray();
    }

    private void AddTrace((ProtobufWriter Writer, int Count)[] open, int number)
    {
        Span<byte> trace = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(trace, _random.NextInt64());
        BinaryPrimitives.WriteInt64BigEndian(trace[8..], _random.NextInt64());
        var start = endNs - spreadNs + (long)(_random.NextDouble() * spreadNs);
        var failed = _random.Next(50) == 0;
        var root = Server(open, trace, 0, 0, ref start, failed, number);
        for (var service = 1; service < _services.Length; service++)
        {
            var client = Add(open, trace, service == 4 ? 2 : 0, root, ref start, 3, failed && service == 4 ? 2 : 0, "POST",
                ("http.request.method", "POST"), ("server.address", _services[service] + ".shop.svc"), ("server.port", 8080L),
                ("http.response.status_code", failed && service == 4 ? 502L : 200L), ("url.full", $"http://{_services[service]}.shop.svc:8080/v1/{number % 9}"));
            var server = Server(open, trace, service, client, ref start, failed && service == 4, number);
            Add(open, trace, service, server, ref start, 3, 0, "SELECT " + _services[service],
                ("db.system.name", "postgresql"), ("db.namespace", _services[service]), ("server.address", "pg-" + _services[service] + ".internal"),
                ("server.port", 5432L), ("db.query.text", "SELECT id, sku, amount FROM lines WHERE basket_id = $1 ORDER BY id"));
        }
    }

    private ulong Server(
        (ProtobufWriter, int)[] open, ReadOnlySpan<byte> trace, int service, ulong parent, ref long start, bool failed, int number) =>
        Add(open, trace, service, parent, ref start, 2, failed ? 2 : 0, $"POST /v1/{_services[service]}/{{id}}",
            ("http.request.method", "POST"), ("http.route", $"/v1/{_services[service]}/{{id}}"), ("url.path", $"/v1/{_services[service]}/{number}"),
            ("http.response.status_code", failed ? 500L : 200L), ("user_agent.original", "Mozilla/5.0 (X11; Linux x86_64)"),
            ("tenant", "tenant-" + (number % 5).ToString(CultureInfo.InvariantCulture)), ("currency", number % 3 == 0 ? "EUR" : "USD"));

    private ulong Add(
        (ProtobufWriter Writer, int Count)[] open, ReadOnlySpan<byte> trace, int service, ulong parent, ref long start, int kind, int status,
        string name, params ReadOnlySpan<(string Key, object Value)> attributes)
    {
        var id = (ulong)_random.NextInt64(1, long.MaxValue);
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, id);
        var span = new ProtobufWriter();
        span.Bytes(1, trace);
        span.Bytes(2, bytes);
        if (parent != 0)
        {
            BinaryPrimitives.WriteUInt64BigEndian(bytes, parent);
            span.Bytes(4, bytes);
        }

        span.Text(5, name);
        span.Varint(6, (ulong)kind);
        span.Fixed64(7, (ulong)start);
        span.Fixed64(8, (ulong)(start + 500_000 + _random.NextInt64(20_000_000)));
        start += 50_000;
        foreach (var (key, value) in attributes)
            span.Attribute(9, key, value);
        if (status != 0)
        {
            var code = new ProtobufWriter();
            code.Varint(3, (ulong)status);
            span.Message(15, code);
        }

        open[service].Writer.Message(2, span);
        open[service].Count++;
        return id;
    }
}
