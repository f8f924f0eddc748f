using System.Globalization;
using System.Text.Json.Nodes;
using Copilot.Answers.Contract;
using Copilot.Language.Questions;
using Copilot.Store.Conversations;
using Copilot.Telemetry.Text;

namespace Copilot.Answers.Conversations;

/// <summary>What a scorer is to expect where an answer was right: its outcome and, where a scorer compares it, its result.</summary>
internal static class Expectation
{
    public static JsonObject Of(Answer answer)
    {
        if (answer.Outcome != Outcome.Answered)
        {
            var outcome = new JsonObject { ["outcome"] = answer.Outcome.Word() };
            if (answer.Outcome == Outcome.Unsupported)
                outcome["proposal"] = false;
            return outcome;
        }

        var expect = new JsonObject { ["outcome"] = Outcome.Answered.Word() };
        foreach (var (name, value) in answer.More.Count == 0 ? OfResult(answer, answer.Result) : OfParts(answer))
            expect[name] = value;
        return expect;
    }

    // Of a question for several things each part is held to; a scorer looks no further than the first few results.
    private static IEnumerable<(string Name, JsonNode? Value)> OfParts(Answer answer)
    {
        var parts = answer
            .More.Prepend(answer.Result)
            .Take(ExpectationThresholds.Parts)
            .Select(result => OfResult(answer, result).ToList())
            .Where(part => part.Count > 0)
            .ToList();
        return parts.Count == 0
            ? []
            :
            [
                ("kind", "parts"),
                ("parts", new JsonArray([.. parts.Select(part => new JsonObject(part.Select(p => KeyValuePair.Create(p.Name, p.Value))))])),
            ];
    }

    private static IEnumerable<(string Name, JsonNode? Value)> OfResult(Answer answer, AnswerResult result) =>
        result.Match(
            new ResultCases<IEnumerable<(string Name, JsonNode? Value)>>
            {
                Scalar = scalar =>
                    [
                        ("kind", "scalar"),
                        ("name", scalar.Name),
                        ("value", scalar.Value),
                        ("unit", scalar.Unit),
                        ("tol", ExpectationThresholds.Tolerance),
                    ],
                Services = services =>
                    services.Items.Count > 0 ? OfServices(services, answer.Understood.Intent == QuestionKind.Affected.Name()) : [],
                // Only what was listed is known of a longer search: its outcome is all that can be held to.
                Traces = traces =>
                    traces.Total > ExpectationThresholds.Traces
                        ? []
                        : [("kind", "traces"), ("set", Names(traces.Items.Select(item => item.TraceId)))],
                Operations = operations =>
                    operations.Items.Count == 0
                        ? []
                        :
                        [
                            ("kind", "operations"),
                            (
                                "top",
                                new JsonArray([
                                    .. operations
                                        .Items.Take(ExpectationThresholds.Operations)
                                        .Select(item => (JsonNode)Names([item.Service, item.Operation])),
                                ])
                            ),
                        ],
                Owners = owners => OfOwners(owners),
                Changes = changes =>
                    [
                        ("kind", "changes"),
                        ("set", new JsonArray([.. changes.Items.Select(item => (JsonNode)Names([item.Service, Instant(item.Time)]))])),
                    ],
                Breakdown = breakdown =>
                    breakdown.Items.Count == 0
                        ? []
                        : [("kind", "breakdown"), ("attribute", breakdown.Attribute), ("value", breakdown.Items[0].Value)],
                Comparison = comparison =>
                    [
                        ("kind", "comparison"),
                        ("name", comparison.Name),
                        ("unit", comparison.Unit),
                        ("before", comparison.Before),
                        ("after", comparison.After),
                        ("tol", ExpectationThresholds.Tolerance),
                    ],
                Trace = trace =>
                    [
                        ("kind", "trace"),
                        ("traceId", trace.TraceId),
                        ("durationMs", trace.DurationMs),
                        ("tol", ExpectationThresholds.Tolerance),
                        ("services", Names(trace.Services.Order(StringComparer.Ordinal))),
                    ],
                Table = table => OfTable(table),
                Period = period =>
                    [
                        ("kind", "period"),
                        ("from", Instant(period.From)),
                        ("to", period.To is { } to ? Instant(to) : null),
                        ("ongoing", period.Ongoing),
                    ],
                Errors = errors =>
                    errors.Items.Count == 0
                        ? []
                        : [("kind", "errors"), ("groups", Groups(errors)), ("tol", ExpectationThresholds.Tolerance)],
                // No scorer compares these.
                Series = Nothing,
                Logs = Nothing,
                Choices = Nothing,
                None = Nothing,
            }
        );

