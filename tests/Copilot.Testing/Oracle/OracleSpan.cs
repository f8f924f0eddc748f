namespace Copilot.Testing.Oracle;

/// <summary>A span in memory, as the oracle sees it. Values are decimals, strings, Booleans, or lists of these.</summary>
public sealed class OracleSpan
{
    public required Guid Trace { get; init; }

    public required long Id { get; init; }

    public long? Parent { get; init; }

    public required long Start { get; init; }

    public required long Duration { get; init; }

    public required string Service { get; init; }

    public required string Name { get; init; }

    public int Kind { get; init; }

    public int Status { get; init; }

    public string? StatusMessage { get; init; }

    public string ScopeName { get; init; } = "";

    public string ScopeVersion { get; init; } = "";

    public Dictionary<string, object> Attributes { get; init; } = [];

    public Dictionary<string, object> Resource { get; init; } = [];

    public Dictionary<string, object> Scope { get; init; } = [];

    public List<OracleEvent> Events { get; init; } = [];

    public List<OracleLink> Links { get; init; } = [];
}

public sealed record OracleEvent(long SinceStart, string Name, Dictionary<string, object> Attributes);

public sealed record OracleLink(string TraceId, string SpanId, Dictionary<string, object> Attributes);
