using System.Globalization;
using System.IO.Compression;
using System.Text;
using Copilot.Telemetry.Records;

namespace Copilot.Diagnosis.Tests.Windows;

/// <summary>
/// Three hundred services that call each other in three layers; a leaf takes part in two traces of a hundred. A good stretch, then windows
/// of two minutes in each of which another leaf is in trouble of another kind.
/// </summary>
internal sealed class PretendFleet
{
    private const int Gateways = 20;
    private const int Inner = 80;
    private const int Leaves = 200;
    private const int TracesAWindow = 1500;
    private static readonly DateTimeOffset _start = new(2026, 5, 4, 10, 0, 0, TimeSpan.Zero);
    private readonly Random _random = new(7);
    private readonly Dictionary<string, StringBuilder> _spans = [];

    public enum Trouble
    {
        None,
        Failing,
        Slow,
        Dead,
        Silent,
    }

    public static IReadOnlyList<TimeWindow> Good { get; } = [Window(0), Window(1), Window(2)];

    /// <summary>The window with that trouble, well after the others.</summary>
    public static TimeWindow Bad(Trouble trouble) => Window(10 + (3 * (int)trouble));

    public static string Sick(Trouble trouble) => Leaf(40 + (30 * (int)trouble));

    /// <summary>Writes all of it as a recording.</summary>
    public static async Task WriteAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        await using var file = new StreamWriter(
            new GZipStream(File.Create(Path.Combine(folder, "traces.otlp.jsonl.gz")), CompressionLevel.Fastest)
        );
        var fleet = new PretendFleet();
        foreach (var window in Good)
            await fleet.WriteAsync(file, window, Trouble.None);
        foreach (var trouble in Enum.GetValues<Trouble>())
            await fleet.WriteAsync(file, Bad(trouble), trouble);
    }

    private static TimeWindow Window(int number) => new(_start.AddMinutes(2 * number), _start.AddMinutes((2 * number) + 2));

    private static string Leaf(int number) => string.Create(CultureInfo.InvariantCulture, $"leaf-{number}");

    private async Task WriteAsync(StreamWriter file, TimeWindow window, Trouble trouble)
    {
        for (var trace = 0; trace < TracesAWindow; trace++)
        {
            var id = Hex() + Hex();
            var gateway = _random.Next(Gateways);
            Serve(
                id,
                string.Create(CultureInfo.InvariantCulture, $"gate-{gateway}"),
                "",
                window.FromNs + _random.NextInt64(window.ToNs - window.FromNs),
                0,
                gateway,
                trouble
            );
            if (trace % 250 == 249)
                await FlushAsync(file);
        }
    }

    private (long EndNs, bool Failed) Serve(string trace, string service, string parent, long at, int layer, int number, Trouble trouble)
    {
        var isSick = trouble != Trouble.None && service == Sick(trouble);
        var id = Hex();
        var failed = _random.Next(1000) < (isSick && trouble == Trouble.Failing ? 350 : 2);
        var now = at + Work(isSick && trouble == Trouble.Slow ? 40 : 1);
        for (var call = 0; call < (layer == 2 ? 0 : 2); call++)
        {
            var width = layer == 0 ? Inner : Leaves;
            // Each calls five of the layer below.
            var callee = ((number * 5) + _random.Next(5) + (number / (width / 5) * 7)) % width;
            var name = layer == 0 ? string.Create(CultureInfo.InvariantCulture, $"inner-{callee}") : Leaf(callee);
            var client = Hex();
            var isGone = trouble is Trouble.Dead or Trouble.Silent && name == Sick(trouble);
            var (end, broken) = isGone
                ? (now + Work(1) + (trouble == Trouble.Dead ? 30 * UnixNanos.PerMillisecond : 0), trouble == Trouble.Dead)
                : Serve(trace, name, client, now + 200_000, layer + 1, callee, trouble);
            Add(trace, service, client, id, "GET", 3, now, end + 200_000, broken, name);
            failed |= broken && _random.Next(10) < 8;
            now = end + 200_000;
        }

        now += Work(1);
        Add(trace, service, id, parent, "GET /things", 2, at, now, failed, null);
        return (now, failed);
    }

    private void Add(
        string trace,
        string service,
        string id,
        string parent,
        string name,
        int kind,
        long from,
        long to,
        bool failed,
        string? address
    )
    {
        if (!_spans.TryGetValue(service, out var spans))
            _spans.Add(service, spans = new StringBuilder());
        spans
            .Append(spans.Length == 0 ? "" : ",")
            .Append(
                CultureInfo.InvariantCulture,
                $$"""{"traceId":"{{trace}}","spanId":"{{id}}","parentSpanId":"{{parent}}","name":"{{name}}","kind":{{kind}},"startTimeUnixNano":"{{from}}","endTimeUnixNano":"{{to}}","status":{"code":{{(failed ? 2 : 0)}}}"""
            );
        if (address is not null)
            spans.Append(
                CultureInfo.InvariantCulture,
                $$$""","attributes":[{"key":"server.address","value":{"stringValue":"{{{address}}}.fleet"}}]"""
            );
        spans.Append('}');
    }

    private async Task FlushAsync(StreamWriter file)
    {
        var resources = _spans.Select(s =>
            $$$"""{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"{{{s.Key}}}"}}]},"scopeSpans":[{"spans":[{{{s.Value}}}]}]}"""
        );
        await file.WriteLineAsync($$"""{"resourceSpans":[{{string.Join(",", resources)}}]}""");
        _spans.Clear();
    }

    private string Hex() => _random.NextInt64(1, long.MaxValue).ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>Time of its own, with the long tail that times have.</summary>
    private long Work(int times) => (long)(400_000 * Math.Exp(_random.NextDouble() * _random.NextDouble() * 3)) * times;
}
