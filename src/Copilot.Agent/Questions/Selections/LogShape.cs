namespace Copilot.Agent.Questions.Selections;

public enum LogShape
{
    List,
    Count,
    Services,
}
