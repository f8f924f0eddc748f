using Copilot.Language.Frames;
using Copilot.Language.Lexicon;
using Copilot.Language.Linking;
using Copilot.Language.Plans;
using Copilot.Language.Questions;
using Copilot.Language.Readings;
using Copilot.Language.Sentences;
using Copilot.Language.Tokens;
using Copilot.Telemetry.Records;
using Copilot.TraceQL.Syntax;

namespace Copilot.Language.Asks;

/// <summary>Log records: counted, listed, grouped, by who wrote them.</summary>
internal static class LogReader
{
    private const int Error = 17;
    private const int Warning = 13;

    public static QuestionPlan? Read(ReadingContext context)
    {
        var s = context.Sentence;
        // Traces found by what a log says are traces.
        if (s.Has(Concept.Trace))
            return null;
        var exception = context.Subject.Conditions.FirstOrDefault(c => ErrorNouns.IsOfErrors(c.Key));
        var level = LogLevels.Read(s);
        var text = LogSelections.Text(s) ?? exception?.Values[0];
        // "how often did it write that in its log?", with no text that was quoted.
        if (text is null && s.MayMean(Concept.Count) && IsTold(s))
            return Clarifications.Plan(context, new Clarification("Which text should the log records have? Put it in quotes.", [], []));
        var groups = Groups.Read(s, context.Subject);
        var where = new List<FieldExpression>();
        if (text is not null)
        {
            var body = Body(text, s.MayMean(Concept.Such));
            where.Add(IsLeftOut(s) ? body with { Operator = FieldOperator.NotMatches } : body);
        }
        else
            where.AddRange(Said(s).Select(word => Body(word, alike: false)));
        where.AddRange(level is { } named ? Severity(named) : Severity(s, where.Count > 0));
        var counts = s.MayMean(Concept.Count, Concept.Share);
        var who =
            s.Mark(Concept.Who) is { } asked
                && s.MarksOf(Concept.Log, Concept.LogVerb, Concept.ErrorLog, Concept.WarningLog).All(m => m.Start > asked.Start)
            || s.MarksOf(Concept.Which, Concept.What, Concept.Show, Concept.Top, Concept.Noisiest, Concept.Most)
                .Any(m => s.MeansAt(m.End, Concept.Service) || IsNumber(s, m.End) && s.MeansAt(m.End + 1, Concept.Service))
            || IsServices(context);
        var step = Steps.Length(s);
        foreach (
            var mark in s.MarksOf(
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
                    Concept.Every,
                    Concept.Most,
                    Concept.Noisiest,
                    Concept.Exist,
                    Concept.Be
                )
                .ToList()
        )
            s.Use(mark);
        for (var i = 0; i < s.Tokens.Count; i++)
        {
            if (s.Tokens[i].Kind is WordTokenKind.Quoted)
                s.Use(i, i + 1);
        }

        s.Use(s.Mark(Concept.Such));
        var oldest = s.HasAny(Concept.Oldest);
        var ranked = who && !counts;
        // "which two services wrote most errors, with counts"
        if (who && counts && groups.Count == 0)
            groups = [FrameGroup.Service];
        var frame = new QueryFrame
        {
            Over = FramePopulation.Logs,
            Act =
                ranked ? FrameAct.Rank
                : counts || groups.Count > 0 || s.MayMean(Concept.Plot) ? FrameAct.Measure
                : FrameAct.List,
            Where = Field.All(where),
            Measures = counts || ranked || groups.Count > 0 || s.MayMean(Concept.Plot) ? [FrameMeasure.Plain(MeasureKind.Count)] : [],
            By = ranked ? [FrameGroup.Service] : groups,
            OverTime = s.MayMean(Concept.Plot) || step is not null && counts,
            Step = step,
            Limit = Rankings.Limit(s),
            Ascending = oldest,
        };
        var plan = new QuestionPlan
        {
            Kind = QuestionKind.Query,
            AsOfNs = UnixNanos.From(context.Request.AsOf),
            Window = WindowPlanner.Plan(context, QuestionKind.Logs),
            Services = context.Subject.Services,
            Conditions = [.. context.Subject.Conditions.Where(c => c != exception && !IsOfRecords(c, text, level is not null))],
            Frame = frame,
        };
        if (Comparisons.Read(context, plan, frame) is { } compared)
            return compared;
        var unknown = UnknownNames.Find(context, plan with { Kind = QuestionKind.Logs });
        return unknown.Count > 0 ? plan with { Services = [.. plan.Services, .. unknown] } : plan;
    }

    private static bool IsTold(Sentence s) =>
        s.MarksOf(Concept.Log, Concept.LogVerb)
            .Any(m => Enumerable.Range(m.Start - 3, 3).Any(i => s.WordAt(i) is { } word && WordRoles.Pointing.Contains(word)));

    // "log lines that say that an order was withdrawn": the words that tell, each.
    private static IReadOnlyList<string> Said(Sentence s)
    {
        var log = s.MarksOf(Concept.Log, Concept.ErrorLog, Concept.WarningLog).FirstOrDefault();
        var says = s.MarksOf(Concept.Says, Concept.Contains).FirstOrDefault(m => log is not null && m.Start >= log.End);
        // "write in its log that an order was refused"
        says ??= log is not null && s.MarkAt(log.End) is { } that && WordRoles.Saying.Contains(s.Tokens[log.End].Lower) ? that : null;
        if (says is null)
            return log is null ? [] : About(s, log);
        var words = new List<string>();
        for (var i = says.End; i < s.Tokens.Count && !s.Tokens[i].IsBreak && s.TimeAt(i) is null; i++)
        {
            // "error logs that came from the payment service": whose they are, and no text of theirs.
            if (s.LinkAt(i) is { Kind: LinkKind.Service })
                return [];
            if (s.Tokens[i].Kind == WordTokenKind.Word && Tells(s, i) && !FillerWords.IsFiller(s.Tokens[i].Lower, s.Language))
                words.Add(s.Tokens[i].Text);
            s.Use(i, i + 1);
        }

        s.Use(says);
        return words;
    }

