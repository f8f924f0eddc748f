using Copilot.Models.Facts;
using Copilot.Models.Phrases;

namespace Copilot.Models.Checking;

/// <summary>Whether a number that is said is a number that results hold: in value, unit, measure and time.</summary>
internal static class FigureMatch
{
    /// <summary>In value and unit alone.</summary>
    public static bool IsSame(Mention said, Fact fact) =>
        said.Numbers.Any(number => IsSame(number, said.Hedge, Math.Abs(fact.Value), fact.Unit));

    public static bool IsSame(SaidNumber number, Hedge hedge, double value, FactUnit unit) =>
        IsAlike(number, unit) && IsNear(number, hedge, value, unit == FactUnit.Times);

    public static bool IsNear(SaidNumber number, Hedge hedge, double value, bool isFactor = false)
    {
        var rounding = number.Rounding + CheckingThresholds.SameFigure;
        // "twice" is no rounding of 1.6.
        if (isFactor)
            rounding = Math.Min(rounding, (CheckingThresholds.Factor * Math.Abs(number.Value)) + CheckingThresholds.SameFigure);
        return hedge switch
        {
            Hedge.About => Math.Abs(value - number.Value) <= Math.Max(rounding, CheckingThresholds.About * number.Value),
            Hedge.Below => value <= number.Value + rounding && value >= CheckingThresholds.JustBelow * number.Value,
            Hedge.Above => value >= number.Value - rounding && value <= number.Value / CheckingThresholds.JustBelow,
            _ => Math.Abs(value - number.Value) <= rounding,
        };
    }

    // "0.11" may be a share; a bare whole number is a count.
    private static bool IsAlike(SaidNumber number, FactUnit unit) =>
        number.Unit is { } said
            ? said == unit
            : unit == FactUnit.Plain || (unit == FactUnit.Ratio && IsFraction(number)) || unit == FactUnit.Times;

    private static bool IsFraction(SaidNumber number) =>
        number.Value <= 1 && (number.Rounding < CheckingThresholds.Half || number.Value == 0);

    /// <summary>Whether a fact measures what the words say.</summary>
    /// <param name="measure">Null where they name no measure.</param>
    public static bool Measures(Fact fact, string? measure)
    {
        if (measure is null || fact.Family.Length == 0)
            return true;
        if (fact.Unit == FactUnit.Plain && measure is CountWords.Failed or CountWords.Requests)
            return fact.Family != (measure == CountWords.Failed ? MeasureNames.Requests : MeasureNames.Failed);
        if (measure.StartsWith("share of", StringComparison.Ordinal))
            return fact.Unit != FactUnit.Ratio
                || fact.Measure == measure
                || (!fact.Measure.StartsWith("share of", StringComparison.Ordinal) && fact.Family != MeasureNames.ErrorRate);
        if (fact.Unit == FactUnit.Duration && MeasureNames.IsOfDurations(measure))
            return fact.Family == measure || !(MeasureNames.IsOfDurations(fact.Family) || fact.Family is "window" or "step");
        if (fact.Unit == FactUnit.Ratio && measure == MeasureNames.ErrorRate)
            return fact.Family != MeasureNames.Share && fact.Family != "success_rate";
        if (fact.Unit == FactUnit.Ratio && measure == MeasureNames.Share)
            return fact.Family != MeasureNames.ErrorRate;
        return true;
    }

    /// <summary>Whether a fact is of a time: a point of a course of just that instant, any other of a window that is not another
    /// one.</summary>
    public static bool IsOf(Fact fact, TimeGroup? time, IReadOnlyList<Stretch> windows, TimeZoneInfo zone)
    {
        if (time is null)
            return true;
        if (fact.At is { } at)
            return time.Has(at, zone);
        if (!time.IsStretch || Window(fact) is not { } own)
            return true;
        var said = windows
            .Where(window => time.Mentions[0].Time!.Is(window.From, zone) && time.Mentions[1].Time!.Is(window.To, zone))
            .ToList();
        return said.Count == 0 || said.Any(window => window.From <= own.From && own.To <= window.To);
    }

    private static Stretch? Window(Fact fact) => fact.Side == FactSide.Before ? fact.Entry.Before : fact.Entry.Now;
}
