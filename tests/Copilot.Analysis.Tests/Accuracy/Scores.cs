using System.Globalization;
using Copilot.Analysis.Causes;
using Copilot.Analysis.Reports;
using Copilot.Analysis.Samples;
using Copilot.Analysis.Tests.Worlds;

namespace Copilot.Analysis.Tests.Accuracy;

/// <summary>AC@k and Avg@5, counted as the scorer next to the worlds counts them.</summary>
public sealed class Scores
{
    private readonly List<int> _ranks = [];

    public double At(int k) => (double)_ranks.Count(r => r > 0 && r <= k) / _ranks.Count;

    public double Average => Enumerable.Range(1, 5).Average(At);

    public int Count => _ranks.Count;

    public static Scores Of(IEnumerable<NezhaCase> cases, Func<AnalysisInput, AnalysisInput>? change = null)
    {
        var scores = new Scores();
        foreach (var c in cases)
        {
            var report = CauseRanker.Rank(change is null ? c.Input : change(c.Input));
            scores._ranks.Add(RankOf(report, c.Cause));
        }

        return scores;
    }

    public static Scores Of(IEnumerable<int> ranks)
    {
        var scores = new Scores();
        scores._ranks.AddRange(ranks);
        return scores;
    }

    public static int RankOf(CauseReport report, string cause) =>
        report
            .Items.Take(10)
            .Select((item, index) => (item, index))
            .Where(i => i.item.Service == cause)
            .Select(i => i.index + 1)
            .FirstOrDefault();

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Count} | {At(1):0.000} | {At(3):0.000} | {At(5):0.000} | {Average:0.000}");
}
