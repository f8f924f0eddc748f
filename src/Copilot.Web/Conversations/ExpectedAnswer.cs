using System.Globalization;
using System.Text.Json.Nodes;
using Copilot.Answers.Contract;
using Copilot.Telemetry.Text;

namespace Copilot.Web.Conversations;

/// <summary>Turns what a person says was expected into what a scorer can compare.</summary>
public static class ExpectedAnswer
{
    private static readonly ResultCases<Asked?> Cases = new()
    {
        Scalar = scalar =>
            new(
                scalar.Unit == "1"
                    ? "Expected value, in percent"
                    : $"Expected value, in {(scalar.Unit == "count" ? "number" : scalar.Unit)}",
                value => new JsonObject
                {
                    ["outcome"] = "answered",
                    ["kind"] = "scalar",
                    ["name"] = scalar.Name,
                    ["value"] = Number(value) / (scalar.Unit == "1" ? 100 : 1),
                    ["unit"] = scalar.Unit,
                    ["tol"] = 0.02,
                }
            ),
        Services = services =>
            new(
                "Expected services, with commas between them",
                value => new JsonObject
                {
                    ["outcome"] = "answered",
                    ["kind"] = "services",
                    ["role"] = services.Items.Count > 0 ? services.Items[0].Role : "match",
                    ["set"] = new JsonArray([
                        .. value
                            .Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                            .Select(name => (JsonNode)name),
                    ]),
                }
            ),
        Comparison = Words,
        Series = Words,
        Breakdown = Words,
        Operations = Words,
        Traces = Words,
        Trace = Words,
        Logs = Words,
        Table = Words,
        Period = Words,
        Errors = Words,
        Owners = Words,
        Changes = Words,
        Choices = Words,
        None = Words,
    };

    /// <summary>What can be asked for in place of a result of this kind; null where only words will do.</summary>
    public static string? Prompt(AnswerResult result) => result.Match(Cases)?.Prompt;

    /// <param name="outcome">How it should have ended.</param>
    /// <param name="value">What was typed under the prompt; may be empty.</param>
    /// <returns>Null where nothing was said that can be compared.</returns>
    /// <exception cref="FormatException">A number was asked for and something else was typed.</exception>
    public static JsonObject? Build(AnswerResult result, Outcome outcome, string value)
    {
        if (outcome != Outcome.Answered)
            return new JsonObject { ["outcome"] = outcome.Word() };
        return value.Trim().Length == 0 ? null : result.Match(Cases)?.Expectation(value);
    }

    private sealed record Asked(string Prompt, Func<string, JsonObject> Expectation);

    private static Asked? Words(AnswerResult result) => null;

    private static double Number(string text) =>
        double.TryParse(
            text.Replace("%", string.Empty, StringComparison.Ordinal).Trim(),
            NumberStyles.Float,
            CultureInfo.InvariantCulture,
            out var number
        ) && double.IsFinite(number)
            ? number
            : throw new FormatException($"“{text.Trim()}” is no number. Write it with a point, such as 12.5.");
}
