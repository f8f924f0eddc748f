namespace Copilot.Web.Charts;

/// <summary>An axis from zero with three to five round steps, the last of them just above the highest value.</summary>
public sealed record ChartScale(double Top, IReadOnlyList<double> Ticks)
{
    private const double Lines = 5;

    public static ChartScale Of(double highest)
    {
        if (!double.IsFinite(highest) || highest <= 0)
            return new ChartScale(1, [0, 1]);
        var rough = highest / Lines;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = power;
        foreach (var round in (ReadOnlySpan<double>)[1, 2, 2.5, 5, 10])
        {
            step = round * power;
            if (step >= rough * (1 - 1e-12))
                break;
        }

        var count = (int)Math.Ceiling((highest / step) - 1e-9);
        return new ChartScale(step * count, [.. Enumerable.Range(0, count + 1).Select(i => i * step)]);
    }
}