    // "that a charge was declined": what it means elsewhere is nothing here.
    private static bool Tells(Sentence s, int i) => s.MarkAt(i) is not { } mark || mark.Senses.Contains(Concept.Failed);

    // "log records of X about a long-running statement": the words behind it, whatever they mean elsewhere.
    private static IReadOnlyList<string> About(Sentence s, ConceptMark log)
    {
        var about = Enumerable
            .Range(log.End, s.Tokens.Count - log.End)
            .FirstOrDefault(i => WordRoles.About.Contains(s.Tokens[i].Lower) && s.TimeAt(i) is null, -1);
        if (about < 0)
            return [];
        var words = new List<string>();
        for (var i = about + 1; i < s.Tokens.Count && !s.Tokens[i].IsBreak && s.TimeAt(i) is null; i++)
        {
            if (s.MeansAt(i, Concept.Preposition, Concept.By, Concept.Every) && words.Count > 0)
                break;
            if (s.IsUsed(i) || s.Tokens[i].Kind != WordTokenKind.Word || s.MeansAt(i, Concept.Article, Concept.Pronoun))
                continue;
            if (!FillerWords.IsFiller(s.Tokens[i].Lower, s.Language))
                words.Add(s.Tokens[i].Text);
            s.Use(i, i + 1);
        }

        if (words.Count > 0)
            s.Use(about, about + 1);
        return words;
    }

    // "without the 'heartbeat' lines"
    private static bool IsLeftOut(Sentence s)
    {
        var quoted = Enumerable.Range(0, s.Tokens.Count).FirstOrDefault(i => s.Tokens[i].Kind == WordTokenKind.Quoted, -1);
        if (quoted < 0 || s.MarksOf(Concept.Without).LastOrDefault(m => m.End <= quoted && quoted - m.End <= 2) is not { } without)
            return false;
        s.Use(without);
        // "dumps", "lines": the noun of what is left out.
        if (s.WordAt(quoted + 1) is { } noun && s.MarkAt(quoted + 1) is null && PlainWords.IsNoun(noun))
            s.Use(quoted + 1, quoted + 2);
        return true;
    }

    // "services with error logs since 8"
    private static bool IsServices(ReadingContext context) =>
        context.Subject.Services.Count == 0
        && context.Sentence.Mark(Concept.Service) is { } service
        && context.Sentence.MarksOf(Concept.Log, Concept.LogVerb, Concept.ErrorLog, Concept.WarningLog).All(m => m.Start > service.Start)
        && !context.Sentence.MeansAt(service.Start - 1, Concept.By, Concept.Every);

    private static bool IsNumber(Sentence s, int i) =>
        i < s.Tokens.Count && (s.Tokens[i].Kind == WordTokenKind.Number || Cardinals.Of(s.Tokens[i].Lower) is not null);

    // "such warnings": of one that was pasted, the numbers are not what counts.
    public static FieldBinary Body(string text, bool alike)
    {
        var pattern = System.Text.RegularExpressions.Regex.Escape(text).Replace("\\ ", " ", StringComparison.Ordinal);
        // "took ... ms": what was left out of a text that was copied.
        pattern = System.Text.RegularExpressions.Regex.Replace(pattern, @"(?:\\\.){2,}|…", ".*");
        if (alike)
            pattern = System.Text.RegularExpressions.Regex.Replace(pattern, "[0-9]+", "[0-9]+");
        return Field.Any("body").Matches($"(?i).*{pattern}.*");
    }

    // "level=error", "the text "pool exhausted"": said of the record, whatever attribute has such a value, too.
    private static bool IsOfRecords(AttributeCondition condition, string? text, bool level) =>
        text is not null && condition.Values.All(v => string.Equals(v, text, StringComparison.OrdinalIgnoreCase))
        || level && condition.Values.All(LogLevels.IsName);

    private static IEnumerable<FieldExpression> Severity((int From, int? Below) level)
    {
        var severity = Field.Any("severity");
        yield return severity.Compared(FieldOperator.GreaterOrEqual, Literal.Of((long)level.From));
        if (level.Below is { } below)
            yield return severity.Compared(FieldOperator.Less, Literal.Of((long)below));
    }

    private static IEnumerable<FieldExpression> Severity(Sentence s, bool byText)
    {
        var severity = Field.Any("severity");
        var warnings = s.MayMean(Concept.WarningLog);
        // "the warnings that it noted down": beside warnings only the noun says that errors are meant, too.
        var errors =
            s.MayMean(Concept.ErrorLog)
            || !byText
                && (
                    warnings
                        ? s.MarksOf(Concept.Failed).Any(m => WordRoles.ErrorLevel.Contains(s.Tokens[m.Start].Lower))
                        : s.MayMean(Concept.Failed)
                );
        if (errors && !warnings)
            yield return severity.Compared(FieldOperator.GreaterOrEqual, Literal.Of((long)Error));
        else if (warnings)
        {
            yield return severity.Compared(FieldOperator.GreaterOrEqual, Literal.Of((long)Warning));
            if (!errors)
                yield return severity.Compared(FieldOperator.Less, Literal.Of((long)Error));
        }
    }
}
