using System.Globalization;
using System.Text.RegularExpressions;
using Copilot.Answers.Contract;
using Copilot.Slack.Api;
using Copilot.Slack.Rooms;

namespace Copilot.Slack.Conversing;

/// <summary>What can be done with an answer by pressing.</summary>
internal static class AnswerButtons
{
    public const string Ask = "ask";
    public const string Share = "share_answer";

    /// <summary>Rows of buttons: what to do about a trouble, then what to ask next.</summary>
    public static IEnumerable<object> Of(string question, Answer answer, AskedIn asked)
    {
        var acts = Acts(answer, asked).ToArray();
        if (acts.Length > 0)
            yield return Block.Actions("answer", acts);
        var next = new List<string>();
        if (InheritedWords.Of(answer, asked.At) is not null && !InheritedWords.EndsNow(answer, asked.At))
            next.Add($"{AskButton.Now}{question}");
        // What only the asker's clock can tell is offered to the asker alone.
        next.AddRange(
            answer
                .Suggestions.Select(suggestion => AskButton.ForAll(suggestion, answer, asked.At))
                .Where(suggestion => asked.IsPrivate || !AskButton.TellsClock(suggestion))
        );
        var asks = next.Take(SlackTelling.Suggestions)
            .Select((text, place) => Block.Button($"{Ask}/{place}", AskButton.Label(text), text))
            .ToArray();
        if (asks.Length > 0)
            yield return Block.Actions("next", asks);
    }

    private static IEnumerable<object> Acts(Answer answer, AskedIn asked)
    {
        if (answer.Proposal is { Existing: { } existing })
            yield return Block.Button(IncidentDialog.JoinAction, "Join the incident", existing, primary: true);
        else if (answer.Proposal is { } proposal && (proposal.Causes.Count > 0 || proposal.Affected.Count > 0))
            yield return Block.Button(IncidentDialog.ProposeAction, "Create incident room…", proposal.Id, primary: true);
        if (asked.IsPrivate && answer.Turn is { } turn)
            yield return Block.Button(Share, "Share in channel", FormattableString.Invariant($"{answer.ConversationId}/{turn}"));
        if (asked.Site is not null)
            yield return Block.LinkButton(
                "open_browser",
                "Open in the browser",
                new Uri(asked.Site, $"/c/{Uri.EscapeDataString(answer.ConversationId)}")
            );
    }
}

/// <summary>A question on a button.</summary>
internal static partial class AskButton
{
    /// <summary>Before a question that is to be asked of now, without what came before it.</summary>
    public const string Now = "now: ";

    public static string Label(string value) => value.StartsWith(Now, StringComparison.Ordinal) ? "Ask about now" : value;

    /// <summary>
    /// A suggestion tells its window by the asker's clock, and whoever presses may live by another: what ends now is left out, since
    /// that is looked at anyway, and any other is told in UTC.
    /// </summary>
    public static string ForAll(string suggestion, Answer answer, DateTimeOffset now)
    {
        if (answer.Understood.Window is not { } window)
            return suggestion;
        return Window()
            .Replace(
                suggestion,
                match =>
                    !IsOf(match.Groups["from"].Value, window.From) || !IsOf(match.Groups["to"].Value, window.To) ? match.Value
                    : InheritedWords.EndsNow(answer, now) && window.To - window.From <= SlackTelling.Usual ? ""
                    : $" between {Utc(window.From)} and {Utc(window.To)}"
            );
    }

    public static bool TellsClock(string suggestion) => Window().IsMatch(suggestion);

    private static string Utc(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    // Zones differ by whole quarters of hours: minutes within one and seconds are the same in all.
    private static bool IsOf(string clock, DateTimeOffset time) =>
        TimeOnly.TryParseExact(clock, ["HH:mm:ss", "HH:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var told)
        && told.Minute % SlackTelling.ZoneMinutes == time.Minute % SlackTelling.ZoneMinutes
        && told.Second == time.Second;

    [GeneratedRegex(@" between (?<from>\d{2}:\d{2}(?::\d{2})?) and (?<to>\d{2}:\d{2}(?::\d{2})?)(?![\d:])")]
    private static partial Regex Window();

    public static (string Question, bool IsFresh) Read(string value) =>
        value.StartsWith(Now, StringComparison.Ordinal) ? (value[Now.Length..], true) : (value, false);
}
