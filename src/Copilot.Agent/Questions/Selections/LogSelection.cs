namespace Copilot.Agent.Questions.Selections;

/// <summary>Which log records and what of them.</summary>
public sealed record LogSelection
{
    public LogShape Shape { get; init; }

    /// <summary>Text that the body or the exception contains, ignoring case; null for any.</summary>
    public string? Text { get; init; }

    /// <summary>Lower bound of severityNumber: 17 error, 13 warning, 21 fatal; null for any.</summary>
    public int? MinSeverity { get; init; }

    /// <summary>Exclusive upper bound of severityNumber; null for none.</summary>
    public int? BelowSeverity { get; init; }

    public int? Limit { get; init; }
}
