namespace Copilot.Language.Linking;

/// <summary>What became known since a snapshot was made.</summary>
public sealed record KnownNamesChange
{
    /// <summary>New ones, and those that are an entry now.</summary>
    public IReadOnlyList<KnownOperation> Operations { get; init; } = [];

    /// <summary>New ones, and those that are seen on entry spans or have many values now: the values of these are forgotten.</summary>
    public IReadOnlyList<KnownAttribute> Attributes { get; init; } = [];

    /// <summary>New ones, and those that are seen on entry spans now.</summary>
    public IReadOnlyList<KnownValue> Values { get; init; } = [];

    /// <summary>All there are now; null where they are as they were. The same for what follows.</summary>
    public IReadOnlyList<KnownService>? Services { get; init; }

    public IReadOnlyList<string>? Teams { get; init; }

    public IReadOnlyList<KnownPerson>? People { get; init; }

    public IReadOnlyList<KnownVersion>? Versions { get; init; }

    public IReadOnlyList<KnownMetric>? Metrics { get; init; }

    public bool IsEmpty =>
        Operations.Count == 0
        && Attributes.Count == 0
        && Values.Count == 0
        && Services is null
        && Teams is null
        && People is null
        && Versions is null
        && Metrics is null;
}
