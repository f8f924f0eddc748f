namespace Copilot.Telemetry.Records;

/// <summary>Which traces of a list come first.</summary>
public enum TraceOrder
{
    Newest,
    Oldest,
    Slowest,
    Fastest,
    MostErrors,
}
