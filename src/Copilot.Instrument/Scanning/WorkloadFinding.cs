using Copilot.Instrument.Languages;
using Copilot.Instrument.Routes;
using Copilot.Instrument.Workloads;

namespace Copilot.Instrument.Scanning;

/// <summary>What a scan says of one workload.</summary>
public sealed record WorkloadFinding
{
    public required ManifestWorkload Workload { get; init; }

    /// <summary>The full path of the root under which its file lies.</summary>
    public required string Root { get; init; }

    /// <summary>The container that the workload is named for; the others stand in <see cref="Others"/>.</summary>
    public required ContainerFinding Main { get; init; }

    public IReadOnlyList<ContainerFinding> Others { get; init; } = [];

    public RuntimeLanguage Language => Main.Verdict.Language;

    /// <summary>What a plan would do.</summary>
    public InstrumentationRoute Route => Main.Routes[0];

    /// <summary>All containers that an agent is to be put into.</summary>
    public IEnumerable<ContainerFinding> Injected =>
        Others.Prepend(Main).Where(c => c.Routes[0].Kind is RouteKind.OperatorInjection or RouteKind.AgentByEnvironment);
}

/// <summary>What a scan says of one container.</summary>
public sealed record ContainerFinding
{
    public required WorkloadContainer Container { get; init; }

    public required LanguageVerdict Verdict { get; init; }

    public required TracingState Tracing { get; init; }

    public required IReadOnlyList<InstrumentationRoute> Routes { get; init; }

    /// <summary>The Dockerfile in the tree that makes its image; null where there is none.</summary>
    public string? Dockerfile { get; init; }
}

/// <summary>An Instrumentation resource in a file. Without a namespace it goes where its folder's other files go.</summary>
public sealed record KnownInstrumentation(string Folder, string? Namespace, string Name);

/// <summary>A scan: the workloads, what could not be read, and what else the trees hold that a plan has to know.</summary>
public sealed record ScanResult
{
    public required IReadOnlyList<WorkloadFinding> Findings { get; init; }

    public required IReadOnlyList<ScanNote> Notes { get; init; }

    public required int Files { get; init; }

    /// <summary>Instrumentation resources that the files hold already.</summary>
    public IReadOnlyList<KnownInstrumentation> Instrumentations { get; init; } = [];

    /// <summary>Where a service in the files takes OTLP over HTTP; null where none does, or several do.</summary>
    public string? CollectorEndpoint { get; init; }
}
