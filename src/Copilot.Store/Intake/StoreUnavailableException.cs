namespace Copilot.Store.Intake;

/// <summary>The store cannot take writes now (down, full, too slow); nothing of the batch is lost if its sender tries again.</summary>
public sealed class StoreUnavailableException : Exception
{
    public StoreUnavailableException()
        : this("The telemetry store cannot take writes now.")
    {
    }

    public StoreUnavailableException(string message)
        : base(message)
    {
    }

    public StoreUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
