using Copilot.Analysis.Samples;

namespace Copilot.Analysis.Tests.Perturbations;

/// <summary>Another view of the same trouble: less of it, worse of it, or the same in another guise.</summary>
/// <param name="IsDrawn">It differs from draw to draw.</param>
/// <param name="Of">Null where the case has nothing that could be changed so.</param>
internal sealed record Perturbation(string Name, Func<RecordedFault, Random, AnalysisInput?> Of, bool IsDrawn = false)
{
    public static IReadOnlyList<Perturbation> All { get; } =
    [
        new("as recorded", (fault, _) => fault.Input),
        Sample("half of the traces", (s, random) => Thinning.Draw(s, 0.5, random), isDrawn: true),
        Sample("a third of the traces", (s, random) => Thinning.Draw(s, 1 / 3.0, random), isDrawn: true),
        new("without metrics", (fault, _) => fault.Input with { Resources = [] }),
        Sample("without logs", (s, _) => Instrumentation.WithoutLogs(s)),
        Sample("logs name no trace", (s, _) => Instrumentation.WithoutTracesInLogs(s)),
        Sample("without client spans", (s, _) => Instrumentation.WithoutClientSpans(s)),
        Sample("without status", (s, _) => Instrumentation.WithoutStatus(s)),
        new("clocks up to 50 ms apart", (fault, random) => Clocks.Skew(fault.Input, 50, random), IsDrawn: true),
        new("window 20 % early", (fault, _) => Windows.Shifted(fault, -0.2)),
        new("window 20 % late", (fault, _) => Windows.Shifted(fault, 0.2)),
        new("first half of the window", (fault, _) => Windows.Stretched(fault, 0, 0.5)),
        new("second half of the window", (fault, _) => Windows.Stretched(fault, 0.5, 1)),
        new("window twice as long", (fault, _) => Windows.Stretched(fault, -0.5, 1.5)),
        new(
            "a third of the good times",
            (fault, _) => fault.Input with { Baselines = [.. fault.Input.Baselines.Select(b => Windows.Last(b, 1 / 3.0))] }
        ),
        new("only the good time just before", (fault, _) => fault.Input with { Baselines = [fault.Input.Baselines[0]] }),
        new("another fault in the good time", (fault, random) => Overlap.Of(fault, 0.5, random), IsDrawn: true),
        new("it began earlier", (fault, random) => Overlap.OfItself(fault, 0.3, random), IsDrawn: true),
        Sample("a tenth of the roots missing", (s, random) => Thinning.WithoutRoots(s, 0.1, random), isDrawn: true),
        Sample("a tenth of the spans missing", (s, random) => Thinning.WithoutSpans(s, 0.1, random), isDrawn: true),
    ];

    /// <summary>The same change to every window.</summary>
    public static AnalysisInput OfSamples(AnalysisInput input, Func<TelemetrySample, TelemetrySample> change) =>
        input with
        {
            Bad = change(input.Bad),
            Baselines = [.. input.Baselines.Select(change)],
        };

    private static Perturbation Sample(string name, Func<TelemetrySample, Random, TelemetrySample> change, bool isDrawn = false) =>
        new(name, (fault, random) => OfSamples(fault.Input, s => change(s, random)), isDrawn);
}
