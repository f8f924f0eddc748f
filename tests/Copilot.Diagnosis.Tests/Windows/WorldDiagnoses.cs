using System.Text.Json;
using Copilot.Diagnosis.Diagnoses;
using Copilot.Ownership.Tests.Owners;
using Copilot.Telemetry.Records;

namespace Copilot.Diagnosis.Tests.Windows;

/// <summary>The faults of a world's truth as troubles that a perfect analysis would hand over, so that what follows is measured
/// alone.</summary>
internal static class WorldDiagnoses
{
    public static IEnumerable<(JsonElement Fault, WindowDiagnosis Trouble)> Of(World world)
    {
        foreach (var fault in world.Truth.GetProperty("faults").EnumerateArray())
            yield return (fault, Read(fault));
    }

    private static WindowDiagnosis Read(JsonElement fault)
    {
        var window = new TimeWindow(fault.GetProperty("from").GetDateTimeOffset(), fault.GetProperty("to").GetDateTimeOffset());
        var affected = fault.GetProperty("affected").EnumerateArray().Select(name => Service(fault, name.GetString()!)).ToArray();
        var busy = fault
            .GetProperty("worseButNotByCause")
            .EnumerateArray()
            .Select(name => new ServiceImpact { Service = name.GetString()! })
            .ToArray();
        var cause = fault.GetProperty("cause");
        return new WindowDiagnosis
        {
            Window = window,
            Causes = cause.ValueKind == JsonValueKind.Object ? [Cause(cause, affected)] : [],
            Affected = affected,
            OnlyTrafficGrew = busy.Length > 0,
            Busy = busy,
        };
    }

    private static DiagnosedCause Cause(JsonElement cause, ServiceImpact[] affected) =>
        new()
        {
            Service = Text(cause, "service")!,
            Operation = Text(cause, "operation"),
            Score = 0.9,
            Kind = affected.Any(service => service.Failing) ? CauseKind.Errors : CauseKind.Latency,
            Why = "it is worse than before and what calls it is worse too",
            SeenAt = Text(cause, "seenAt"),
            SetApart = cause.TryGetProperty("attribute", out var attribute)
                ? new CauseAttribute(Text(attribute, "key")!, Text(attribute, "value")!, 0.9)
                : null,
            Change = cause.TryGetProperty("change", out var change)
                ? new Change
                {
                    Time = change.GetProperty("time").GetDateTimeOffset(),
                    Service = Text(change, "service")!,
                    Kind = Text(change, "kind")!,
                    Version = Text(change, "version"),
                    PreviousVersion = Text(change, "previousVersion"),
                    Summary = Text(change, "summary")!,
                    Author = Text(change, "author"),
                }
                : null,
        };

    private static ServiceImpact Service(JsonElement fault, string name)
    {
        var figures = fault.GetProperty("evidence").GetProperty(name);
        return new ServiceImpact
        {
            Service = name,
            Score = 0.8,
            Requests = figures.GetProperty("requests").GetInt64(),
            ErrorRate = figures.GetProperty("errorRate").GetDouble(),
            ErrorRateBefore = figures.GetProperty("errorRateBefore").GetDouble(),
            P95Ms = figures.GetProperty("p95").GetDouble(),
            P95MsBefore = figures.GetProperty("p95Before").GetDouble(),
            Failing = figures.GetProperty("fails").GetBoolean(),
            Slow = figures.GetProperty("slow").GetBoolean(),
        };
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
