using System.Globalization;
using System.Text.Json.Nodes;
using Copilot.Store.Conversations;

namespace Copilot.Agent.Conversations;

/// <summary>A rated answer as a line of a question file: what was asked, after what, and what is expected.</summary>
/// <param name="Line">The line; null where what was expected is told in words alone, which no scorer can compare.</param>
/// <param name="Question">For whoever has to turn such words into an expectation.</param>
/// <param name="Expected">Those words.</param>
public sealed record ScorerLine(JsonObject? Line, string Question, string? Expected)
{
    internal static ScorerLine Of(ConversationTurnRow row, IReadOnlyList<string> history)
    {
        var expect = row.Expect is { } said ? JsonNode.Parse(said) as JsonObject
            : row.Feedback == "right" && ConversationStore.AnswerOf(row) is { } answer ? Expectation.Of(answer)
            : null;
        if (expect is null) return new ScorerLine(null, row.Question, row.Expected);
        var line = new JsonObject
        {
            ["id"] = string.Create(CultureInfo.InvariantCulture, $"feedback-{row.ConversationId}-{row.Number}"),
            ["group"] = "feedback",
            ["asOf"] = row.AsOf.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture),
            ["question"] = row.Question,
        };
        if (history.Count > 0) line["history"] = new JsonArray([.. history.Select(question => (JsonNode)question)]);
        // Clock times of the question are in this zone; where it is another than UTC a scorer has to send it along.
        if (row.TimeZone != "UTC") line["timeZone"] = row.TimeZone;
        if (row.Expected is not null) line["note"] = row.Expected;
        line["expect"] = expect;
        return new ScorerLine(line, row.Question, row.Expected);
    }
}
