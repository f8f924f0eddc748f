using Copilot.Telemetry.Intake.Rows;

namespace Copilot.Telemetry.Intake;

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
