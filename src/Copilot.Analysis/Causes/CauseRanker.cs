using Copilot.Analysis.Reports;
using Copilot.Analysis.Samples;

namespace Copilot.Analysis.Causes;

/// <summary>Ranks causes in one step, where everything is at hand already.</summary>
public static class CauseRanker
{
    public static CauseReport Rank(AnalysisInput input) => new CauseSearch(input).Conclude(input.Resources, input.Attributes);
}
