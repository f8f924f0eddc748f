namespace Copilot.Telemetry.Intake.Rows;

/// <summary>The shapes of OTLP's metrics.</summary>
public enum MetricKind : byte
{
    Gauge,
    Sum,
    Histogram,
    ExponentialHistogram,
    Summary,
}
