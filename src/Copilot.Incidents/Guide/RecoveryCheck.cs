using System.Globalization;
using System.Text.Json.Serialization;
using Copilot.Diagnosis.Diagnoses;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Text;

namespace Copilot.Incidents.Guide;

/// <summary>How one sees that a service is well again.</summary>
/// <param name="Below">The line that made the service count as affected; under it, it no longer would.</param>
/// <param name="Query">TraceQL that shows its requests.</param>
public sealed record RecoveryCheck(string Service, RecoveryMeasure Measure, double Below, string Query)
{
    /// <summary>The same lines that made the services count as affected.</summary>
    public static IReadOnlyList<RecoveryCheck> Of(WindowDiagnosis diagnosis) =>
        [.. diagnosis.Affected.Take(RecoveryThresholds.MostServices).SelectMany(Of)];

    /// <summary>"the error rate of `checkout` is below 1.2 %", as Markdown.</summary>
    public string Text =>
        Measure == RecoveryMeasure.ErrorRate
            ? string.Create(CultureInfo.InvariantCulture, $"the error rate of {Hostile.Code(Service)} is below {Below * 100:0.##} %")
            : string.Create(CultureInfo.InvariantCulture, $"the p95 of {Hostile.Code(Service)} is below {Below:0} ms");

    private static IEnumerable<RecoveryCheck> Of(ServiceImpact service)
    {
        var query = $"{{ {ServiceCondition.Of(Hostile.Line(service.Service))} }}";
        if (service.Failing)
            yield return new RecoveryCheck(service.Service, RecoveryMeasure.ErrorRate, AffectedFrom.ErrorRate(service), query);
        if (service.Slow)
            yield return new RecoveryCheck(service.Service, RecoveryMeasure.P95, AffectedFrom.P95Ms(service), query);
    }
}

/// <summary>What a check looks at.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RecoveryMeasure>))]
public enum RecoveryMeasure
{
    /// <summary>0 to 1.</summary>
    [JsonStringEnumMemberName("error_rate")]
    ErrorRate,

    /// <summary>Milliseconds.</summary>
    [JsonStringEnumMemberName("p95")]
    P95,
}

/// <summary>How an incident's services are now, or were when it was resolved.</summary>
/// <param name="Window">What was measured: whole minutes since the last act, never from before the trouble; empty where none has
/// passed.</param>
/// <param name="Services">Those of the incident that received requests in it.</param>
public sealed record RecoveryState(TimeWindow Window, IReadOnlyList<CheckResult> Checks, IReadOnlyList<ServiceNow> Services)
{
    /// <summary>Every check could be made and holds.</summary>
    public bool IsOver => Checks.Count > 0 && Checks.All(check => check.Holds == true);

    /// <summary>So many could be made and do not hold.</summary>
    public int Failing => Checks.Count(check => check.Holds == false);

    /// <summary>What was done to the incident's services since its onset, oldest first: changes, and steps of the guide.</summary>
    public IReadOnlyList<RecoveryAct> Acts { get; init; } = [];

    /// <summary>The incident is resolved: nothing that comes later changes this any more.</summary>
    public bool IsFrozen { get; init; }
}

/// <summary>Something that was done and may have helped.</summary>
public sealed record RecoveryAct(DateTimeOffset At, string What)
{
    /// <summary>A change to a service; else a step of the guide.</summary>
    public bool IsChange { get; init; } = true;
}

/// <param name="Value">As the check measures; null where nothing was received to measure.</param>
public sealed record CheckResult(RecoveryCheck Check, double? Value)
{
    /// <summary>Null where it cannot be told.</summary>
    public bool? Holds => Value is { } value ? value < Check.Below : null;

    /// <summary>What is checked and how it is, as Markdown.</summary>
    public string Told =>
        Holds switch
        {
            true => $"{Check.Text}: {Measured} now",
            false => $"not yet: {Check.Text}; it is {Measured} now",
            null => $"{Hostile.Code(Check.Service)} got no requests in these minutes: it cannot be told",
        };

    private string Measured =>
        Check.Measure == RecoveryMeasure.ErrorRate ? Quantity.Percent(Value!.Value) : Quantity.Duration(Value!.Value);

    /// <summary>The same minute by minute, from before the onset to the end of what was measured; null where nothing was
    /// received.</summary>
    public IReadOnlyList<(DateTimeOffset Minute, double? Value)> Course { get; init; } = [];
}

/// <summary>A service's requests in the last minutes. Rates are 0 to 1, durations milliseconds.</summary>
public sealed record ServiceNow(string Service, long Requests, double ErrorRate, double P95Ms);
