using System.Globalization;
using System.Text.Json;

namespace Copilot.EndToEnd.Scoring;

/// <summary>What the scorer found, as shares of all questions.</summary>
internal sealed record WorldScore(int Questions, double Exact, double Partial, double Wrong, double Abstained, double P95Ms)
{
    /// <summary>Of the scorer's list of verdicts.</summary>
    public static WorldScore Read(JsonElement rows)
    {
        var verdicts = rows.EnumerateArray().Select(row => row.GetProperty("verdict").GetString()).ToList();
        var times = rows.EnumerateArray().Select(row => row.GetProperty("ms").GetDouble()).Order().ToList();
        return new WorldScore(
            verdicts.Count,
            Share("exact"),
            Share("partial"),
            Share("wrong"),
            Share("abstained"),
            times[Math.Max((int)Math.Ceiling(times.Count * 0.95) - 1, 0)]
        );

        double Share(string verdict) => verdicts.Count(v => v == verdict) / (double)verdicts.Count;
    }

    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Questions} questions: {Exact:P1} exact, {Partial:P1} partial, {Wrong:P1} wrong, {Abstained:P1} abstained, p95 {P95Ms:0} ms"
        );
}
