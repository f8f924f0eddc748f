namespace Copilot.Telemetry.Records;

/// <summary>Nanoseconds since 1970-01-01T00:00:00Z, as OTLP counts; a tick of .NET is 100 of them.</summary>
public static class UnixNanos
{
    public const long PerSecond = 1_000_000_000;
    public const long PerMinute = 60 * PerSecond;
    public const long PerHour = 60 * PerMinute;
    public const long PerMillisecond = 1_000_000;

    public static long From(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) * 100;

    public static DateTimeOffset ToTime(long nanos) =>
        new(DateTimeOffset.UnixEpoch.Ticks + Math.DivRem(nanos, 100).Quotient, TimeSpan.Zero);
}
