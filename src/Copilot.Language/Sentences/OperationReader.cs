using Copilot.Language.Lexicon;
using Copilot.Language.Linking;
using Copilot.Language.Questions;
using Copilot.Language.Tokens;

namespace Copilot.Language.Sentences;

/// <summary>The operations that a question names, by name, by path, or by the noun that their path ends in.</summary>
internal static class OperationReader
{
    /// <param name="without">Takes the names of operations that are left out: "all routes other than POST /play".</param>
    public static IReadOnlyList<OperationReference> Read(
        Sentence sentence,
        IReadOnlyList<ServiceReference> services,
        IReadOnlyList<AttributeCondition> conditions,
        List<string> without
    )
    {
        var found = new List<OperationReference>();
        foreach (var link in sentence.LinksOf(LinkKind.Operation))
        {
            if (ServiceReader.IsLeftOut(sentence, link))
            {
                sentence.Use(link.Start, link.End);
                without.AddRange(Fitting(link.Targets, services).Select(t => t.Name));
                continue;
            }

            // "but no 'send orders' span in the trace"
            if (
                sentence.MeansAt(link.Start - 1, Concept.Negation, Concept.Without)
                && sentence.MeansAt(link.End, Concept.Span, Concept.Calls)
            )
                continue;
            // "for the refused orders": in a later ask the noun says again what was named before.
            if (link.Quality < Whole && services.Count == 0 && sentence.Continues)
            {
                sentence.Use(link.Start, link.End);
                continue;
            }

            // A part of a name means an operation of the service that is named, or none.
            if (link.Quality < Whole && services.Count > 0 && !link.Targets.Any(t => services.Any(s => t.Services.Contains(s.Name))))
                continue;
            foreach (var target in Fitting(link.Targets, services))
                Add(found, target, services, sentence.Words(link.Start, link.End));
            sentence.Use(link.Start, link.End);
        }

        if (found.Count == 0 && without.Count == 0)
            Nouns(sentence, services, conditions, found);
        if (found.Count == 0 && without.Count == 0 && Made(sentence, services) is { } made)
            Add(found, made.Target, services, made.Words);
        return found;
    }

    // "how many transfers were there": those that were made, not whatever else the service of that name was asked.
    private static (LinkTarget Target, string Words)? Made(Sentence sentence, IReadOnlyList<ServiceReference> services)
    {
        if (services is not [{ Standing: ServiceStanding.Instrumented } only])
            return null;
        foreach (var link in sentence.LinksOf(LinkKind.Service).Where(l => l.Length == 1 && l.Targets.Any(t => t.Name == only.Name)))
        {
            var noun = sentence.Tokens[link.Start];
            if (
                noun.Glue != '\0'
                || !WordStem.IsPlural(noun.Lower)
                || sentence.MeansAt(link.End, Concept.Request, Concept.Service, Concept.Operation, Concept.Calls)
                || !IsCounted(sentence, link.Start)
                || IsUsedOtherwise(sentence, link.End)
            )
                continue;
            if (
                sentence
                    .Index.Operations.ByNoun(noun.Stem)
                    .Where(t => t.EntryServices.Contains(only.Name) && t.Name.StartsWith(Creates, StringComparison.Ordinal))
                    .ToList()
                is [var target]
            )
                return (target, noun.Text);
        }

        return null;
    }

    // "how many transfers were listed", "were looked up": not made.
    private static bool IsUsedOtherwise(Sentence sentence, int from)
    {
        for (var i = from; i < sentence.Tokens.Count && !sentence.Tokens[i].IsBreak; i++)
        {
            var word = sentence.Tokens[i].Lower;
            if (
                sentence.Tokens[i].Kind == WordTokenKind.Word
                && sentence.MarkAt(i) is null
                && sentence.LinkAt(i) is null
                && sentence.TimeAt(i) is null
                && !WordRoles.Making.Contains(word)
                && !WordRoles.Done.Contains(word)
                && (PlainWords.Verbs.Contains(word) || word.EndsWith(Past, StringComparison.Ordinal))
            )
                return true;
        }

        return false;
    }

    private const string Past = "ed";

    /// <summary>The method of operations that make something.</summary>
    private const string Creates = "POST ";

    // "how many instant transfers", "the number of transfers"
    private static bool IsCounted(Sentence sentence, int noun)
    {
        var at = noun - 1;
        while (at >= 0 && (sentence.LinkAt(at) is { Kind: LinkKind.Value or LinkKind.Key } || sentence.MeansAt(at, Concept.Article)))
            at--;
        return sentence.MarkAt(at) is { } count && count.Senses.Contains(Concept.Count) && count.End - count.Start > 1;
    }

