using Copilot.Answers.Contract;
using Copilot.Slack.Api;
using Copilot.Slack.Rooms;
using Copilot.Telemetry.Text;

namespace Copilot.Slack.Conversing;

/// <summary>An answer as one Slack message within all limits.</summary>
/// <param name="Text">What a locked phone shows and a screen reader reads; plain, what matters first.</param>
internal sealed record AnswerMessage(string Text, IReadOnlyList<object> Blocks)
{
    /// <param name="asked">Where it is shown, and when.</param>
    public static AnswerMessage Of(string question, Answer answer, AskedIn asked)
    {
        var blocks = new List<object>();
        var inherited = InheritedWords.Of(answer, asked.At);
        if (inherited is not null)
            blocks.Add(Block.Context(Mrkdwn.Of(inherited, asked.Site, asked.At)));
        var head = Head(answer);
        var text = head is null ? AnswerWording.Of(answer) : head.Markdown();
        blocks.AddRange(Block.Sections(text, asked.Site, SlackTelling.AnswerSections, head?.From ?? asked.At));
        if (head is not null && answer.Trouble!.Besides.Length > 0)
            blocks.AddRange(Block.Sections(answer.Trouble.Besides, asked.Site, SlackTelling.AnswerSections - 1, asked.At));
        if (Notes(question, answer, asked, text) is { Length: > 0 } notes)
            blocks.Add(Block.Context(notes));
        blocks.AddRange(AnswerButtons.Of(question, answer, asked));
        // A notification cannot show each reader's own clock.
        var told = head?.Notification() ?? SlackClock.InUtc(Mrkdwn.Plain(text), asked.At);
        return new AnswerMessage(
            Block.Cut(Mrkdwn.Escape(inherited is null ? told : $"{Mrkdwn.Plain(inherited)} {told}"), SlackTelling.Fallback),
            blocks
        );
    }

    private static TroubleHead? Head(Answer answer) =>
        answer is { Trouble: { } trouble, Proposal: { } proposal } && (proposal.Causes.Count > 0 || proposal.Affected.Count > 0)
            ? new TroubleHead(proposal, trouble.From ?? proposal.From, trouble.To, trouble.Lasts)
            : null;

    // Only what the text does not say itself.
    private static string Notes(string question, Answer answer, AskedIn asked, string text)
    {
        var notes = new List<string>();
        if (asked.IsPrivate || asked.SharedBy is not null)
            notes.Add($"{(asked.SharedBy is { } user ? $"<@{user}> asked: " : "asked: ")}{Block.Cut(Mrkdwn.Escape(question), 500)}");
        if (answer.Understood.Window is { } window && !SlackClock.TellsWindow(text))
            notes.Add($"looked at {SlackClock.At(window.From, asked.At)} to {SlackClock.At(window.To, asked.At)}");
        if (answer.Understood.Filter is { } filter)
            notes.Add($"`{Block.Cut(Mrkdwn.Escape(filter.Replace('`', '\'')), 600)}`");
        if (answer.Understood.Ignored.Count > 0)
            notes.Add(
                "not used: "
                    + Block.Cut(Mrkdwn.Escape(string.Join(", ", answer.Understood.Ignored.Distinct(StringComparer.OrdinalIgnoreCase))), 300)
            );
        if (!answer.Coverage.Exact)
            notes.Add(Block.Cut(Mrkdwn.Escape(answer.Coverage.Note), 400));
        return string.Join("  ·  ", notes);
    }
}

/// <summary>Where and when an answer is shown.</summary>
/// <param name="Site">The app's address; null where people cannot reach it.</param>
/// <param name="At">When it was asked.</param>
/// <param name="IsPrivate">The asker alone sees it.</param>
/// <param name="SharedBy">Who shows it to others; null where it is the first showing.</param>
internal sealed record AskedIn(Uri? Site, DateTimeOffset At, bool IsPrivate, string? SharedBy = null);

/// <summary>What a question took from the one before it, said before the answer: an answer about the past must not look like one about
/// now.</summary>
internal static class InheritedWords
{
    private const string Conversation = "conversation";

    /// <returns>Null where nothing was taken over.</returns>
    public static string? Of(Answer answer, DateTimeOffset now)
    {
        var kept = answer.Understood.Chips.Where(chip => chip.Source == Conversation && chip.Name != "measure").ToList();
        if (kept.Count == 0)
            return null;
        var parts = new List<string>();
        if (kept.Exists(chip => chip.Name == "window") && answer.Understood.Window is { } window)
        {
            var from = FormattableString.Invariant($"{window.From.UtcDateTime:yyyy-MM-dd HH:mm}");
            parts.Add(
                EndsNow(answer, now)
                    ? FormattableString.Invariant($"{from} UTC to now")
                    : FormattableString.Invariant($"{from} to {window.To.UtcDateTime:HH:mm} UTC")
            );
        }

        parts.AddRange(
            kept.Where(chip => chip.Name is not ("window" or "baseline")).Select(chip => Hostile.Code(chip.Value, 80)).Distinct()
        );
        return parts.Count == 0 ? null : $"As before: {string.Join(", ", parts)}.";
    }

    /// <summary>Whether what was looked at ends at the asker's now.</summary>
    public static bool EndsNow(Answer answer, DateTimeOffset now) =>
        answer.Understood.Window is not { } window || now - window.To < SlackTelling.StillNow;
}
