namespace Copilot.Slack.Conversing;

/// <summary>A course of figures as a row of signs.</summary>
internal static class Sparkline
{
    private const string Signs = "▁▂▃▄▅▆▇█";

    /// <param name="values">In the order of time; of more than fit, each sign shows the highest of its stretch, so that no peak is
    /// lost.</param>
    public static string Of(IReadOnlyList<double> values)
    {
        var width = Math.Min(values.Count, SlackTelling.SparklineSigns);
        var shown = Enumerable
            .Range(0, width)
            .Select(n => values.Skip(n * values.Count / width).Take(((n + 1) * values.Count / width) - (n * values.Count / width)).Max())
            .ToArray();
        var (lowest, highest) = (shown.DefaultIfEmpty().Min(), shown.DefaultIfEmpty().Max());
        return string.Concat(
            shown.Select(value => Signs[highest > lowest ? (int)Math.Round((value - lowest) / (highest - lowest) * (Signs.Length - 1)) : 0])
        );
    }
}
