namespace Copilot.Agent.Model;

/// <summary>The model could not answer; the message says why, for the person who asked.</summary>
public sealed class ModelFailure : Exception
{
    public ModelFailure(string message)
        : base(message)
    {
    }

    public ModelFailure(string message, Exception inner)
        : base(message, inner)
    {
    }
}
