using Copilot.Telemetry.Intake.Rows;

namespace Copilot.Telemetry.Intake;

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
