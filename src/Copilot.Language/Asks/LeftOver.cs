using Copilot.Language.Lexicon;
using Copilot.Language.Linking;
using Copilot.Language.Plans;
using Copilot.Language.Questions;
using Copilot.Language.Sentences;
using Copilot.Language.Tokens;

namespace Copilot.Language.Asks;

/// <summary>Words that a figure leaves over and that name something: the figure would be about something else.</summary>
internal static class LeftOver
{
    /// <summary>Of more that are called so nobody picks one.</summary>
    public const int MostChoices = 6;

    /// <summary>What is asked back; null where nothing that names is left over.</summary>
    public static QuestionPlan? Read(Sentence whole, QuestionPlan plan, InterpreterRequest request, KnownNames catalogue)
    {
        // "why did booking X7J2KQ fail?", where nobody knows what is numbered so: of it, not of everything.
        if (
            plan.More.Count == 0
            && plan.Kind is QuestionKind.Cause or QuestionKind.Overview or QuestionKind.Affected
            && UnspentNames.Unknown(whole).FirstOrDefault(n => UnspentNames.IsTold(whole, n.Start)) is { End: > 0 } id
        )
            return Unknown(plan, whole.Words(id.Start, id.End));
        if (plan.More.Count > 0 || !IsFigure(plan))
            return null;
        // "bike sharing, how many requests failed": of what nobody knows, not of everything.
        if (plan.Kind != QuestionKind.Traces && IsOfEverything(plan) && Headed(whole) is { } head)
            return Clarifications.Instead(
                plan,
                new Clarification($"I know nothing called \"{head}\". Which service, operation or value do you mean?", [], [head])
            );
        // "weekend p95": of what nobody knows.
        if (IsOfEverything(plan) && plan.Frame?.Sides is null && Before(whole) is { } noun)
            return Clarifications.Instead(
                plan,
                new Clarification($"I know nothing called \"{noun}\". Which service, operation or value do you mean?", [], [noun])
            );
        if (plan.Ignored.Count == 0)
            return null;
        // "how many requests did the app get": nobody knows which of the services that is.
        if (IsOfEverything(plan) && plan.Frame?.Sides is null && Place(whole, plan) is { } place)
            return Clarifications.Instead(
                plan,
                new Clarification($"Which service is \"{place}\"? I know nothing that is called or described so.", [], [place])
            );
        // "how many top-ups came from the app": what the catalogue says of another service than the one that is named.
        if (
            plan.Services.Count > 0
            && whole
                .LinksOf(LinkKind.Service)
                .FirstOrDefault(l =>
                    l.Quality <= ServiceNames.Described
                    && plan.Services.All(x => l.Targets.All(t => t.Name != x.Name))
                    && plan.Conditions.All(c => !c.Values.Contains(whole.Words(l.Start, l.End), StringComparer.OrdinalIgnoreCase))
                )
                is { } described
        )
            return Unknown(plan, whole.Words(described.Start, described.End));
        // "api p95": parts of several services' names.
        if (plan.Services.Count == 0 && plan.Operations.Count == 0)
        {
            foreach (var part in plan.Ignored)
            {
                if (Called(part, catalogue) is { Count: > 1 and <= MostChoices } called)
                    return Clarifications.Instead(plan, Clarifications.Which(request.Question, part, called));
            }
        }

        // "our tenant northern-4 wants to know how many …", where no tenant is called so.
        var unknown = UnspentNames
            .Unknown(whole)
            .Where(n => !IsExplained(whole, n.Start))
            .Select(n => whole.Words(n.Start, n.End))
            .FirstOrDefault(n => plan.Ignored.Contains(n));
        return unknown is null ? null : Unknown(plan, unknown);
    }

    /// <summary>Asks what a name means that nobody knows.</summary>
    public static QuestionPlan Unknown(QuestionPlan plan, string name) =>
        Clarifications.Instead(
            plan,
            new Clarification(
                $"I know nothing called \"{name}\", and it may change the number. What do you mean by it, or shall I leave it out?",
                [],
                [name]
            )
        );

    // The noun that begins a question and stands before what is measured.
    private static string? Before(Sentence whole)
    {
        if (whole.Language is not null || whole.Tokens.Count < 2 || whole.Continues)
            return null;
        var first = whole.Tokens[0];
        return
            first is { Kind: WordTokenKind.Word, Glue: '\0' }
            && whole.LinkAt(0) is null
            && whole.MarkAt(0) is null
            && whole.TimeAt(0) is null
            && !FillerWords.IsOrdinary(first.Lower)
            && (PlainWords.IsNoun(first.Lower) || !PlainWords.English.Contains(first.Lower))
            && whole.MeansAt(1, Concept.Percentile, Concept.Median, Concept.Mean, Concept.ErrorRate, Concept.Request, Concept.Throughput)
            ? first.Text
            : null;
    }

