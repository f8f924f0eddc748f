namespace Copilot.Incidents.Deliveries;

/// <summary>Something that another system handed over and was told to be taken.</summary>
/// <param name="Attempts">How often it was taken up, this time included.</param>
/// <param name="Progress">What an earlier attempt noted to have made outside; null where it noted nothing.</param>
public sealed record Delivery(long Id, string Key, string Kind, string Body, DateTimeOffset ReceivedAt, int Attempts, string? Progress)
{
    /// <summary>An earlier attempt was cut off; what it did outside is not known beyond its note.</summary>
    public bool InDoubt => Attempts > 1;
}
