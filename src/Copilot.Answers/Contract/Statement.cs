namespace Copilot.Answers.Contract;

/// <summary>
/// One thing that an answer's words say beyond its result, typed: whose it is, when it was, and its figures. It is what a model's words are
/// held against, and no part of the HTTP interface.
/// </summary>
public sealed record Statement
{
    public string? Service { get; init; }

    public string? Operation { get; init; }

    /// <summary>Other services that take part: callers, those that are reached.</summary>
    public IReadOnlyList<string> Others { get; init; } = [];

    /// <summary>An attribute and its value, as telemetry has them.</summary>
    public string? Attribute { get; init; }

    public string? Value { get; init; }

    public string? Version { get; init; }

    /// <summary>cause, affected, peer; null where it is none of these.</summary>
    public string? Role { get; init; }

    /// <summary>Whether it lasts; null where that says nothing.</summary>
    public bool? Ongoing { get; init; }

    /// <summary>Instants by what they are: from, to, time.</summary>
    public IReadOnlyList<(string Role, DateTimeOffset Time)> Times { get; init; } = [];

    public IReadOnlyList<StatedFigure> Figures { get; init; } = [];
}

/// <summary>A figure of a statement.</summary>
/// <param name="Measure">As scalars are named.</param>
/// <param name="Unit">As of scalars.</param>
/// <param name="IsBefore">It is of the time that is compared with.</param>
public sealed record StatedFigure(string Measure, double Value, string Unit, bool IsBefore = false);
