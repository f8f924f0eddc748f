using Copilot.Language.Frames;
using Copilot.Language.Lexicon;
using Copilot.Language.Linking;
using Copilot.Language.Questions;
using Copilot.Language.Sentences;
using Copilot.Language.Tokens;

namespace Copilot.Language.Asks;

/// <summary>What a text names and a reading of it does not use: values of attributes, texts in quotes, names that nobody knows. A figure that
/// leaves one out may be about something else.</summary>
internal static class UnspentNames
{
    /// <summary>Below this a word is called like a value by chance.</summary>
    private const double Exact = 0.9;

    /// <summary>A metric that is called by its whole name.</summary>
    private const double Written = 0.95;

    /// <summary>Where they stand.</summary>
    public static IReadOnlyList<(int Start, int End)> Of(Sentence whole, QuestionPlan plan)
    {
        var used = string.Join('\n', Used(plan));
        bool IsUsed(string name) => used.Contains(name, StringComparison.OrdinalIgnoreCase);
        return
        [
            .. whole
                .Links.Where(l =>
                    l is { Kind: LinkKind.Value, Quality: >= Exact } or { Kind: LinkKind.Metric, Quality: > Written }
                    && !l.Targets.Any(t => IsUsed(t.Name))
                )
                .Select(l => (l.Start, l.End)),
            .. Paths(whole, plan),
            .. Splits(whole, plan),
            .. Enumerable
                .Range(0, whole.Tokens.Count)
                .Where(i => whole.Tokens[i].Kind == WordTokenKind.Quoted && whole.LinkAt(i) is null && !IsUsed(whole.Tokens[i].Text))
                .Select(i => (i, i + 1)),
            .. Unknown(whole).Where(n => !IsUsed(whole.Words(n.Start, n.End))),
        ];
    }

    // "for each customer tier, what was the error rate?"
    private static IEnumerable<(int Start, int End)> Splits(Sentence whole, QuestionPlan plan)
    {
        var plans = plan.More.Prepend(plan).ToList();
        var known = plans
            .SelectMany(p =>
                (p.Frame?.By.Select(g => g.Field).OfType<TraceQL.Syntax.AttributeReference>().Select(a => a.Name) ?? [])
                    .Concat(p.Breakdown?.Attributes.Select(a => a.Key) ?? [])
                    .Concat(p.Conditions.Concat(p.ShareOf).Select(c => c.Key))
                    .Concat(p.Frame?.Measures.Select(m => m.Of).OfType<TraceQL.Syntax.AttributeReference>().Select(a => a.Name) ?? [])
            )
            .ToHashSet(StringComparer.Ordinal);
        foreach (var mark in whole.MarksOf(Concept.Every, Concept.By, Concept.BreakDown))
        {
            if (
                Enumerable.Range(mark.End, 3).Select(whole.LinkAt).FirstOrDefault(l => l is { Kind: LinkKind.Key, Quality: >= Exact })
                    is { } key
                && key.Start >= mark.End
                && !key.Targets.Any(t => known.Contains(t.Key!))
            )
                yield return (mark.Start, key.End);
        }
    }

    // "the machine pages (GET /machines/{id}) were slow. What was the p75 of the portal?"
    private static IEnumerable<(int Start, int End)> Paths(Sentence whole, QuestionPlan plan) =>
        plan.More.Prepend(plan).All(p => p.Operations.Count == 0)
            ? whole.LinksOf(LinkKind.Operation).Where(l => whole.Tokens[l.End - 1].Kind == WordTokenKind.Path).Select(l => (l.Start, l.End))
            : [];

    /// <summary>"warehouse-sync", where nothing is called so: several parts in one, not all of them everyday words.</summary>
    public static IEnumerable<(int Start, int End)> Unknown(Sentence s)
    {
        for (var i = 0; i < s.Tokens.Count; )
        {
            var end = s.EndOfName(i);
            if (end == i + 1 && IsId(s, i))
                yield return (i, end);
            if (
                end > i + 1
                && Enumerable
                    .Range(i, end - i)
                    .All(j =>
                        (s.Tokens[j].Kind == WordTokenKind.Word || j > i && s.Tokens[j].Kind == WordTokenKind.Number)
                        && s.Tokens[j].Glue is '\0' or '-' or '_' or '.'
                        && s.LinkAt(j) is null
                        && s.TimeAt(j) is null
                        && s.MarkAt(j) is null
                    )
                && !Enumerable.Range(i, end - i).Any(j => FillerWords.IsOrdinary(s.Tokens[j].Lower))
            )
                yield return (i, end);
            i = end;
        }
    }

    // "NV48120937": letters and digits in one, and nothing that the language writes so.
    private static bool IsId(Sentence s, int i) =>
        s.Tokens[i] is { Kind: WordTokenKind.Word, Glue: '\0', Lower: { Length: >= ShortestId } id }
        && id.Count(char.IsDigit) >= FewestDigits
        && id.Any(char.IsLetter)
        && s.LinkAt(i) is null
        && s.TimeAt(i) is null
        && s.MarkAt(i) is null
        && s.ConceptAt(i) is null;

    /// <summary>"our member number NV48120937": an id that is said to be one.</summary>
    public static bool IsTold(Sentence s, int i) =>
        IsId(s, i)
        && (
            WordRoles.Numbered.Contains(s.WordAt(i - 1) ?? "")
            || s.MeansAt(i - 1, Concept.Person)
            || s.LinkAt(i - 1) is { Kind: LinkKind.Key or LinkKind.Service }
        );

    private const int ShortestId = 6;

    private const int FewestDigits = 2;

    private static IEnumerable<string> Used(QuestionPlan plan)
    {
        foreach (var service in plan.Services)
            yield return $"{service.Name}\n{service.Words}";
        foreach (var operation in plan.Operations)
            yield return $"{operation.Name}\n{operation.Words}";
        foreach (var condition in plan.Conditions.Concat(plan.ShareOf))
            yield return $"{condition.Key}\n{string.Join('\n', condition.Values)}\n{condition.Words}";
        foreach (var name in plan.Teams.Concat(plan.People).Concat(plan.Resources))
            yield return name;
        yield return $"{plan.Logs?.Text}\n{plan.TraceQl}\n{plan.TraceId}\n{plan.Changes?.Version}\n{plan.Changes?.Author}";
        if (plan.Frame is { } frame)
            yield return string.Join('\n', Used(frame));
        foreach (var used in plan.More.SelectMany(Used))
            yield return used;
    }

    private static IEnumerable<string?> Used(QueryFrame frame) =>
        [
            frame.Metric,
            frame.Where?.ToString(),
            .. frame.InTrace.Concat(frame.NotInTrace).Select(expression => expression.ToString()),
            .. frame.CalledBy,
            .. frame.Measures.Select(measure => $"{measure.Of}\n{measure.Part}"),
            frame.Sides?.Before.ToString(),
            frame.Sides?.After.ToString(),
        ];
}
