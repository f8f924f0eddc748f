using Copilot.Telemetry.Intake.Rows;

namespace Copilot.Telemetry.Intake;

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
