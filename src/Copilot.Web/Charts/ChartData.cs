namespace Copilot.Web.Charts;

/// <summary>One line of a chart.</summary>
/// <param name="Points">In the order of time; a null value is a gap and stays one.</param>
/// <param name="Tone">Which colour of the style sheet: accent, bad, warn, calm, or a number of the palette.</param>
public sealed record ChartSeries(string Name, IReadOnlyList<ChartPoint> Points, string Tone = "accent");

public readonly record struct ChartPoint(DateTimeOffset Time, double? Value);

/// <summary>Something that happened, as an upright line.</summary>
/// <param name="Tone">change, act, onset or end.</param>
public sealed record ChartMarker(DateTimeOffset Time, string Label, string Tone = "change");

/// <summary>Where values usually are, from one to the other.</summary>
public sealed record ChartBand(double From, double To, string Label);
