using System.Globalization;
using System.Text.Json;
using Copilot.Analysis.Samples;
using Copilot.Telemetry.Records;

namespace Copilot.Analysis.Tests.Worlds;

/// <summary>A recorded system: its faults, and any window of it as analysis input.</summary>
public sealed class RecordedWorld
{
    private readonly SampleLoader _loader = new();
    private readonly List<Change> _changes = [];

    public RecordedWorld(string folder)
    {
        _loader.AddTraces(Path.Combine(folder, "traces.otlp.jsonl.gz"));
        if (File.Exists(Path.Combine(folder, "logs.otlp.jsonl.gz")))
            _loader.AddLogs(Path.Combine(folder, "logs.otlp.jsonl.gz"));
        _loader.AddMetrics(Path.Combine(folder, "metrics.otlp.jsonl.gz"));
        foreach (var line in File.ReadLines(Path.Combine(folder, "changes.jsonl")))
        {
            using var document = JsonDocument.Parse(line);
            var change = document.RootElement;
            _changes.Add(
                new Change
                {
                    Time = change.GetProperty("time").GetDateTimeOffset(),
                    Service = change.GetProperty("service").GetString()!,
                    Kind = change.GetProperty("kind").GetString()!,
                    Summary = change.GetProperty("summary").GetString()!,
                }
            );
        }

        using var truth = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "truth.json")));
        foreach (var fault in truth.RootElement.GetProperty("faults").EnumerateArray())
        {
            var cause = fault.GetProperty("cause");
            Faults.Add(
                new WorldFault(
                    fault.GetProperty("id").GetString()!,
                    Window(fault),
                    Window(fault.GetProperty("baseline")),
                    cause.ValueKind == JsonValueKind.Null ? null : cause.GetProperty("service").GetString(),
                    [.. fault.GetProperty("affected").EnumerateArray().Select(a => a.GetString()!)],
                    cause.ValueKind != JsonValueKind.Null && cause.TryGetProperty("attribute", out var of)
                        ? $"{of.GetProperty("key").GetString()} = {of.GetProperty("value").GetString()}"
                        : null
                )
                {
                    Also =
                        cause.ValueKind != JsonValueKind.Null && cause.TryGetProperty("also", out var also)
                            ? [.. also.EnumerateArray().Select(a => a.GetString()!)]
                            : [],
                }
            );
        }

        Name = truth.RootElement.GetProperty("world").GetString()!;
        if (truth.RootElement.TryGetProperty("quiet", out var quiet))
            Quiet = [.. quiet.EnumerateArray().Select(Window)];
    }

    public string Name { get; }

    /// <summary>Stretches in which nothing was wrong, where they were written down.</summary>
    public IReadOnlyList<TimeWindow> Quiet { get; } = [];

    public List<WorldFault> Faults { get; } = [];

    public AnalysisInput Input(TimeWindow bad, params TimeWindow[] baselines) =>
        new()
        {
            Names = _loader.Names,
            Bad = _loader.Sample(bad),
            Baselines = [.. baselines.Select(_loader.Sample)],
            Resources = _loader.Resources(bad),
            Attributes = _loader.Said,
            Changes = [.. _changes.Where(c => c.Time < bad.To && c.Time > bad.From.AddMinutes(-10))],
            PeerNames = new Dictionary<string, string>
            {
                ["rates.carrierhub.example"] = "carrier-rates",
                ["api.paynode.example"] = "acquirer",
            },
        };

    public static DateTimeOffset At(string time) => DateTimeOffset.Parse("2026-11-22T" + time + "Z", CultureInfo.InvariantCulture);

    private static TimeWindow Window(JsonElement element) =>
        new(element.GetProperty("from").GetDateTimeOffset(), element.GetProperty("to").GetDateTimeOffset());
}
