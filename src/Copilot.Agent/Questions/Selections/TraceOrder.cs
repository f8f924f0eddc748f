namespace Copilot.Agent.Questions.Selections;

public enum TraceOrder
{
    Newest,
    Slowest,
    Fastest,
    Oldest,
    MostErrors,
}