    private static bool IsOfEverything(QuestionPlan plan) =>
        plan.Services.Count == 0
        && plan.Operations.Count == 0
        && plan.Conditions.Count == 0
        && plan.Teams.Count == 0
        && plan.Breakdown is null
        && plan.Frame is null or { By.Count: 0, Where: null, Metric: null, Act: Frames.FrameAct.Measure };

    // "the customer app", "our website"
    private static string? Place(Sentence whole, QuestionPlan plan)
    {
        for (var i = 1; i < whole.Tokens.Count; i++)
        {
            if (!NameParts.IsPlace(whole.Tokens[i].Lower) || whole.LinkAt(i) is not null || !plan.Ignored.Contains(whole.Words(i, i + 1)))
                continue;
            if (WordRoles.Definite.Contains(whole.Tokens[i - 1].Lower))
                return whole.Words(i, i + 1);
            if (i > 1 && WordRoles.Definite.Contains(whole.Tokens[i - 2].Lower))
                return whole.Words(i - 1, i + 1);
        }

        return null;
    }

    private const int LongestHead = 4;

    // A few nouns that nobody knows, before a comma or a colon and the question.
    private static string? Headed(Sentence whole)
    {
        if (
            whole.Language is not null
            || AskClauses.Split(whole) is not [{ Asking: not Asking.Surely } head, var ask, ..]
            || head.End - head.Start > LongestHead
            || ClauseBreaks.IsHardBreak(whole, head.End - 1)
            || whole.Tokens[head.End].Kind != WordTokenKind.Symbol
            || whole.LinksIn(head.Start, ask.End).Any()
            || whole.TimesIn(head.Start, head.End).Any()
            || whole.MayMeanIn(
                head.Start,
                head.End,
                Concept.Be,
                Concept.Do,
                Concept.Person,
                Concept.Modal,
                Concept.Pronoun,
                Concept.Trouble
            )
        )
            return null;
        return Enumerable
            .Range(head.Start, head.End - head.Start)
            .Any(i =>
                whole.Tokens[i].Kind == WordTokenKind.Word && whole.MarkAt(i) is null && !FillerWords.IsOrdinary(whole.Tokens[i].Lower)
            )
            ? whole.Words(head.Start, head.End)
            : null;
    }

    // "per region (eu-central-1, us-east-1)": what stands in brackets says the same once more.
    private static bool IsExplained(Sentence whole, int at) =>
        whole.Tokens.Take(at).Count(t => t.IsSymbol("(")) > whole.Tokens.Take(at).Count(t => t.IsSymbol(")"));

    /// <summary>"how many requests did the app get": the question with the only service that has the word in its name or title; null where
    /// there is none.</summary>
    public static string? Named(Sentence whole, QuestionPlan plan, InterpreterRequest request, KnownNames catalogue)
    {
        if (plan.More.Count > 0 || plan.Services.Count > 0 || plan.Operations.Count > 0 || !IsFigure(plan))
            return null;
        for (var i = 1; i < whole.Tokens.Count; i++)
        {
            if (
                plan.Ignored.Contains(whole.Words(i, i + 1))
                && WordRoles.Definite.Contains(whole.Tokens[i - 1].Lower)
                && NameParts.IsGeneric(whole.Tokens[i].Lower)
                && Called(whole.Tokens[i].Lower, catalogue) is [var only]
            )
                return request.Question.Replace(whole.Words(i - 1, i + 1), only, StringComparison.Ordinal);
        }

        return null;
    }

    private static List<string> Called(string word, KnownNames catalogue)
    {
        var lower = word.ToLowerInvariant();
        return
        [
            .. catalogue
                .Services.Where(s =>
                    s.Instrumented
                    && s.Aliases.Prepend(s.Name).Any(name => NameParts.Of(name) is { Count: > 1 } parts && parts.Contains(lower))
                )
                .Select(s => s.Name)
                .Order(),
        ];
    }

    private static bool IsFigure(QuestionPlan plan) =>
        plan.Kind
            is QuestionKind.Query
                or QuestionKind.Measure
                or QuestionKind.Series
                or QuestionKind.Comparison
                or QuestionKind.Breakdown
                or QuestionKind.Traces
                or QuestionKind.Operations;
}
