namespace Copilot.Agent.Answers;

/// <summary>How the question was read.</summary>
public sealed record Understood
{
    /// <summary>A stable snake_case name of the question's kind.</summary>
    public required string Intent { get; init; }

    public Period? Window { get; init; }

    public Period? Baseline { get; init; }

    /// <summary>A TraceQL spanset filter, or null.</summary>
    public string? Filter { get; init; }

    /// <summary>Words that changed nothing; never silently dropped.</summary>
    public IReadOnlyList<string> Ignored { get; init; } = [];

    /// <summary>The reading as editable parts.</summary>
    public IReadOnlyList<Chip> Chips { get; init; } = [];
}
