namespace Copilot.Store.Intake;

/// <summary>The store refuses what is in a batch, and will refuse it again: sending it again does not help.</summary>
public sealed class UnstorableTelemetryException : Exception
{
    public UnstorableTelemetryException()
        : this("The telemetry store refuses this request's content.")
    {
    }

    public UnstorableTelemetryException(string message)
        : base(message)
    {
    }

    public UnstorableTelemetryException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
