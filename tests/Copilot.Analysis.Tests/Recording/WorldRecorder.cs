using System.Text.Json;
using Copilot.Analysis.Samples;
using Copilot.Analysis.Tests.Simulation;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;

namespace Copilot.Analysis.Tests.Recording;

/// <summary>
/// Runs a plan on the first made-up system that has a place for each of its troubles, and writes what the system sent, its changes and what
/// was
/// planted. Which faults the product finds has no say in it.
/// </summary>
internal sealed class WorldRecorder
{
    private const int Fewest = 8;

    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(10);

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, IndentSize = 1 };

    private readonly WorldPlan _plan;
    private readonly int _seed;
    private readonly SimSystem _system;
    private readonly NameTable _names = new();
    private readonly Random _random;
    private readonly SimTraffic _traffic;
    private readonly List<TelemetrySample> _samples = [];
    private readonly List<(SimFault Fault, TimeWindow Window)> _faults = [];
    private readonly List<(DateTimeOffset Time, string Service, string Kind, string Version, string Summary)> _changes = [];

    private WorldRecorder(WorldPlan plan, int seed)
    {
        (_plan, _seed, _system, _random) = (plan, seed, SimSystem.Make(seed), new Random(seed));
        _traffic = new SimTraffic(_system, _names, _random);
    }

    public static void Record(WorldPlan plan, string folder)
    {
        var recorder = Enumerable
            .Range(1, 100_000)
            .Where(seed => plan.Fits(SimSystem.Make(seed)))
            .Select(seed => new WorldRecorder(plan, seed))
            .First(r => r.Run());
        Directory.CreateDirectory(folder);
        recorder.Write(folder);
    }

    private bool Run()
    {
        var end = Quiet(_plan.Start, _plan.Start + WorldPlan.FirstQuiet);
        var usage = _traffic.Usage();
        var traces = (double)_samples[0].TraceIds.Count;
        var faults = new SimFaults(
            _system,
            _random,
            o => usage.GetValueOrDefault((_names.Find(o.Service.Name), _names.Find(o.Name))) / traces
        );
        foreach (var kind in _plan.Troubles)
        {
            if (faults.Make(kind) is not { } fault)
                return false;
            var window = new TimeWindow(end, end + WorldPlan.Lasting);
            _samples.Add(_traffic.Run(window, (int)(_plan.RequestsPerMinute * WorldPlan.Lasting.TotalMinutes * fault.Traffic), fault));
            if (fault.Causes.Count > 0 && _traffic.Touched < Fewest)
                return false;
            _faults.Add((fault, window));
            Change(fault, window);
            end = Quiet(window.To, window.To + WorldPlan.QuietAfter);
        }

        return true;
    }

    private DateTimeOffset Quiet(DateTimeOffset from, DateTimeOffset to)
    {
        _samples.Add(
            _traffic.Run(
                new TimeWindow(from, to),
                (int)(_plan.RequestsPerMinute * (to - from).TotalMinutes),
                new SimFault { Kind = "quiet" }
            )
        );
        return to;
    }

    private void Change(SimFault fault, TimeWindow window)
    {
        if (fault.Changed is { } changed)
        {
            _changes.Add((window.From.AddSeconds(-4), changed, "deploy", "9.9.9-rc", $"{changed} 9.9.9-rc"));
            _changes.Add((window.To.AddSeconds(2), changed, "rollback", "9.9.8", $"Roll back {changed} to 9.9.8"));
        }

        // Others change things too, and nothing comes of it.
        if (_random.NextDouble() < 0.5)
        {
            var other = _system.Services[_random.Next(_system.Services.Count)].Name;
            _changes.Add(
                (window.From.AddSeconds(-60 * _random.NextDouble() - 5), other, "config", "", $"Raise the replicas of {other} from 4 to 6")
            );
        }
    }

    private void Write(string folder)
    {
        using (var traces = new OtlpFile(Path.Combine(folder, "traces.otlp.jsonl.gz"), _seed, _names, _traffic.Attributes))
            _samples.ForEach(traces.WriteSpans);
        using (var metrics = new OtlpFile(Path.Combine(folder, "metrics.otlp.jsonl.gz"), _seed, _names, _traffic.Attributes))
            metrics.WriteGauges(new WorldGauges(_system, _plan, _faults, _random).All());
        if (_system.Style.HasLogs)
        {
            using var logs = new OtlpFile(Path.Combine(folder, "logs.otlp.jsonl.gz"), _seed, _names, _traffic.Attributes);
            _samples.ForEach(logs.WriteLogs);
        }

        File.WriteAllLines(
            Path.Combine(folder, "changes.jsonl"),
            _changes
                .OrderBy(c => c.Time)
                .Select(c =>
                    JsonSerializer.Serialize(
                        new
                        {
                            time = c.Time,
                            service = c.Service,
                            kind = c.Kind,
                            version = c.Version.Length == 0 ? null : c.Version,
                            summary = c.Summary,
                        }
                    )
                )
        );
        File.WriteAllText(Path.Combine(folder, "truth.json"), JsonSerializer.Serialize(Truth(), Indented) + "\n");
    }

    private object Truth() =>
        new
        {
            world = _plan.Name,
            seed = _seed,
            recorded = Told(new TimeWindow(_samples[0].Window.FromNs, _samples[^1].Window.ToNs)),
            spans = _samples.Sum(s => s.Spans.Length),
            traces = _samples.Sum(s => s.TraceIds.Count),
            logs = _samples.Sum(s => s.Logs.Length),
            faults = _faults
                .Select(
                    (f, i) =>
                        new
                        {
                            id = $"{char.ToUpperInvariant(_plan.Name[0])}{i + 1}",
                            kind = f.Fault.Kind,
                            from = f.Window.From,
                            to = f.Window.To,
                            baseline = Told(new TimeWindow(f.Window.From - WorldPlan.QuietAfter + Settling, f.Window.From - Settling)),
                            cause = f.Fault.Causes.Count == 0 ? null : Cause(f.Fault),
                        }
                )
                .ToList(),
            quiet = Quiets().Select(Told).ToList(),
        };

    private static Dictionary<string, object> Cause(SimFault fault)
    {
        var cause = new Dictionary<string, object> { ["service"] = fault.Causes.First(), ["also"] = fault.Causes.Skip(1).ToList() };
        foreach (var (key, value) in fault.Places.Take(1))
            cause["attribute"] = new { key, value };
        return cause;
    }

    private IEnumerable<TimeWindow> Quiets() =>
        _samples
            .Where((_, i) => i % 2 == 0)
            .Select((s, i) => new TimeWindow(s.Window.From + (i == 0 ? TimeSpan.Zero : 2 * Settling), s.Window.To - Settling));

    private static object Told(TimeWindow window) => new { from = window.From, to = window.To };
}
