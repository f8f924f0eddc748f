using Copilot.Analysis.Reports;
using Copilot.Analysis.Samples;
using Copilot.Analysis.Tests.Accuracy;
using Copilot.Telemetry.Records;

namespace Copilot.Analysis.Tests.Perturbations;

/// <summary>A stretch of a recorded world that can be looked at otherwise than it was recorded.</summary>
/// <param name="Causes">Any of these is right; none where nothing was wrong.</param>
/// <param name="Input">As it was recorded.</param>
/// <param name="At">The same with another window of trouble; what is taken for good reaches up to it. Null where no more was
/// recorded.</param>
/// <param name="Other">What else was wrong in that system at another time; null where nothing is known of that.</param>
internal sealed record RecordedFault(
    string Id,
    string System,
    IReadOnlySet<string> Causes,
    AnalysisInput Input,
    Func<TimeWindow, AnalysisInput?> At,
    AnalysisInput? Other
)
{
    public int RankIn(CauseReport report) =>
        Causes.Select(cause => Scores.RankOf(report, cause)).Where(rank => rank > 0).DefaultIfEmpty(0).Min();
}
