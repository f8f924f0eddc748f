using System.Globalization;
using System.Text.RegularExpressions;
using Copilot.Answers.Contract;
using Copilot.Telemetry.Text;

namespace Copilot.Slack.Conversing;

/// <summary>The first rows of a result as Markdown lines; the whole of it is in the browser.</summary>
internal static class ResultLines
{
    private const int Most = 10;

    public static IReadOnlyList<string> Of(AnswerResult result) =>
        result switch
        {
            ScalarResult scalar => [$"*{Hostile.Markdown(scalar.Name)}*: **{Number(scalar.Value, scalar.Unit)}**"],
            ServicesResult services => Rows(
                services.Items,
                item => $"{Hostile.Code(item.Service)} {item.Role}{(item.Owner is null ? "" : $", {Hostile.Markdown(item.Owner)}")}"
            ),
            OperationsResult operations => Rows(
                operations.Items,
                item => $"{Hostile.Code(item.Service)} {Hostile.Code(item.Operation)}: {Number(item.Value, item.Unit)}"
            ),
            TracesResult traces => Rows(
                traces.Items,
                item =>
                    $"[{item.TraceId[..Math.Min(8, item.TraceId.Length)]}](/trace/{item.TraceId}) {Hostile.Code(item.RootService)} {Hostile.Code(item.RootOperation, 80)}: {Number(item.DurationMs, "ms")}, {item.ErrorSpans} error spans",
                traces.Total
            ),
            OwnersResult owners => Rows(owners.Items, Owner),
            ChangesResult changes => Rows(
                changes.Items,
                item =>
                    FormattableString.Invariant(
                        $"{item.Time.UtcDateTime:HH:mm:ss} UTC {Hostile.Code(item.Service)} {Hostile.Markdown(item.Kind)}: {Hostile.Markdown(item.Summary, 150)}"
                    )
            ),
            BreakdownResult breakdown => Rows(
                breakdown.Items,
                item =>
                    FormattableString.Invariant(
                        $"{Hostile.Code(breakdown.Attribute)} = {Hostile.Code(item.Value)}: {item.Count} ({item.Share * 100:0.#} %)"
                    )
            ),
            ComparisonResult comparison =>
            [
                $"*{Hostile.Markdown(comparison.Name)}*: {Number(comparison.Before, comparison.Unit)} → **{Number(comparison.After, comparison.Unit)}**",
            ],
            TraceResult trace => Rows(
                trace.CriticalPath,
                item => $"{Hostile.Code(item.Service)} {Hostile.Code(item.Operation, 80)}: {Number(item.SelfMs, "ms")}"
            ),
            LogsResult logs => Rows(
                logs.Items,
                item => $"{Hostile.Code(item.Service)} {Hostile.Markdown(item.Severity, 20)}: {Hostile.Code(item.Body, 160)}",
                logs.Total
            ),
            ChoicesResult choices => Rows(choices.Items, item => Hostile.Markdown(item)),
            _ => [],
        };

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

    private static string Number(double value, string unit) =>
        unit switch
        {
            "1" => (value * 100).ToString("0.##", CultureInfo.InvariantCulture) + " %",
            "ms" => value.ToString("#,0.##", CultureInfo.InvariantCulture) + " ms",
            "count" => value.ToString("#,0", CultureInfo.InvariantCulture),
            _ => value.ToString("0.###", CultureInfo.InvariantCulture) + " " + unit,
        };
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
