namespace Copilot.Telemetry.Intake;

/// <summary>
/// One request's decoded items: row structs that point into one pooled arena of UTF-8, so that no object is made for an attribute.
/// Whoever decodes it disposes it, after the writer's task has completed.
/// </summary>
public abstract class TelemetryBatch : IDisposable
{
    /// <summary>Of the request's body: the same request sent again has the same hash.</summary>
    public required Guid ContentHash { get; init; }

    /// <summary>
    /// True for telemetry that a person brought in from files: it is neither distilled nor dropped by default, whatever its times are.
    /// </summary>
    public bool Imported { get; set; }

    public Utf8Buffer Arena { get; } = new(64 * 1024);

    public List<ResourceRow> Resources { get; } = [];

    public List<ScopeRow> Scopes { get; } = [];

    public Rejections Rejections { get; } = new();

    public abstract int Count { get; }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
            Arena.Dispose();
    }
}

/// <summary>The spans of one request.</summary>
public sealed class SpanBatch : TelemetryBatch
{
    public RowList<SpanRow> List { get; } = new();

    public Span<SpanRow> Rows => List.Span;

    public override int Count => List.Count;

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
            List.Dispose();
    }
}

/// <summary>The log records of one request.</summary>
public sealed class LogBatch : TelemetryBatch
{
    public RowList<LogRow> List { get; } = new();

    public Span<LogRow> Rows => List.Span;

    public override int Count => List.Count;

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
            List.Dispose();
    }
}

/// <summary>The metric points of one request, and the series that they belong to.</summary>
public sealed class MetricBatch : TelemetryBatch
{
    public List<SeriesRow> Series { get; } = [];

    public RowList<MetricPointRow> List { get; } = new();

    public Span<MetricPointRow> Rows => List.Span;

    public override int Count => List.Count;

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
            List.Dispose();
    }
}
