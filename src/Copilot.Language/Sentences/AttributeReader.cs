using Copilot.Language.Lexicon;
using Copilot.Language.Linking;
using Copilot.Language.Questions;
using Copilot.Language.Tokens;

namespace Copilot.Language.Sentences;

/// <summary>Chooses among the attributes that words may mean those that the named services carry.</summary>
internal static class AttributeReader
{
    /// <summary>Attributes named without a value; what conditions used is left out.</summary>
    public static IReadOnlyList<NamedAttribute> Read(Sentence sentence, IReadOnlyList<ServiceReference> services)
    {
        var named = new List<NamedAttribute>();
        foreach (var link in sentence.LinksOf(LinkKind.Key))
        {
            if (sentence.IsUsed(link.Start))
                continue;
            var keys = Ranked(link.Targets, services).Select(t => new AttributeName(t.Scope, t.Key)).Distinct().ToList();
            if (keys.Count > 0)
                named.Add(new NamedAttribute(link.Start, link.End, keys, IsGrouping(sentence, link)));
        }

        return named;
    }

    /// <summary>Those on the named services' requests first, then on their spans, then the rest; among equals the more frequent.</summary>
    public static IEnumerable<LinkTarget> Ranked(IEnumerable<LinkTarget> targets, IReadOnlyList<ServiceReference> services) =>
        targets
            .Select((t, i) => (Target: t, Order: i))
            .OrderByDescending(t => Fit(t.Target, services))
            .ThenBy(t => t.Order)
            .ThenByDescending(t => t.Target.Seen)
            .Select(t => t.Target);

    public static int Fit(LinkTarget target, IReadOnlyList<ServiceReference> services)
    {
        if (services.Count == 0)
            return target.EntryServices.Count > 0 ? 1 : 0;
        if (services.Any(s => target.EntryServices.Contains(s.Name)))
            return 3;
        return services.Any(s => target.Services.Contains(s.Name)) ? 2
            : target.EntryServices.Count > 0 ? 1
            : 0;
    }

    /// <summary>The one numeric attribute of a kind that fits the services best; null where there are several or none.</summary>
    /// <param name="isOfKind">Of the key.</param>
    /// <param name="least">How well it must fit.</param>
    public static LinkTarget? OnlyNumber(
        Sentence sentence,
        IReadOnlyList<ServiceReference> services,
        Func<string, bool> isOfKind,
        int least = 0
    )
    {
        var best = sentence
            .Index.Attributes.Keys.Where(key => isOfKind(key.Key) && key.Seen.Any(a => a.Type is "int" or "double"))
            .Select(key => key.Key)
            .Distinct(StringComparer.Ordinal)
            .SelectMany(sentence.Index.Attributes.Keyed)
            .GroupBy(target => Fit(target, services))
            .MaxBy(fitting => fitting.Key);
        return best is not null && best.Key >= least && best.Select(t => t.Key).Distinct(StringComparer.Ordinal).Count() == 1
            ? best.First()
            : null;
    }

    /// <summary><see cref="Fit"/> of what the named services carry, be it not on their requests.</summary>
    public const int Carried = 2;

    public static bool IsGrouping(Sentence sentence, Link link) =>
        sentence.WordAt(link.Start - 1)
            is "by"
                or "per"
                or "which"
                or "each"
                or "what"
                or "every"
                or "pro"
                or "je"
                or "nach"
                or "one"
                or "single"
                or "bad"
                or "across"
                or "between"
                or "welche"
                or "welcher"
                or "particular"
                or "specific"
                or "same"
        || sentence.WordAt(link.Start - 1) is "the" or "a" or "and" && sentence.WordAt(link.Start - 2) is "by" or "per" or "each";

    /// <summary>"Whose variant was false": a value that is written as such.</summary>
    public static bool IsLiteral(Sentence sentence, int at) =>
        at < sentence.Tokens.Count
        && (
            sentence.LinkAt(at) is { Kind: LinkKind.Value }
            || sentence.Tokens[at].Kind is WordTokenKind.Number or WordTokenKind.Quoted or WordTokenKind.Version
            || WordRoles.Truth.Contains(sentence.Tokens[at].Lower)
        );

    /// <summary>A number that tells no time.</summary>
    public static bool IsPlainNumber(Sentence sentence, int at) =>
        sentence.Tokens[at].Kind == WordTokenKind.Number && sentence.TimeAt(at) is null;

    /// <summary>"Top 5 regions" counts, "degraded pages" tells.</summary>
    public static bool IsRankNumber(Sentence sentence, int at) => sentence.ConceptAt(at - 2)?.Concept is Concept.Top or Concept.Slowest;
}

/// <summary>An attribute that the question names.</summary>
/// <param name="Start">First token.</param>
/// <param name="End">The token after the last.</param>
/// <param name="Grouping">The words around it say that things are grouped by it.</param>
internal sealed record NamedAttribute(int Start, int End, IReadOnlyList<AttributeName> Keys, bool Grouping);
