namespace Copilot.Ingest.Otlp;

/// <summary>What OTLP carries.</summary>
public enum Signal
{
    Traces,
    Logs,
    Metrics,
}
