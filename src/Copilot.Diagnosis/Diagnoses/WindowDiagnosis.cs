using System.Text.Json.Serialization;
using Copilot.Analysis.Reports;
using Copilot.Diagnosis.Timeline;
using Copilot.Telemetry.Records;

namespace Copilot.Diagnosis.Diagnoses;

/// <summary>What is wrong in a window, with the figures: what a proposal is made from.</summary>
public sealed record WindowDiagnosis
{
    public required TimeWindow Window { get; init; }

    /// <summary>When it began and whether it lasts; null where no stretch of the window stands out.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Episode? Episode { get; init; }

    /// <summary>What else went wrong in the window asked about, worst first.</summary>
    [JsonIgnore]
    public IReadOnlyList<Episode> Others { get; init; } = [];

    /// <summary>Troubles of their own at the same time, each with its cause, its services and its beginning.</summary>
    [JsonIgnore]
    public IReadOnlyList<WindowDiagnosis> Also { get; init; } = [];

    public TimeWindow? Baseline { get; init; }

    /// <summary>What the analysis claims to be the cause, surest first; empty where there is none.</summary>
    public IReadOnlyList<DiagnosedCause> Causes { get; init; } = [];

    /// <summary>Runners-up, surest first: what to look at when the cause does not hold.</summary>
    public IReadOnlyList<DiagnosedCause> Suspects { get; init; } = [];

    /// <summary>Services that are clearly worse and are the cause or its direct or indirect callers.</summary>
    public IReadOnlyList<ServiceImpact> Affected { get; init; } = [];

    /// <summary>False where too little was received before to say what is usual; <see cref="Summary"/> tells what there is.</summary>
    public bool HasBaseline { get; init; } = true;

    /// <summary>How many traces the window holds, and how many of them were looked at; figures of services count every request.</summary>
    public long Traces { get; init; }

    public long TracesRead { get; init; }

    /// <summary>So many of them were too recent to be judged: part of each may have been on its way still.</summary>
    public int StillArriving { get; init; }

    /// <summary>False where a sample was looked at, of the window or of the good ones.</summary>
    public bool IsExact { get; init; } = true;

    /// <summary>Nothing is broken, there is only more to do; <see cref="Busy"/> names who got more.</summary>
    public bool OnlyTrafficGrew { get; init; }

    public IReadOnlyList<ServiceImpact> Busy { get; init; } = [];

    /// <summary>In two sentences: what starts where and whom it reaches; without a cause, why there is none.</summary>
    public string Summary { get; init; } = "";

    /// <summary>Where no cause is claimed: what moved although no request shows it, as log records tell it. Then it cannot be told that
    /// nothing is wrong.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Moved { get; init; } = [];

    /// <summary>From the request that users send down to the cause.</summary>
    public IReadOnlyList<PropagationStep> Path { get; init; } = [];

    /// <summary>What one might suspect, and what speaks against it.</summary>
    public IReadOnlyList<RejectedCause> Rejected { get; init; } = [];

    /// <summary>What would confirm or refute it.</summary>
    public IReadOnlyList<string> Checks { get; init; } = [];

    /// <summary>The same with the trouble first that any of these services takes part in, where one of several does.</summary>
    public WindowDiagnosis About(IReadOnlyCollection<string> services) =>
        services.Count == 0 || Concerns(services) || Also.FirstOrDefault(other => other.Concerns(services)) is not { } first
            ? this
            : first with
            {
                Others = Others,
                Also = [this with { Also = [] }, .. Also.Where(other => other != first)],
            };

    private bool Concerns(IReadOnlyCollection<string> services) =>
        Causes
            .SelectMany(cause => new[] { cause.Service, cause.SeenAt })
            .Concat(Affected.Select(service => service.Service))
            .Any(service => service is not null && services.Contains(service));

    public static WindowDiagnosis None(TimeWindow window) => new() { Window = window };
}
