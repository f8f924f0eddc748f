using System.Text.Json;
using Copilot.Analysis.Samples;
using Copilot.Telemetry.Records;

namespace Copilot.Analysis.Tests.Worlds;

/// <summary>One labelled fault of the nezha world, with the windows that its scorer would send.</summary>
/// <param name="At">The same with another window of trouble; the good one before it reaches up to it.</param>
public sealed record NezhaCase(
    string Id,
    string System,
    string Cause,
    string FaultType,
    AnalysisInput Input,
    Func<TimeWindow, AnalysisInput> At
)
{
    public static IEnumerable<NezhaCase> Load(string folder, string? only = null)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "cases.json")));
        foreach (var element in document.RootElement.EnumerateArray())
        {
            if (only is null || element.GetProperty("id").GetString()!.Contains(only, StringComparison.Ordinal))
                yield return Load(folder, element);
        }
    }

    private static NezhaCase Load(string folder, JsonElement element)
    {
        var baseline = element.GetProperty("baseline");
        var loader = new SampleLoader();
        loader.AddTraces(File("traces", element));
        loader.AddTraces(File("day_traces", baseline));
        if (element.GetProperty("logs").GetString() is not null)
            loader.AddLogs(File("logs", element)).AddLogs(File("day_logs", baseline));
        loader.AddMetrics(File("metrics", element));
        var window = element.GetProperty("window");
        var bad = new TimeWindow(Time(window.GetProperty("start")), Time(window.GetProperty("end")));
        var baselines = new List<TimeWindow>();
        if (baseline.GetProperty("own_traces").GetInt32() > 0)
            baselines.Add(new TimeWindow(Time(baseline.GetProperty("own_start")), Time(baseline.GetProperty("own_end"))));
        var day = baseline.GetProperty("day_window");
        baselines.Add(new TimeWindow(Time(day[0]), Time(day[1])));
        var label = element.GetProperty("label");
        return new NezhaCase(
            element.GetProperty("id").GetString()!,
            element.GetProperty("system").GetString()!,
            label.GetProperty("root_cause_service").GetString()!,
            label.GetProperty("fault_type").GetString()!,
            At(bad),
            At
        );

        AnalysisInput At(TimeWindow of) =>
            new()
            {
                Names = loader.Names,
                Bad = loader.Sample(of),
                Baselines = [.. baselines.Select(b => loader.Sample(b.ToNs == bad.FromNs ? b with { ToNs = of.FromNs } : b))],
                Resources = loader.Resources(of),
                Attributes = loader.Said,
            };

        string File(string property, JsonElement of) => Path.Combine(folder, of.GetProperty(property).GetString()!);
    }

    private static DateTimeOffset Time(JsonElement element) => element.GetDateTimeOffset();
}