    private static IEnumerable<(string Name, JsonNode? Value)> Nothing(AnswerResult result) => [];

    // A cause is held to alone, unless who is affected was asked: the cause suffers too.
    private static IEnumerable<(string Name, JsonNode? Value)> OfServices(ServicesResult services, bool affected)
    {
        var role = affected ? "affected" : services.Items[0].Role;
        var names = services
            .Items.Where(item => item.Role == role || (affected && item.Role == "cause"))
            .Select(item => item.Service)
            .ToList();
        yield return ("kind", "services");
        yield return ("role", role);
        yield return ("set", Names(names));
        if (!affected)
            yield return ("order", Names(names.Take(1)));
    }

    private static IEnumerable<(string Name, JsonNode? Value)> OfOwners(OwnersResult owners)
    {
        yield return ("kind", "owners");
        yield return (
            "teams",
            new JsonObject(
                owners.Items.Where(item => item.Team is not null).Select(item => KeyValuePair.Create(item.Service, (JsonNode?)item.Team))
            )
        );
        var onCall = owners.Items.SelectMany(item => item.People).Where(person => person.OnCall).ToList();
        if (onCall.Count > 0)
            yield return (
                "people",
                new JsonArray([
                    .. onCall.Select(person =>
                        (JsonNode)Names(new[] { person.Contact ?? string.Empty, person.Name }.Where(name => name.Length > 0))
                    ),
                ])
            );
    }

    // Of a longer table only its beginning is known: the rows that come first, in their order.
    private static IEnumerable<(string Name, JsonNode? Value)> OfTable(TableResult table)
    {
        if (table.Rows.Count == 0)
            yield break;
        yield return ("kind", "table");
        yield return ("columns", Names(table.Columns.Select(column => column.Name)));
        yield return ("rows", new JsonArray([.. table.Rows.Select(row => new JsonArray([.. row.Select(Cell)]))]));
        if (table.Total > table.Rows.Count)
            yield return ("top", true);
        yield return ("tol", ExpectationThresholds.Tolerance);
    }

    private static JsonNode? Cell(object? cell) =>
        TableColumn.Plain(cell) switch
        {
            null => null,
            string text => text,
            long whole => whole,
            var fraction => (double)fraction,
        };

    // A type is steadier than one of the messages it came with; where it is that of several groups it does not tell them apart.
    private static JsonArray Groups(ErrorsResult errors)
    {
        var types = errors.Items.ToLookup(item => (item.Service, item.Type));
        return new JsonArray([
            .. errors.Items.Select(item => new JsonObject
            {
                ["contains"] =
                    (types[(item.Service, item.Type)].Count() > 1 ? item.Message ?? item.Type : item.Type ?? item.Message) ?? string.Empty,
                ["service"] = item.Service,
                ["count"] = item.Count,
            }),
        ]);
    }

    private static string Instant(DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    private static JsonArray Names(IEnumerable<string> names) => new([.. names.Select(name => (JsonNode)name)]);
}

/// <summary>A rated answer as a line of a question file: what was asked, after what, and what is expected.</summary>
/// <param name="Line">The line; null where what was expected is told in words alone, which no scorer can compare.</param>
/// <param name="Question">For whoever has to turn such words into an expectation.</param>
/// <param name="Expected">Those words.</param>
public sealed record ScorerLine(JsonObject? Line, string Question, string? Expected)
{
    internal static ScorerLine Of(ConversationTurnRow row, IReadOnlyList<string> history)
    {
        var expect =
            row.Expect is { } said ? JsonNode.Parse(said) as JsonObject
            : row.Feedback == AnswerVerdict.Right && ConversationStore.AnswerOf(row) is { } answer ? Expectation.Of(answer)
            : null;
        if (expect is null)
            return new ScorerLine(null, row.Question, row.Expected);
        var line = new JsonObject
        {
            ["id"] = string.Create(CultureInfo.InvariantCulture, $"feedback-{row.ConversationId}-{row.Number}"),
            ["group"] = "feedback",
            ["asOf"] = row.AsOf.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture),
            ["question"] = row.Question,
        };
        if (history.Count > 0)
            line["history"] = new JsonArray([.. history.Select(question => (JsonNode)question)]);
        // Clock times of the question are in this zone; where it is another than UTC a scorer has to send it along.
        if (row.TimeZone != "UTC")
            line["timeZone"] = row.TimeZone;
        if (row.Expected is not null)
            line["note"] = row.Expected;
        line["expect"] = expect;
        return new ScorerLine(line, row.Question, row.Expected);
    }
}
