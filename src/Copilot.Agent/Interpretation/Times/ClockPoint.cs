namespace Copilot.Agent.Interpretation.Times;

/// <summary>A point in time as it was said: an instant, or a clock time that needs a date and a zone.</summary>
internal sealed record ClockPoint(int End)
{
    public DateTimeOffset? Instant { get; init; }

    public TimeSpan TimeOfDay { get; init; }

    public DateOnly? Date { get; init; }

    public TimeZoneInfo? Zone { get; init; }

    public TimeSpan Precision { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The latest such time not after <paramref name="limit"/>, or on the date that is said.</summary>
    public DateTimeOffset Resolve(DateTimeOffset limit, TimeZoneInfo zone)
    {
        if (Instant is { } instant)
            return instant;
        var at = Zone ?? zone;
        if (Date is { } date)
            return On(date, at);
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(limit, at).DateTime);
        var candidate = On(day, at);
        return candidate <= limit ? candidate : On(day.AddDays(-1), at);
    }

    /// <summary>The first such time after <paramref name="start"/>, or on the date that is said.</summary>
    public DateTimeOffset ResolveAfter(DateTimeOffset start, TimeZoneInfo zone)
    {
        if (Instant is { } instant)
            return instant;
        var at = Zone ?? zone;
        if (Date is { } date)
            return On(date, at);
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(start, at).DateTime);
        var candidate = On(day, at);
        return candidate > start ? candidate : On(day.AddDays(1), at);
    }

    private DateTimeOffset On(DateOnly date, TimeZoneInfo at)
    {
        var local = date.ToDateTime(TimeOnly.MinValue) + TimeOfDay;
        return new DateTimeOffset(local, at.GetUtcOffset(local)).ToUniversalTime();
    }
}
