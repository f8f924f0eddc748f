using System.Text.RegularExpressions;
using Copilot.Answers.Contract;
using Copilot.Telemetry.Text;

namespace Copilot.Slack.Conversing;

/// <summary>The first rows of a result as Markdown lines; the whole of it is in the browser.</summary>
internal static class ResultLines
{
    private const int Most = 10;

    private static readonly ResultCases<IReadOnlyList<string>> Cases = new()
    {
        Scalar = scalar => [$"*{Hostile.Markdown(scalar.Name)}*: **{Quantity.Text(scalar.Value, scalar.Unit)}**"],
        Services = services =>
            Rows(
                services.Items,
                item => $"{Hostile.Code(item.Service)} {item.Role}{(item.Owner is null ? "" : $", {Hostile.Markdown(item.Owner)}")}"
            ),
        Operations = operations =>
            Rows(
                operations.Items,
                item => $"{Hostile.Code(item.Service)} {Hostile.Code(item.Operation)}: {Quantity.Text(item.Value, item.Unit)}"
            ),
        Traces = traces =>
            Rows(
                traces.Items,
                item =>
                    $"[{item.TraceId[..Math.Min(8, item.TraceId.Length)]}](/trace/{item.TraceId}) {Hostile.Code(item.RootService)} {Hostile.Code(item.RootOperation, 80)}: {Quantity.Text(item.DurationMs, "ms")}, {item.ErrorSpans} error spans",
                traces.Total
            ),
        Owners = owners => Rows(owners.Items, Owner),
        Table = table => Rows(table.Rows, row => string.Join(" · ", row.Select(value => Hostile.Code($"{value}"))), table.Total),
        Period = period =>
            [$"{period.From.UtcDateTime:HH:mm:ss} – {(period.To is { } to ? $"{to.UtcDateTime:HH:mm:ss}" : "going on")} UTC"],
        Errors = errors =>
            Rows(
                errors.Items,
                group =>
                    $"{Hostile.Code(group.Service)} {Quantity.Count(group.Count)} × {Hostile.Code(group.Type ?? group.Message ?? "", 120)}"
            ),
        Changes = changes =>
            Rows(
                changes.Items,
                item =>
                    FormattableString.Invariant(
                        $"{item.Time.UtcDateTime:HH:mm:ss} UTC {Hostile.Code(item.Service)} {Hostile.Markdown(item.Kind)}: {Hostile.Markdown(item.Summary, 150)}"
                    )
            ),
        Breakdown = breakdown =>
            Rows(
                breakdown.Items,
                item =>
                    FormattableString.Invariant(
                        $"{Hostile.Code(breakdown.Attribute)} = {Hostile.Code(item.Value)}: {Quantity.Count(item.Count)} ({Quantity.Percent(item.Share)})"
                    )
            ),
        Comparison = comparison =>
            [
                $"*{Hostile.Markdown(comparison.Name)}*: {Quantity.Text(comparison.Before, comparison.Unit)} → **{Quantity.Text(comparison.After, comparison.Unit)}**",
            ],
        Trace = trace =>
            Rows(
                trace.CriticalPath,
                item => $"{Hostile.Code(item.Service)} {Hostile.Code(item.Operation, 80)}: {Quantity.Text(item.SelfMs, "ms")}"
            ),
        Logs = logs =>
            Rows(
                logs.Items,
                item => $"{Hostile.Code(item.Service)} {Hostile.Markdown(item.Severity, 20)}: {Hostile.Code(item.Body, 160)}",
                logs.Total
            ),
        Choices = choices => Rows(choices.Items, item => Hostile.Markdown(item)),
        Series = Turns,
        // The text of the answer says what there is to say.
        None = _ => [],
    };

    public static IReadOnlyList<string> Of(AnswerResult result) => result.Match(Cases);

    /// <summary>The points that tell the course of a measure; of equal ones the earliest.</summary>
    private static List<string> Turns(SeriesResult series)
    {
        var points = series.Points.OrderBy(point => point.Time).ToArray();
        if (points.Length == 0)
            return [];
        (string Name, SeriesPoint Point)[] turns =
        [
            ("first", points[0]),
            ("last", points[^1]),
            ("lowest", points.MinBy(point => point.Value)),
            ("highest", points.MaxBy(point => point.Value)),
        ];
        return
        [
            $"*{Hostile.Markdown(series.Name)}*",
            .. turns.Select(turn =>
                FormattableString.Invariant(
                    $"- {turn.Name}: {Quantity.Text(turn.Point.Value, series.Unit)} at {turn.Point.Time.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC"
                )
            ),
        ];
    }

    private static string Owner(OwnerItem item)
    {
        var onCall = item.People.Where(person => person.OnCall).Select(person => Hostile.Markdown(person.Name)).ToArray();
        var team = item.Team is null
            ? $"nobody{(item.Suggested is null ? "" : $" (perhaps {Hostile.Markdown(item.Suggested)})")}"
            : $"**{Hostile.Markdown(item.Team)}**";
        return $"{Hostile.Code(item.Service)}: {team}{(onCall.Length == 0 ? "" : $", on call {string.Join(", ", onCall)}")}{(item.Channel is null ? "" : $", {Hostile.Markdown(item.Channel)}")}";
    }

    private static List<string> Rows<T>(IReadOnlyList<T> items, Func<T, string> line, long? total = null)
    {
        var lines = items.Take(Most).Select(item => "- " + line(item)).ToList();
        var all = Math.Max(total ?? 0, items.Count);
        if (all > Most)
            lines.Add(FormattableString.Invariant($"- … {all - Most} more in the browser"));
        return lines;
    }
}

/// <summary>What a person typed in Slack, as plain words.</summary>
internal static partial class SlackText
{
    /// <summary>Mentions of users and groups are left out, links and channels become their labels, escapes become signs.</summary>
    public static string Plain(string text)
    {
        var plain = Entities()
            .Replace(text, match => match.Groups["label"].Success ? match.Groups["label"].Value : match.Groups["link"].Value);
        return plain
            .Replace("&lt;", "<", StringComparison.Ordinal)
            .Replace("&gt;", ">", StringComparison.Ordinal)
            .Replace("&amp;", "&", StringComparison.Ordinal)
            .Trim();
    }

    [GeneratedRegex(@"<(?:[@!][^>]*|#[^>|]*\|?(?<label>[^>]*)|(?<link>[a-z]+:[^>|]+)(?:\|(?<label>[^>]*))?)>")]
    private static partial Regex Entities();
}
