namespace Copilot.Store.Reads.Details;

public readonly record struct MetricReadingPoint(DateTimeOffset Time, double Value);
