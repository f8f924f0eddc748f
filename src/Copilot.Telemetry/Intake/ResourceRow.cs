namespace Copilot.Telemetry.Intake;

/// <summary>What sent the items of a batch: a service's instance with its attributes.</summary>
public sealed record ResourceRow
{
    /// <summary>Of the canonical attributes (sorted by key).</summary>
    public required Guid Hash { get; init; }

    /// <summary><c>service.name</c>, or <c>unknown_service</c> where the sender gave none.</summary>
    public required string ServiceName { get; init; }

    public string? ServiceNamespace { get; init; }

    public string? ServiceVersion { get; init; }

    public string? ServiceInstanceId { get; init; }

    /// <summary>All attributes as a JSON object, in the batch's arena.</summary>
    public required TextSlice Attributes { get; init; }
}

/// <summary>The instrumentation that made the items of a batch.</summary>
public sealed record ScopeRow
{
    public required Guid Hash { get; init; }

    public required string Name { get; init; }

    /// <summary>Empty where the sender gave none.</summary>
    public string Version { get; init; } = "";

    /// <summary>A JSON object in the batch's arena, or absent.</summary>
    public TextSlice Attributes { get; init; }
}
