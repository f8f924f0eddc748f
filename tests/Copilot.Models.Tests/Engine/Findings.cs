using Copilot.Answers.Contract;
using Copilot.Language.Questions;
using Copilot.Models.Tools;

namespace Copilot.Models.Tests.Engine;

/// <summary>Results as tools give them, made of the data that an answer would have.</summary>
internal static class Findings
{
    public static readonly Period Window = new(
        DateTimeOffset.Parse("2026-03-01T12:02:00Z", null),
        DateTimeOffset.Parse("2026-03-01T12:04:00Z", null)
    );

    public static ToolResult Of(AnswerResult data, string query = "{ }", string text = "", Period? window = null, params string[] claims) =>
        ToolResult.Of(
            new Answer
            {
                ConversationId = "c_1",
                Outcome = Outcome.Answered,
                Text = text,
                Understood = new Understood { Intent = "test", Window = window },
                Result = data,
                Queries = [new AnswerQuery("q1", query, Window.From, Window.To, 1, 1)],
                Evidence = [.. claims.Select((claim, place) => new Evidence($"e{place + 1}", "q1", claim, []))],
                Coverage = new Coverage(true, null, "test"),
            }
        );
}
