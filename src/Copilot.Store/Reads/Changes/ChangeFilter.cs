namespace Copilot.Store.Reads.Changes;

/// <summary>Which changes are wanted; everything set must hold. Times are half-open.</summary>
public sealed record ChangeFilter
{
    public DateTimeOffset From { get; init; } = DateTimeOffset.MinValue;

    public DateTimeOffset To { get; init; } = DateTimeOffset.MaxValue;

    /// <summary>Empty: of all services.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>Empty: of every kind. Each stands for every kind that contains it: "flag" for "feature_flag".</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];

    public string? Version { get; init; }

    public string? Author { get; init; }

    public int Limit { get; init; } = 200;
}
