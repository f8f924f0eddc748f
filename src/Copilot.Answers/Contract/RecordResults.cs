using System.Text.Json;
using System.Text.Json.Serialization;

namespace Copilot.Answers.Contract;

/// <summary>Changes, newest first.</summary>
public sealed record ChangesResult(IReadOnlyList<ChangeItem> Items) : AnswerResult
{
    public override T Match<T>(ResultCases<T> cases) => cases.Changes(this);
}

public sealed record ChangeItem(DateTimeOffset Time, string Service, string Kind, string? Version, string Summary);

public sealed record LogsResult(IReadOnlyList<LogItem> Items, long Total) : AnswerResult
{
    public override T Match<T>(ResultCases<T> cases) => cases.Logs(this);
}

/// <param name="Attributes">The record's own, as a JSON object; null where they were not asked for.</param>
public sealed record LogItem(
    DateTimeOffset Time,
    string Service,
    string Severity,
    string Body,
    string? TraceId,
    string? SpanId,
    JsonElement? Attributes = null
);

public sealed record OwnersResult(IReadOnlyList<OwnerItem> Items) : AnswerResult
{
    public override T Match<T>(ResultCases<T> cases) => cases.Owners(this);
}

/// <summary>Who owns a service. <c>Team</c> is null where no source names one; guesses go in <c>Suggested</c>.</summary>
public sealed record OwnerItem(
    string Service,
    string? Team,
    IReadOnlyList<OwnerPerson> People,
    string? Channel,
    string? Source,
    string? Suggested
);

public sealed record OwnerPerson(string Name, string? Contact, bool OnCall)
{
    /// <summary>The escalation level at the time: 1 is asked first, then 2; null where no schedule names them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Level { get; init; }
}
