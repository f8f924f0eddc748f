using Copilot.Analysis.Reports;

namespace Copilot.Analysis.Tests.Perturbations;

/// <summary>What was told against how often it was right, over the reports that name a cause.</summary>
internal sealed class Reliability
{
    private const int Bins = 5;

    private readonly List<(double Clearness, double Told, bool IsRight)> _named = [];

    public int Count => _named.Count;

    public void Add(CauseReport report, bool isRight)
    {
        if (report.Verdict == CauseVerdict.Cause)
            _named.Add((report.Items[0].Clearness, report.Items[0].Confidence, isRight));
    }

    /// <summary>The mean distance between what is told and what is right, by tenths of what is told.</summary>
    public double ExpectedError => _named.GroupBy(n => (int)(n.Told * 2 * Bins)).Sum(Distance) / Count;

    /// <summary>Rows of a table: from what is told, how many, told on average, right.</summary>
    public IEnumerable<string> Rows() =>
        _named
            .GroupBy(n => Math.Min(Bins - 1, (int)(n.Told * Bins)))
            .OrderBy(b => b.Key)
            .Select(b =>
                FormattableString.Invariant(
                    $"| {(double)b.Key / Bins:0.0}–{(b.Key + 1.0) / Bins:0.0} | {b.Count()} | {b.Average(n => n.Told):0.00} | {b.Average(n => n.IsRight ? 1 : 0):0.00} |"
                )
            );

    /// <summary>The logistic map from clearness to being right that makes what was seen most likely (Newton's method).</summary>
    public (double Intercept, double Slope) Fit()
    {
        var (intercept, slope) = (0.0, 1.0);
        for (var round = 0; round < 50; round++)
        {
            // A weak belief in an unchanged map keeps it finite where all were right.
            var (g0, g1, h00, h01, h11) = (-intercept, 1 - slope, 1.0, 0.0, 1.0);
            foreach (var (clearness, _, isRight) in _named)
            {
                var x = Math.Log(clearness / (1 - clearness));
                var p = 1 / (1 + Math.Exp(-intercept - (slope * x)));
                var (miss, weight) = ((isRight ? 1 : 0) - p, p * (1 - p));
                (g0, g1) = (g0 + miss, g1 + (miss * x));
                (h00, h01, h11) = (h00 + weight, h01 + (weight * x), h11 + (weight * x * x));
            }

            var determinant = (h00 * h11) - (h01 * h01);
            intercept += ((h11 * g0) - (h01 * g1)) / determinant;
            slope += ((h00 * g1) - (h01 * g0)) / determinant;
        }

        return (intercept, slope);
    }

    private static double Distance(IGrouping<int, (double Clearness, double Told, bool IsRight)> bin) =>
        Math.Abs(bin.Sum(n => n.Told) - bin.Count(n => n.IsRight));
}
