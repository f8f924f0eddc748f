using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Copilot.Diagnosis.Alerts;
using Copilot.Slack.Api;

namespace Copilot.Slack.Conversing;

/// <summary>
/// A message of an alerting system, read as an alert and never as somebody's question: "for 1m" is its rule's, not what is asked about.
/// </summary>
/// <param name="Claims">What it says it is about, the plainest first.</param>
/// <param name="At">Since when it fires, as far as it tells; else when it was posted.</param>
/// <param name="IsOver">It says that it is resolved.</param>
internal sealed partial record AlertMessage(IReadOnlyList<ServiceClaim> Claims, DateTimeOffset At, bool IsOver)
{
    /// <summary>Null where the message is no alert.</summary>
    public static AlertMessage? Read(JsonElement message)
    {
        var text = MessageWords.Of(message);
        var isFiring = Firing().IsMatch(text);
        var isOver = Over().IsMatch(text);
        // Whatever a program posts is nobody's question. People write "resolved" too: of the end alone, only a program makes an alert.
        if (!isFiring && message.Text("bot_id") is null)
            return null;
        return new AlertMessage([.. Named(text)], Starts(text) ?? Posted(message), isOver && !isFiring);
    }

    private static IEnumerable<ServiceClaim> Named(string text)
    {
        var labels = Label()
            .Matches(text)
            .Select(match => (Key: match.Groups["key"].Value.ToLowerInvariant(), Name: match.Groups["value"].Value.TrimEnd('.', ',')))
            .ToArray();
        foreach (var (key, name) in labels.Where(label => label.Key.Contains("service", StringComparison.Ordinal)))
            yield return new ServiceClaim(name, true);
        foreach (var (key, name) in labels.Where(label => !label.Key.Contains("service", StringComparison.Ordinal)))
            yield return new ServiceClaim(name, false);
        // A title often ends in it: "[FIRING:1] HighErrorRate payments". A word counts only where it is known as a service.
        foreach (Match word in Name().Matches(text))
            yield return new ServiceClaim(word.Value, false);
    }

    private static DateTimeOffset? Starts(string text) =>
        Start().Match(text) is { Success: true } match
        && DateTimeOffset.TryParse(
            match.Groups["at"].Value.Replace(" UTC", "Z", StringComparison.Ordinal),
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var at
        )
            ? at
            : null;

    private static DateTimeOffset Posted(JsonElement message) =>
        double.TryParse(message.Text("ts"), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
            ? DateTimeOffset.UnixEpoch.AddSeconds(seconds)
            : DateTimeOffset.UnixEpoch;

    [GeneratedRegex(
        @"\[firing\b|\bfiring:\d|\bstatus:?\W{0,4}firing|^\W*(?:triggered|alerting|alarm)\b"
            + @"|\[(?:alerting|triggered|alert)\]|\b(?:incident|alert)\W+triggered\b",
        RegexOptions.IgnoreCase | RegexOptions.Multiline
    )]
    private static partial Regex Firing();

    [GeneratedRegex(
        @"\[(?:resolved|ok|recovered)\b|^\W*(?:resolved|recovered)\b|\bstatus:?\W{0,4}resolved",
        RegexOptions.IgnoreCase | RegexOptions.Multiline
    )]
    private static partial Regex Over();

    [GeneratedRegex(
        @"(?<![\w.])[*_`]*(?<key>service[._ ]?name|exported_service|service|app|application|component|deployment|workload|container|job)"
            + @"[*_`]*\s*[:=]\s*[""'*_`]*(?<value>[A-Za-z0-9][\w./-]{0,99})",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Label();

    [GeneratedRegex(@"(?<![\w./@-])[A-Za-z][\w-]{2,59}(?![\w/@])")]
    private static partial Regex Name();

    [GeneratedRegex(
        @"\b(?:starts?_?at|started(?: at)?|since|triggered at|firing since)\W{0,4}"
            + @"(?<at>\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z| UTC|[+-]\d{2}:\d{2})?)",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Start();
}

/// <summary>All that a message says: its text, its blocks, and the attachments where alerting systems put theirs.</summary>
internal static class MessageWords
{
    public static string Of(JsonElement message)
    {
        var words = new List<string>();
        Add(message.Text("text"), words);
        foreach (var block in message.List("blocks"))
            AddTexts(block, words, 0);
        foreach (var attachment in message.List("attachments"))
        {
            foreach (var name in new[] { "pretext", "title", "text" })
                Add(attachment.Text(name), words);
            foreach (var field in attachment.List("fields"))
                Add($"{field.Text("title")}: {field.Text("value")}", words);
            foreach (var block in attachment.List("blocks"))
                AddTexts(block, words, 0);
            if (attachment.Text("text") is null && attachment.Text("title") is null)
                Add(attachment.Text("fallback"), words);
        }

        return string.Join('\n', words.Distinct(StringComparer.Ordinal));
    }

    // Blocks nest: a text is wherever a member is called so.
    private static void AddTexts(JsonElement element, List<string> words, int depth)
    {
        if (depth > SlackLimits.BlockDepth)
            return;
        if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in element.EnumerateObject())
            {
                if (member.Name == "text" && member.Value.ValueKind == JsonValueKind.String)
                    Add(member.Value.GetString(), words);
                else
                    AddTexts(member.Value, words, depth + 1);
            }
        }
        else if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
                AddTexts(item, words, depth + 1);
        }
    }

    private static void Add(string? text, List<string> words)
    {
        if (!string.IsNullOrWhiteSpace(text))
            words.Add(SlackText.Plain(text));
    }
}
