using Copilot.Telemetry.Records;

namespace Copilot.Language.Times;

/// <summary>Words that mean a time.</summary>
/// <param name="Start">First token.</param>
/// <param name="End">The token after the last.</param>
/// <param name="Window">Resolved against now and the zone; empty for <see cref="TimeMentionKind.Shift"/>.</param>
internal sealed record TimeMention(int Start, int End, TimeMentionKind Kind, TimeWindow Window)
{
    /// <summary>Of before, around, at and since: the instant itself.</summary>
    public DateTimeOffset? Instant { get; init; }

    public TimeSpan Precision { get; init; }

    /// <summary>Of shifts: by how much, negative for earlier.</summary>
    public TimeSpan Shift { get; init; }

    /// <summary>The date is said or implied by more than the clock.</summary>
    public bool Dated { get; init; }

    /// <summary>Clock times of a range, for a date that is said elsewhere.</summary>
    public (ClockPoint From, ClockPoint To)? Clocks { get; init; }
}

internal enum TimeMentionKind
{
    /// <summary>Both ends are said, or follow from a length and an end.</summary>
    Range,

    /// <summary>From an instant to now.</summary>
    Since,

    /// <summary>A length that ends now.</summary>
    Last,

    /// <summary>Up to an instant; the start is not said.</summary>
    Before,

    /// <summary>An instant, give or take.</summary>
    Around,

    /// <summary>An instant, for as long as its precision.</summary>
    At,

    /// <summary>A calendar day or a part of it.</summary>
    Day,

    /// <summary>The conversation's window, moved.</summary>
    Shift,

    /// <summary>The same length just before the conversation's window.</summary>
    Preceding,
}
