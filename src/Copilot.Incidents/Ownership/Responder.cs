namespace Copilot.Incidents.Ownership;

/// <summary>A person of a team.</summary>
/// <param name="Contact">An e-mail address, or null where no source gives one.</param>
/// <param name="OnCall">Holds the first escalation level at the time asked about.</param>
/// <param name="Source">The schedule or the catalogue file that says so.</param>
public sealed record Responder(string Name, string? Contact, bool OnCall, string Source)
{
    /// <summary>A team lists them, but the catalogue, which names its other people, does not know them any more.</summary>
    public bool Left { get; init; }

    /// <summary>What other systems know the person as, from the catalogue's annotations: "slack.com/user-id" → "U…".</summary>
    public IReadOnlyDictionary<string, string> Handles { get; init; } = new Dictionary<string, string>();
}
