namespace Copilot.Agent.Questions;

/// <summary>What is said to be wrong.</summary>
public enum Trouble
{
    Errors,
    Latency,
    Traffic,
}
