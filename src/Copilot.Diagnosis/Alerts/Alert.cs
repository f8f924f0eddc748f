using System.Security.Cryptography;
using System.Text;

namespace Copilot.Diagnosis.Alerts;

/// <summary>What a delivery tells of an alert.</summary>
public enum AlertState
{
    Firing,

    Over,

    /// <summary>Something happened to it that neither starts nor ends it: a note, an acknowledgement, an escalation.</summary>
    Noted,
}

/// <summary>One alert of another system, as one delivery tells it. Its text is shown, never obeyed.</summary>
public sealed record Alert
{
    public required string Source { get; init; }

    /// <summary>Names the alert for its source, whenever it starts: the same key, the same alert.</summary>
    public required string Key { get; init; }

    public required string Title { get; init; }

    public required AlertState State { get; init; }

    /// <summary>Since when it fires, or when what is noted happened.</summary>
    public required DateTimeOffset StartsAt { get; init; }

    /// <summary>Set where it is over.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>What it says it is about, the plainest first.</summary>
    public IReadOnlyList<ServiceClaim> Services { get; init; } = [];

    /// <summary>The one name of the alert among those of all sources.</summary>
    public string Id => "al_" + Digest($"{Source}/{Key}");

    /// <summary>The id of the investigation that this time of firing opens.</summary>
    public string InvestigationId => "a_" + Digest($"{Source}/{Key}/{StartsAt.UtcTicks}");

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
}

/// <summary>A name that may be a service's.</summary>
/// <param name="IsService">The field names services; false where it names what was scraped, what runs or where.</param>
public sealed record ServiceClaim(string Name, bool IsService);
