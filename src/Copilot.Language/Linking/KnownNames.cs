namespace Copilot.Language.Linking;

/// <summary>What there is to be asked about now: a snapshot of telemetry's dictionaries and the ownership catalogue.</summary>
public sealed record KnownNames
{
    public static KnownNames Empty { get; } = new();

    public IReadOnlyList<KnownService> Services { get; init; } = [];

    public IReadOnlyList<KnownOperation> Operations { get; init; } = [];

    public IReadOnlyList<KnownAttribute> Attributes { get; init; } = [];

    public IReadOnlyList<KnownValue> Values { get; init; } = [];

    /// <summary>Names of teams as the catalogue of owners has them.</summary>
    public IReadOnlyList<string> Teams { get; init; } = [];

    public IReadOnlyList<KnownPerson> People { get; init; } = [];

    /// <summary>Versions that changes brought in, also those that no span carries.</summary>
    public IReadOnlyList<KnownVersion> Versions { get; init; } = [];

    public IReadOnlyList<KnownMetric> Metrics { get; init; } = [];

    /// <summary>The next snapshot: this one and what became known since. It costs what is new, not what is known; this one stays as it
    /// is.</summary>
    public KnownNames With(KnownNamesChange change) => change.IsEmpty ? this : KnownNamesIndex.Of(this).With(change).Catalogue;
}

/// <param name="Name">service.name; for what sends no spans, the catalogue's name, else its address.</param>
/// <param name="Instrumented">It sends spans.</param>
/// <param name="Aliases">Other names: of the catalogue entity, its title, the address that it is called by.</param>
/// <param name="Description">Words of the catalogue about it; weak evidence only.</param>
public sealed record KnownService(string Name, bool Instrumented, IReadOnlyList<string> Aliases, string? Description = null);

/// <param name="Entry">Seen on entry spans: a request to the service.</param>
public sealed record KnownOperation(string Service, string Name, bool Entry);

public sealed record KnownVersion(string Service, string Version);

/// <param name="Handles">Address, user name, Slack handle.</param>
public sealed record KnownPerson(string Name, IReadOnlyList<string> Handles, IReadOnlyList<string> Teams);

/// <param name="Unit">As the sender wrote it; empty where it wrote none.</param>
/// <param name="Kind">gauge, counter, up_down_counter, histogram or summary.</param>
/// <param name="Services">Those that send it.</param>
public sealed record KnownMetric(string Name, string Unit, string Kind, IReadOnlyList<string> Services);
