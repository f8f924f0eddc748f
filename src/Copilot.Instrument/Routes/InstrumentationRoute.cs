namespace Copilot.Instrument.Routes;

/// <summary>The ways in which a workload can be made to send spans.</summary>
public enum RouteKind
{
    /// <summary>Traced already; a second agent would double its spans or break it.</summary>
    AlreadyTraced,

    /// <summary>The OpenTelemetry Operator's webhook puts the agent into new pods.</summary>
    OperatorInjection,

    /// <summary>The agent is put into the image or a volume, and the environment loads it.</summary>
    AgentByEnvironment,

    /// <summary>The OpenTelemetry injector, loaded with LD_PRELOAD, chooses the agent for every process of a host.</summary>
    PreloadInjector,

    /// <summary>A package in the code.</summary>
    SdkPackage,

    /// <summary>eBPF from outside the process (OBI), as a DaemonSet.</summary>
    Ebpf,

    /// <summary>Not at all.</summary>
    None,
}

/// <summary>One way, why it fits, what it costs, and what has to be so for it to work.</summary>
public sealed record InstrumentationRoute
{
    public required RouteKind Kind { get; init; }

    public required string Reason { get; init; }

    public string? Cost { get; init; }

    /// <summary>What can go wrong, each as a sentence.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}

/// <summary>What routes are called.</summary>
public static class RouteNames
{
    public static string Word(this RouteKind kind) =>
        kind switch
        {
            RouteKind.AlreadyTraced => "traced already",
            RouteKind.OperatorInjection => "operator injection",
            RouteKind.AgentByEnvironment => "agent by environment",
            RouteKind.PreloadInjector => "LD_PRELOAD injector",
            RouteKind.SdkPackage => "SDK package",
            RouteKind.Ebpf => "eBPF (OBI)",
            _ => "not at all",
        };

    public static string Word(this RuntimeLanguage language) =>
        language switch
        {
            RuntimeLanguage.Unknown => "unknown",
            RuntimeLanguage.NodeJs => "nodejs",
            RuntimeLanguage.DotNet => "dotnet",
            RuntimeLanguage.ApacheHttpd => "apache-httpd",
            _ => language.ToString().ToLowerInvariant(),
        };
}
