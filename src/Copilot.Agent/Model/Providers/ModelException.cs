namespace Copilot.Agent.Model.Providers;

/// <summary>The model could not answer; the message says why, for the person who asked.</summary>
public sealed class ModelException : Exception
{
    public ModelException(string message)
        : base(message)
    {
    }

    public ModelException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
