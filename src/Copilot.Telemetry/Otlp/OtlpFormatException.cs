namespace Copilot.Telemetry.Otlp;

/// <summary>A body that cannot be decoded at all; the message is for the sender and says what was wrong where. Sending it again does not help.</summary>
public sealed class OtlpFormatException : FormatException
{
    public OtlpFormatException()
    {
    }

    public OtlpFormatException(string message)
        : base(message)
    {
    }

    public OtlpFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public OtlpFormatException(string message, long offset, Exception? innerException = null)
        : base(message, innerException) => Offset = offset;

    /// <summary>The byte at which reading stopped.</summary>
    public long Offset { get; }
}
