namespace Copilot.Cli.Bench;

/// <summary>What <c>bench store</c> is asked to do.</summary>
internal sealed record StoreBenchRequest
{
    public required int Spans { get; init; }

    /// <summary>0: the small shop.</summary>
    public required int Services { get; init; }

    /// <summary>Where the store lies or is to lie; null: in a temporary folder.</summary>
    public required string? Folder { get; init; }

    public required bool Keep { get; init; }

    public required bool FillOnly { get; init; }

    public required string? JsonFile { get; init; }
}
