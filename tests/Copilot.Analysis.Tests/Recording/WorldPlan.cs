using System.Globalization;
using Copilot.Analysis.Tests.Simulation;

namespace Copilot.Analysis.Tests.Recording;

/// <summary>What is recorded of one made-up system: so many quiet minutes, then one trouble after the other with quiet minutes after
/// each.</summary>
internal sealed record WorldPlan(
    string Name,
    DateTimeOffset Start,
    int RequestsPerMinute,
    Func<SimSystem, bool> Fits,
    IReadOnlyList<string> Troubles
)
{
    public static readonly TimeSpan FirstQuiet = TimeSpan.FromMinutes(6);

    public static readonly TimeSpan Lasting = TimeSpan.FromMinutes(2);

    public static readonly TimeSpan QuietAfter = TimeSpan.FromMinutes(4);

    /// <summary>One system that tells everything, and one without status and log records that its callers' spans alone tell of.</summary>
    public static IReadOnlyList<WorldPlan> All { get; } =
    [
        new(
            "loom",
            At("2026-05-11T09:00:00Z"),
            70,
            s =>
                s
                    is {
                        Style:
                        {
                            HasStatus: true,
                            HasLogs: true,
                            HasMetrics: true,
                            HasClientSpans: true,
                            HasDatabaseSpans: true,
                            LogsNameTraces: true
                        },
                        Services.Count: >= 9 and <= 14,
                        Layout: { PodKey: "k8s.pod.name", VersionKey: "service.version" }
                    },
            [
                "exception",
                "surge",
                "processor",
                "shared database slow",
                "idle deploy",
                "bad canary",
                "external errors",
                "network delay",
                "many queries",
            ]
        ),
        new(
            "kiln",
            At("2026-08-03T14:30:00Z"),
            70,
            s =>
                s
                    is {
                        Style: { HasStatus: false, HasLogs: false, HasMetrics: true, HasClientSpans: true, HasDatabaseSpans: true },
                        Services.Count: >= 9 and <= 16,
                        Layout.PodKey: "k8s.pod.name"
                    },
            [
                "service dead",
                "collector pauses",
                "other wishes",
                "own database slow",
                "packet loss",
                "pool too small",
                "bad host",
                "idle deploy",
                "early return",
            ]
        ),
    ];

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);
}
