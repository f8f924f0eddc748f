namespace Copilot.Store.Reads.Traces;

public enum TraceOrder
{
    Newest,
    Oldest,
    Slowest,
    Fastest,
    MostErrors,
}
