namespace Copilot.Watch;

/// <summary>Bound from the section <c>Watch</c>.</summary>
public sealed record WatchOptions
{
    public bool Enabled { get; init; } = true;

    /// <summary>A minute is looked at this long after its end: senders hold spans back for some seconds.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How far back a service's usual figures are taken from.</summary>
    public TimeSpan Past { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How far back quiet minutes are looked for.</summary>
    public TimeSpan QuietFrom { get; init; } = TimeSpan.FromHours(6);

    /// <summary>What lasts longer than this is how things are now: later minutes of it count as usual.</summary>
    public TimeSpan Usual { get; init; } = TimeSpan.FromHours(2);

    /// <summary>Trouble that has not shown for so long is over.</summary>
    public TimeSpan CloseAfter { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Trouble that is back so soon after it was closed is the same: its finding is opened again.</summary>
    public TimeSpan ReopenWithin { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The share of its time that the watch may spend on looking into samples while the rollups show nothing; what took long is done
    /// less often. 0: it looks only where the rollups show something.
    /// </summary>
    public double CloserShare { get; init; } = 0.05;

    /// <summary>A look takes in the last minute, or up to so many, until it holds enough traces.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>How many traces a look should hold.</summary>
    public int EnoughTraces { get; init; } = 80;

    /// <summary>A look at fewer traces than this accuses nobody.</summary>
    public int FewestTraces { get; init; } = 30;
}
