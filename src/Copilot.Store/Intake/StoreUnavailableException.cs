namespace Copilot.Store.Intake;

/// <summary>The store cannot take writes now (down, full, too slow); nothing of the batch is lost if its sender tries again.</summary>
public sealed class StoreUnavailableException : Exception
{
    public StoreUnavailableException()
        : this("The telemetry store cannot take writes now.") { }

    public StoreUnavailableException(string message)
        : base(message) { }

    public StoreUnavailableException(string message, Exception innerException)
        : base(message, innerException) { }
}

/// <summary>The store refuses what is in a batch, and will refuse it again: sending it again does not help.</summary>
public sealed class UnstorableTelemetryException : Exception
{
    public UnstorableTelemetryException()
        : this("The telemetry store refuses this request's content.") { }

    public UnstorableTelemetryException(string message)
        : base(message) { }

    public UnstorableTelemetryException(string message, Exception innerException)
        : base(message, innerException) { }
}
