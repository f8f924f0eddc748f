namespace Copilot.Watch;

public sealed record WatchOptions
{
    public bool Enabled { get; init; } = true;

    /// <summary>A minute is looked at this long after its end: senders hold spans back for some seconds.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How far back a service's usual figures are taken from.</summary>
    public TimeSpan Past { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Trouble that has not shown for so long is over.</summary>
    public TimeSpan CloseAfter { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Whether samples are looked into where the rollups show nothing: one investigation a minute.</summary>
    public bool LooksCloser { get; init; } = true;

    /// <summary>How much such a look takes in.</summary>
    public TimeSpan Closer { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How sure such a look must be to open a finding at once.</summary>
    public double CloserConfidence { get; init; } = 0.8;

    /// <summary>How sure two such looks in a row must be of the same.</summary>
    public double CloserConfidenceTwice { get; init; } = 0.4;
}
