using Copilot.Language.Lexicon;
using Copilot.Language.Linking;
using Copilot.Language.Questions;
using Copilot.Language.Readings;
using Copilot.Language.Sentences;
using Copilot.Language.Tokens;

namespace Copilot.Language.Plans;

/// <summary>Which log records are meant and what of them.</summary>
internal static class LogSelections
{
    public static QuestionPlan Plan(QuestionPlan plan, ReadingContext context)
    {
        var s = context.Sentence;
        // The name of an exception is what a log says, too.
        var exception = plan.Conditions.FirstOrDefault(c =>
            c.Key.StartsWith("exception.", StringComparison.Ordinal) || c.Key == "error.type"
        );
        var text = Text(s) ?? exception?.Values[0];
        var trace = s.Tokens.FirstOrDefault(t => t.Kind == WordTokenKind.TraceId);
        var services =
            (s.HasAny(Concept.Service) || s.HasWord("service", "services"))
                && (
                    s.HasAny(Concept.Which, Concept.What, Concept.LogVerb)
                    || s.First(Concept.Service) is { } asked && asked.Start < (s.First(Concept.ErrorLog) ?? s.First(Concept.Log))?.Start
                )
            || s.HasAny(Concept.Who) && plan.Services.Count == 0
            || s.HasWord("who");
        var count = s.HasAny(Concept.Count);
        var shape =
            count ? LogShape.Count
            : services ? LogShape.Services
            : LogShape.List;
        int? min =
            s.HasWord("fatal", "critical") ? 21
            : s.HasAny(Concept.ErrorLog) || s.HasAny(Concept.Failed) && text is null ? 17
            : s.HasAny(Concept.WarningLog) || s.HasWord("warn", "warning") ? 13
            : null;
        for (var i = 0; i < s.Tokens.Count; i++)
        {
            if (s.Tokens[i].Kind is WordTokenKind.Quoted or WordTokenKind.TraceId)
                s.Use(i, i + 1);
        }

        s.Use(
            Concept.Log,
            Concept.LogVerb,
            Concept.ErrorLog,
            Concept.WarningLog,
            Concept.Contains,
            Concept.Count,
            Concept.Service,
            Concept.Which,
            Concept.Who,
            Concept.What,
            Concept.Show,
            Concept.Failed,
            Concept.Every
        );
        return plan with
        {
            Measure = shape == LogShape.Count ? Measure.LogCount : null,
            TraceId = trace?.Text,
            Operations = [],
            Conditions = [.. plan.Conditions.Where(c => c != exception)],
            Logs = new LogSelection
            {
                Shape = shape,
                Text = text,
                MinSeverity = min,
                BelowSeverity = min == 13 && !s.HasAny(Concept.ErrorLog) ? 17 : null,
                Limit = Rankings.Limit(s),
            },
        };
    }

    /// <summary>The text that is looked for: quoted, or a name in camel case, or what stands behind "mentions".</summary>
    public static string? Text(Sentence s)
    {
        var quoted = s
            .Tokens.Select((t, i) => (t, i))
            .FirstOrDefault(p => p.t.Kind == WordTokenKind.Quoted && s.LinkAt(p.i) is null or { Kind: LinkKind.Value });
        if (quoted.t is not null && !s.IsUsed(quoted.i) || quoted.t is not null && s.HasAny(Concept.Log, Concept.LogVerb, Concept.ErrorLog))
            return quoted.t.Text;
        for (var i = 0; i < s.Tokens.Count; i++)
        {
            if (s.Tokens[i].Kind != WordTokenKind.Word || s.IsUsed(i) || s.LinkAt(i) is not null || !IsName(s, i))
                continue;
            var end = s.EndOfName(i);
            s.Use(i, end);
            return s.Words(i, end);
        }

        return Behind(s);
    }

    private static string? Behind(Sentence s)
    {
        // "I'd like to read": a wish, no text.
        var mark = s.Concepts.LastOrDefault(c =>
            c.Concept is Concept.Contains or Concept.LogVerb && (s.MarkAt(c.Start) is not { } said || said.Senses.Contains(c.Concept))
        );
        if (mark is null)
            return With(s);
        if (Asks.LogLevels.StartsAt(s, mark.End))
            return null;
        // "say that a charge was declined": told in words of one's own, which no log has as they stand.
        if (s.MeansAt(mark.End, Concept.Pronoun))
            return null;
        var end = mark.End;
        while (
            end < s.Tokens.Count
            && s.Tokens[end].Kind is WordTokenKind.Word or WordTokenKind.Number
            && s.TimeAt(end) is null
            && !s.IsUsed(end)
        )
            end++;
        var start = mark.End;
        while (start < end && s.WordAt(start) is "the" or "text" or "message" or "a" or "with" or "in" or "of" or "by")
            start++;
        while (end > start && FillerWords.IsFiller(s.Tokens[end - 1].Lower))
            end--;
        if (end == start || s.ConceptAt(start)?.Concept is Concept.ErrorLog or Concept.Failed && end - start == 1)
            return null;
        s.Use(start, end);
        return s.Words(start, end);
    }

    // "logs of checkout with timeout", "logs with the word refused"
    private static string? With(Sentence s)
    {
        var at = Enumerable
            .Range(0, s.Tokens.Count)
            .LastOrDefault(i => WordRoles.Appending.Contains(s.Tokens[i].Lower) && s.LinkAt(i) is null, -1);
        if (at < 0 || !s.HasAny(Concept.Log, Concept.ErrorLog, Concept.WarningLog))
            return null;
        var start = at + 1;
        while (start < s.Tokens.Count && (s.MeansAt(start, Concept.Article) || WordRoles.Worded.Contains(s.Tokens[start].Lower)))
            start++;
        var named = start > at + 1 && WordRoles.Worded.Contains(s.Tokens[start - 1].Lower);
        var end = start;
        while (
            end < s.Tokens.Count
            && s.Tokens[end].Kind is WordTokenKind.Word or WordTokenKind.Number
            && s.TimeAt(end) is null
            && s.LinkAt(end) is null
            && !s.IsUsed(end)
            && !s.MeansAt(end, Concept.Preposition, Concept.Joint)
        )
            end++;
        if (
            end == start
            || Asks.LogLevels.StartsAt(s, start)
            || !named && (s.MeansAt(start, Told) || WordRoles.Failures.Contains(s.Tokens[start].Lower))
        )
            return null;
        s.Use(at, end);
        return s.Words(start, end);
    }

    // "with errors", "with their counts": nothing that a record says.
    private static readonly Concept[] Told =
    [
        Concept.ErrorLog,
        Concept.ErrorText,
        Concept.StackTrace,
        Concept.Count,
        Concept.Every,
        Concept.Pronoun,
        Concept.Trace,
        Concept.Log,
        Concept.Most,
    ];

    private static bool IsName(Sentence s, int i) =>
        i + 1 < s.Tokens.Count
            && s.Tokens[i + 1].Glue is WordToken.CamelGlue or '_' or '.'
            && s.Tokens[i].Glue == '\0'
            && char.IsLetter(s.Tokens[i].Text[0])
        || s.Tokens[i].Text.Length > 4 && s.MarkAt(i) is null && s.Tokens[i].Text.All(c => char.IsUpper(c) || char.IsDigit(c));
}
