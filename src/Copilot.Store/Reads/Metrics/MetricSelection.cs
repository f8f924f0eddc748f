using Copilot.Telemetry.Records;
using Copilot.TraceQL.Syntax;

namespace Copilot.Store.Reads.Metrics;

/// <summary>Which points of a metric are meant; everything given must hold.</summary>
public sealed record MetricSelection
{
    /// <summary>Exactly.</summary>
    public required string Name { get; init; }

    /// <summary>The time of the points, [from, to).</summary>
    public required TimeWindow Window { get; init; }

    /// <summary>Empty: of all services but the copilot's own.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>Over the attributes of the series and of its resource.</summary>
    public FieldExpression? Where { get; init; }

    /// <summary>What series are told apart by.</summary>
    public IReadOnlyList<MetricGroup> By { get; init; } = [];
}

/// <summary>An attribute, or the service where there is none.</summary>
public sealed record MetricGroup(FieldExpression? Field)
{
    public static MetricGroup Service { get; } = new((FieldExpression?)null);
}

/// <summary>A metric that was received.</summary>
/// <param name="Unit">As the sender wrote it; empty where it wrote none.</param>
/// <param name="Services">Those that send it, by name.</param>
public sealed record MetricEntry(string Name, string Unit, MetricKinds Kind, IReadOnlyList<string> Services);

public enum MetricKinds
{
    /// <summary>A value that goes up and down, of which the mean makes sense.</summary>
    Gauge,

    /// <summary>A sum that only grows, or starts anew.</summary>
    Counter,

    /// <summary>A sum that goes up and down: parts of it add up.</summary>
    UpDownCounter,

    Histogram,

    /// <summary>Quantiles that the sender worked out itself; they cannot be put together.</summary>
    Summary,
}

/// <summary>A series of a metric: one service, resource and set of attributes.</summary>
public sealed record ReadSeries
{
    public required string Service { get; init; }

    public required string Unit { get; init; }

    public required MetricKinds Kind { get; init; }

    /// <summary>Points tell what came since the point before, not since the start.</summary>
    public required bool Delta { get; init; }

    /// <summary>Of <see cref="MetricSelection.By"/>, in its order; null where the series has none.</summary>
    public required IReadOnlyList<string?> Groups { get; init; }

    /// <summary>When its instance first sent any metric, from an hour before the window on; null where that was not looked up.</summary>
    public long? SenderSinceNs { get; init; }

    /// <summary>Those of the window by time, and before them the last one before the window, where there is one within the hour.</summary>
    public required IReadOnlyList<MetricPoint> Points { get; init; }
}

/// <summary>One point with a value.</summary>
public sealed record MetricPoint
{
    public required long TimeNs { get; init; }

    /// <summary>Since when sums and histograms count; 0: unknown.</summary>
    public required long StartNs { get; init; }

    /// <summary>Of gauges and sums.</summary>
    public double Value { get; init; }

    /// <summary>"No recorded value" follows: the series ended here.</summary>
    public bool Ends { get; init; }

    /// <summary>Of histograms and summaries.</summary>
    public Distribution? Distribution { get; init; }
}