    private static void Nouns(
        Sentence sentence,
        IReadOnlyList<ServiceReference> services,
        IReadOnlyList<AttributeCondition> conditions,
        List<OperationReference> found
    )
    {
        var near = services.Where(s => s.Standing == ServiceStanding.Instrumented).Select(s => s.Name).ToList();
        if (near.Count == 0 && sentence.Continues)
            return;
        for (var i = 0; i < sentence.Tokens.Count; i++)
        {
            var wordToken = sentence.Tokens[i];
            if (
                wordToken.Kind != WordTokenKind.Word
                || wordToken.Lower.Length < 4
                || sentence.IsUsed(i)
                || wordToken.Glue == '-'
                // "all quotes" are quotes; "each quote" may be a column.
                || sentence.MeansAt(i - 1, Concept.By, Concept.Every, Concept.Which)
                    && !WordRoles.Whole.Contains(sentence.Tokens[i - 1].Lower)
                || sentence.TimeAt(i) is not null
                || sentence.ConceptAt(i) is not null
                || sentence.LinkAt(i) is { } link
                    && !(
                        link.Length == 1
                        && (
                            link.Quality < Sure
                            || link is { Kind: LinkKind.Key, Quality: < 0.7 } or { Kind: LinkKind.Service }
                            || link.Kind == LinkKind.Key && (IsOfOperation(sentence, i) || IsCounted(sentence, i) && AreKinds(link))
                        )
                    )
                || FillerWords.IsFiller(wordToken.Lower)
                || conditions.Any(c => c.Words.Contains(wordToken.Text, StringComparison.Ordinal))
            )
            {
                continue;
            }

            var called = sentence
                .Index.Operations.ByNoun(wordToken.Stem)
                .Where(t => near.Count == 0 || near.Exists(t.EntryServices.Contains))
                .ToList();
            if (
                called.Count == 0
                && near.Count == 1
                && (IsOfOperation(sentence, i) || sentence.LinkAt(i) is null && !PlainWords.Verbs.Contains(wordToken.Lower))
            )
                called = Akin(sentence, wordToken.Lower, near[0]);
            var targets = Meant(called);
            // Without a service the noun has to be one operation of one service.
            if (targets.Count != 1 || near.Count != 1 && targets[0].EntryServices.Count != 1)
                continue;
            sentence.Use(i, i + 1);
            Add(found, targets[0], services, wordToken.Text);
        }
    }

    // "how many handovers", of which "handover.kind" tells kinds.
    private static bool AreKinds(Link key) => key.Targets.All(t => WordRoles.Kinds.Contains(NameParts.Of(t.Key!)[^1]));

    // "the extension operation", "extension requests"
    private static bool IsOfOperation(Sentence sentence, int i) => sentence.MeansAt(i + 1, Concept.Operation, Concept.Request);

    /// <summary>Words of one root share so much of the shorter one.</summary>
    private const double Root = 0.8;

    private const int ShortestRoot = 5;

    // "the extension operation" of POST /extend, "authorizations" of POST /authorize; "extnd"
    private static List<LinkTarget> Akin(Sentence sentence, string word, string service) =>
        word.Length < ShortestRoot
            ? []
            :
            [
                .. sentence
                    .Index.Operations.EntriesOf(service)
                    .Where(t => NameParts.Of(t.Name).Skip(1).Any(part => part.Length >= ShortestRoot && AreAkin(part, word))),
            ];

    private static bool AreAkin(string part, string word)
    {
        var shared = part.Zip(word).TakeWhile(pair => pair.First == pair.Second).Count();
        return shared >= ShortestRoot && shared >= Root * Math.Min(part.Length, word.Length) || EditDistance.Between(part, word, 1) <= 1;
    }

    // "bookings": of GET and POST /bookings the one that makes them.
    internal static List<LinkTarget> Meant(List<LinkTarget> targets)
    {
        if (targets.Count < 2)
            return targets;
        var making = targets.Where(t => t.Name.StartsWith(Making, StringComparison.OrdinalIgnoreCase)).ToList();
        return making.Count == 1 ? making : targets;
    }

    private const string Making = "POST ";

    /// <summary>From here on a link is a whole name.</summary>
    private const double Whole = 0.9;

    /// <summary>Below this a link is a guess.</summary>
    private const double Sure = 0.8;

    private static IReadOnlyList<LinkTarget> Fitting(IReadOnlyList<LinkTarget> targets, IReadOnlyList<ServiceReference> services)
    {
        var fitting = targets.Where(t => services.Any(s => t.Services.Contains(s.Name))).ToList();
        return fitting.Count > 0 ? fitting : targets;
    }

    private static void Add(List<OperationReference> found, LinkTarget target, IReadOnlyList<ServiceReference> services, string words)
    {
        if (found.Any(o => o.Name == target.Name))
            return;
        var where = target.EntryServices.Count > 0 ? target.EntryServices : target.Services;
        var named = where.Where(w => services.Any(s => s.Name == w)).ToList();
        found.Add(new OperationReference(target.Name, named.Count > 0 ? named : [.. where.Order(StringComparer.Ordinal)], words));
    }
}

/// <summary>Words of comparison as operators.</summary>
internal static class Operators
{
    public static ConditionOperator? Of(Concept concept) =>
        concept switch
        {
            Concept.Greater => ConditionOperator.Greater,
            Concept.Less or Concept.Below => ConditionOperator.Less,
            Concept.AtLeast => ConditionOperator.GreaterOrEqual,
            Concept.AtMost => ConditionOperator.LessOrEqual,
            Concept.Equals => ConditionOperator.Equal,
            Concept.NotEquals => ConditionOperator.NotEqual,
            Concept.Contains => ConditionOperator.Contains,
            Concept.Exists => ConditionOperator.Exists,
            Concept.Missing => ConditionOperator.Missing,
            _ => null,
        };

    public static ConditionOperator Negated(ConditionOperator op) =>
        op switch
        {
            ConditionOperator.Equal => ConditionOperator.NotEqual,
            ConditionOperator.NotEqual => ConditionOperator.Equal,
            ConditionOperator.Contains => ConditionOperator.NotContains,
            ConditionOperator.Greater => ConditionOperator.LessOrEqual,
            ConditionOperator.Less => ConditionOperator.GreaterOrEqual,
            ConditionOperator.GreaterOrEqual => ConditionOperator.Less,
            ConditionOperator.LessOrEqual => ConditionOperator.Greater,
            ConditionOperator.Exists => ConditionOperator.Missing,
            ConditionOperator.Missing => ConditionOperator.Exists,
            _ => op,
        };
}
