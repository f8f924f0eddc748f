using Copilot.Answers.Contract;
using Copilot.Store.Conversations;

namespace Copilot.Web.Chat;

/// <summary>One question of the conversation with as much of its answer as there is.</summary>
public sealed record Turn
{
    public required string Question { get; init; }

    public Understood? Understood { get; init; }

    public IReadOnlyList<AnswerQuery> Queries { get; init; } = [];

    public AnswerResult? Result { get; init; }

    /// <summary>What is shown, in the order asked for; until the answer is whole, what has come of it.</summary>
    public IEnumerable<AnswerResult> Results => Answer?.Shown ?? (Result is { } first ? [first] : Enumerable.Empty<AnswerResult>());

    public string Text { get; init; } = string.Empty;

    /// <summary>What is being done now; null once the answer is whole.</summary>
    public string? Progress { get; init; }

    /// <summary>The whole, checked answer.</summary>
    public Answer? Answer { get; init; }

    /// <summary>right or wrong, where somebody rated the answer.</summary>
    public AnswerVerdict? Rated { get; init; }

    /// <summary>Why there is no answer.</summary>
    public string? Failure { get; init; }

    public bool Done => Answer is not null || Failure is not null;

    public static Turn Ask(string question) => new() { Question = question, Progress = "Reading the question" };

    public static Turn Past(string question, Answer answer, AnswerVerdict? rated = null) =>
        Ask(question).With(new AnswerPart { Complete = answer }) with
        {
            Rated = rated,
        };

    /// <summary>The turn with one more part of its answer. The last part replaces all before it.</summary>
    public Turn With(AnswerPart part) =>
        part switch
        {
            { Complete: { } whole } => this with
            {
                Answer = whole,
                Understood = whole.Understood,
                Queries = whole.Queries,
                Result = whole.Result,
                Text = whole.Text,
                Progress = null,
            },
            { Understood: { } understood } => this with { Understood = understood },
            { Query: { } query } => this with { Queries = [.. Queries.Where(known => known.Id != query.Id), query] },
            { Result: { } result } => this with { Result = result },
            { TextDelta: { } delta } => this with { Text = Text + delta },
            { Progress: { } progress } => this with { Progress = progress },
            _ => this,
        };

    public Turn Failed(string why) => this with { Failure = why, Progress = null };

    /// <summary>What a screen reader says: the progress while it lasts, then the answer's first line.</summary>
    public string Announcement =>
        this switch
        {
            { Failure: { } why } => why,
            { Answer: { } answer } => $"Answer: {FirstLine(answer.Text)}",
            _ => Progress ?? string.Empty,
        };

    private static string FirstLine(string text)
    {
        var line = text.AsSpan().Trim();
        var end = line.IndexOfAny('\n', '\r');
        return (end < 0 ? line : line[..end])
            .Trim("#*> ")
            .ToString()
            .Replace("**", string.Empty, StringComparison.Ordinal)
            .Replace("`", string.Empty, StringComparison.Ordinal);
    }
}
