namespace Copilot.Ownership.Owners;

/// <summary>Who owns a service, as of a time.</summary>
public sealed record ServiceOwner
{
    /// <summary>The service as it was asked for.</summary>
    public required string Service { get; init; }

    /// <summary>The catalogue entity it is, or null where the catalogue does not know it.</summary>
    public string? Entity { get; init; }

    /// <summary>The owning team; null where no source names one.</summary>
    public string? Team { get; init; }

    /// <summary>The team's people: who is on call first, then who is asked next, then the others.</summary>
    public IReadOnlyList<Responder> People { get; init; } = [];

    /// <summary>Where the team talks, as its catalogue entry says: "#team-x".</summary>
    public string? Channel { get; init; }

    /// <summary>Where the team's name comes from: a file and line, or a span attribute.</summary>
    public string? Source { get; init; }

    /// <summary>When that source was last known to say so; null for what live telemetry says.</summary>
    public DateTimeOffset? SourceAt { get; init; }

    /// <summary>What other sources say instead: "CODEOWNERS (CODEOWNERS:3) says stock".</summary>
    public IReadOnlyList<string> Disputes { get; init; } = [];

    /// <summary>A guess, where there is no team.</summary>
    public string? Suggested { get; init; }

    /// <summary>The whole reasoning in words, disagreement between sources included.</summary>
    public required string Why { get; init; }

    /// <summary>0 to 1: a catalogue entry counts more than a CODEOWNERS rule, and that more than a span attribute.</summary>
    public double Confidence { get; init; }
}

/// <summary>A person of a team.</summary>
/// <param name="Contact">An e-mail address, or null where no source gives one.</param>
/// <param name="OnCall">Holds the first escalation level at the time asked about.</param>
/// <param name="Source">The schedule or the catalogue file that says so.</param>
public sealed record Responder(string Name, string? Contact, bool OnCall, string Source)
{
    /// <summary>The escalation level that they hold at the time: 1 is asked first, then 2; null where no schedule names them.</summary>
    public int? Level { get; init; }

    /// <summary>A team lists them, but the catalogue, which names its other people, does not know them any more.</summary>
    public bool Left { get; init; }

    /// <summary>What other systems know the person as, from the catalogue's annotations: "slack.com/user-id" → "U…".</summary>
    public IReadOnlyDictionary<string, string> Handles { get; init; } = new Dictionary<string, string>();
}
