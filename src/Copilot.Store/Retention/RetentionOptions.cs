namespace Copilot.Store.Retention;

/// <summary>How long telemetry stays. Bound from the section <c>Retention</c>. Everything counts from arrival, not from the event's own time.</summary>
public sealed record RetentionOptions
{
    /// <summary>All spans stay this long; then only what is interesting stays, and a uniform share.</summary>
    public TimeSpan HotWindow { get; init; } = TimeSpan.FromHours(2);

    /// <summary>What was kept stays this long.</summary>
    public TimeSpan KeepFor { get; init; } = TimeSpan.FromDays(14);

    /// <summary>Numbers by the minute stay this long; numbers by the hour stay.</summary>
    public TimeSpan KeepMinutesFor { get; init; } = TimeSpan.FromDays(30);

    /// <summary>The share of ordinary traces that is kept, with its weight.</summary>
    public double UniformShare { get; init; } = 0.01;

    /// <summary>False keeps every span until <see cref="KeepFor"/>.</summary>
    public bool Distill { get; init; } = true;

    /// <summary>True drops telemetry that was brought in from files like any other.</summary>
    public bool DropImported { get; init; }
}
