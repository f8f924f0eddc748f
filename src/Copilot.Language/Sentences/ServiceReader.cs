using Copilot.Language.Lexicon;
using Copilot.Language.Linking;
using Copilot.Language.Questions;
using Copilot.Language.Tokens;

namespace Copilot.Language.Sentences;

/// <summary>The services that a question names; an ambiguous name is settled by what else is named.</summary>
internal static class ServiceReader
{
    public static (IReadOnlyList<ServiceReference> Services, IReadOnlyList<(string, IReadOnlyList<string>)> Ambiguous) Read(
        Sentence sentence,
        out List<string> without,
        out List<Uncalled> uncalled
    )
    {
        var services = new List<ServiceReference>();
        var ambiguous = new List<(string, IReadOnlyList<string>)>();
        without = [];
        uncalled = [];
        var links = sentence.LinksOf(LinkKind.Service).ToList();
        links =
        [
            .. links.Where(link => !IsObject(sentence, link, links) && !IsWord(sentence, link, links) && !IsKey(sentence, link, links)),
        ];
        var strong = links.Where(l => l.Quality >= 0.9 || l.Targets.Count == 1 && l.Quality >= 0.8).ToList();
        foreach (var link in links)
        {
            var words = sentence.Words(link.Start, link.End);
            var targets = Settle(link, sentence, strong);
            if (targets.Count == 1)
            {
                if (link.Quality < 0.8 && strong.Count > 0 && !IsListed(sentence, link) && !strong.Contains(link))
                    continue;
                sentence.Use(link.Start, link.End);
                UseNoun(sentence, link.End);
                if (
                    link.Quality > 0.8
                    && targets[0].Instrumented
                    && (DenialOfCall(sentence, link) ?? DenialOfSpan(sentence, link, links)) is { } denial
                )
                {
                    uncalled.Add(new Uncalled(targets[0].Name, denial, link.Start));
                    continue;
                }

                if (IsLeftOut(sentence, link))
                {
                    without.Add(targets[0].Name);
                    continue;
                }

                var standing = targets[0].Instrumented ? ServiceStanding.Instrumented : ServiceStanding.Peer;
                if (services.All(s => s.Name != targets[0].Name))
                    services.Add(new ServiceReference(targets[0].Name, standing, words));
            }
            // Only a name that is certain makes an uncertain one a word like any other; several good matches of one word are a question
            // back.
            else if (strong.TrueForAll(l => l.Targets.Count > 1))
            {
                sentence.Use(link.Start, link.End);
                ambiguous.Add((words, [.. targets.Take(6).Select(t => t.Name)]));
            }
        }

        return (services, ambiguous);
    }

    // "for the monthly review I need … of the storefront": a word that only sounds like a service, beside one that is named.
    private static bool IsWord(Sentence sentence, Link link, List<Link> links) =>
        link is { Length: 1, Targets.Count: 1 }
        && !link.Targets[0].Name.Equals(sentence.Tokens[link.Start].Lower, StringComparison.OrdinalIgnoreCase)
        && WordStem.Of(link.Targets[0].Name.ToLowerInvariant()) == sentence.Tokens[link.Start].Stem
        && links.Exists(other =>
            other.Targets is [{ Instrumented: true } named] && named.Name != link.Targets[0].Name && other.Quality > link.Quality
        );

    // "CHF as their currency", "six items in the cart": what an attribute is called, beside a service that is named.
    private static bool IsKey(Sentence sentence, Link link, List<Link> links) =>
        link.Length == 1
        && links.Exists(other => other.Targets[0].Name != link.Targets[0].Name)
        && sentence.MeansAt(link.Start - 1, Concept.Article, Concept.Pronoun)
        && !sentence.MeansAt(link.End, Concept.Service, Concept.Request)
        && sentence.Links.Any(l =>
            l.Kind is LinkKind.Value or LinkKind.Key
            && l.Start != link.Start
            && l.Targets.Any(t => t.Key is not null && NameParts.Of(t.Key).Contains(sentence.Tokens[link.Start].Lower))
        );

    // "placing a booking in the customer portal", "portal bookings": what the other service's operation is about.
    private static bool IsObject(Sentence sentence, Link link, List<Link> links) =>
        link is { Length: 1, Targets.Count: 1 }
        && (
            WordRoles.Indefinite.Contains(sentence.WordAt(link.Start - 1) ?? "")
            || sentence.LinkAt(link.Start - 1) is { Kind: LinkKind.Value, Quality: > 0.95 }
                && WordStem.IsPlural(sentence.Tokens[link.Start].Lower)
            || links.Exists(l => l.End == link.Start)
                && (
                    WordStem.IsPlural(sentence.Tokens[link.Start].Lower)
                    // "the portal booking call"
                    || sentence.MeansAt(link.End, Concept.Request, Concept.Calls, Concept.Operation)
                )
        )
        && links.Exists(other =>
            other != link
            && other.Targets is [{ Instrumented: true } owner]
            && owner.Name != link.Targets[0].Name
            && sentence.Index.Operations.ByNoun(sentence.Tokens[link.Start].Stem).Any(o => o.EntryServices.Contains(owner.Name))
        );

    private static IReadOnlyList<LinkTarget> Settle(Link link, Sentence sentence, List<Link> strong)
    {
        if (link.Targets.Count == 1)
            return link.Targets;
        var operations = sentence
            .LinksOf(LinkKind.Operation)
            .Where(l => l.Quality > 0.9)
            .SelectMany(l => l.Targets)
            .SelectMany(t => t.EntryServices)
            .ToHashSet();
        var fitting = link.Targets.Where(t => operations.Contains(t.Name)).ToList();
        if (fitting.Count == 1)
            return fitting;
        // "card payments that were declined for lack of funds": that of them whose requests carry it.
        var carrying = sentence
            .Links.Where(l => l.Kind is LinkKind.Value or LinkKind.Key && l.Quality > 0.8)
            .Select(l => link.Targets.Where(t => l.Targets.Any(x => x.EntryServices.Contains(t.Name))).ToList())
            .Where(found => found.Count > 0 && found.Count < link.Targets.Count)
            .ToList();
        if (carrying.Count > 0 && link.Targets.Where(t => carrying.TrueForAll(found => found.Contains(t))).ToList() is [var only])
        {
            // "card payments": what it does, said in a word.
            if (
                link.End < sentence.Tokens.Count
                && sentence.Tokens[link.End].Kind == WordTokenKind.Word
                && sentence.LinkAt(link.End) is null
                && sentence.MarkAt(link.End) is null
                && WordStem.IsPlural(sentence.Tokens[link.End].Lower)
            )
                sentence.Use(link.End, link.End + 1);
            return [only];
        }

        var named = strong.Where(l => l != link && l.Targets.Count == 1).Select(l => l.Targets[0].Name).ToHashSet();
        var repeated = link.Targets.Where(t => named.Contains(t.Name)).ToList();
        if (repeated.Count == 1)
            return repeated;
        var sending = link.Targets.Where(t => t.Instrumented).ToList();
        return sending.Count == 1 ? sending : link.Targets;
    }

    // "without calling stock", "that did not call the stock service": where it is denied.
    private static int? DenialOfCall(Sentence sentence, Link link)
    {
        var at = link.Start - 1;
        while (at >= 0 && sentence.MeansAt(at, Concept.Article, Concept.Service))
            at--;
        // "any call to stock"
        if (sentence.WordAt(at) is { } to && WordRoles.Towards.Contains(to))
            at--;
        if (at < 0 || sentence.MarkAt(at) is not { } call || !call.Senses.Contains(Concept.Calls))
            return null;
        at = call.Start - 1;
        while (at >= 0 && sentence.MeansAt(at, Concept.Article, Concept.Exist))
            at--;
        while (at >= 0 && sentence.MarkAt(at) is null && FillerWords.IsFiller(sentence.Tokens[at].Lower))
            at--;
        return Denial(sentence, at) is { } denied
            ? sentence.MeansAt(denied.Start - 1, Concept.Do)
                ? denied.Start - 1
                : denied.Start
            : null;
    }

    // "all services except payment"
    internal static bool IsLeftOut(Sentence sentence, Link link)
    {
        // "if X is left out", "X aside"
        var behind = link.End;
        while (
            behind < sentence.Tokens.Count
            && behind < link.End + 2
            && sentence.MeansAt(behind, Concept.Be, Concept.Operation, Concept.Service)
        )
            behind++;
        if (sentence.MarkAt(behind) is { } leftOut && leftOut.Senses.Contains(Concept.LeftOut))
        {
            sentence.Use(link.End, leftOut.End);
            return true;
        }

        // "if I leave X out"
        if (sentence.WordAt(link.End) is { } aside && WordRoles.Out.Contains(aside) && !sentence.MeansAt(link.End + 1, Concept.Preposition))
        {
            var verb = link.Start - 1;
            while (verb > 0 && sentence.MeansAt(verb, Concept.Article))
                verb--;
            if (
                verb >= 0
                && WordRoles.Leaving.Contains(sentence.Tokens[verb].Lower)
                && (verb == 0 || sentence.Tokens[verb - 1].IsBreak || WordRoles.Wishing.Contains(sentence.Tokens[verb - 1].Lower))
            )
            {
                sentence.Use(verb, link.Start);
                sentence.Use(link.End, link.End + 1);
                return true;
            }
        }

        var far = 0;
        for (var i = link.Start - 1; i >= 0 && far < 6; i--)
        {
            if (sentence.MarkAt(i) is { } without && without.Senses.Any(c => c is Concept.Without or Concept.NotEquals))
            {
                sentence.Use(without);
                return true;
            }

            // "leave out the two front doors X and Y": plain words and others that are left out stand between.
            if (sentence.LinkAt(i) is { } other && other.Kind == link.Kind)
                i = other.Start;
            else if (sentence.LinkAt(i) is { Kind: LinkKind.Key } key && link.Kind == LinkKind.Value)
                i = key.Start;
            else if (
                sentence.Tokens[i].IsBreak && !sentence.Tokens[i].IsSymbol(",") && !sentence.Tokens[i].IsSymbol("(")
                || sentence.TimeAt(i) is not null
                || sentence.LinkAt(i) is not null
                || sentence.MarkAt(i) is { } mark
                    && !mark.Senses.Any(c =>
                        c
                            is Concept.Article
                                or Concept.Preposition
                                or Concept.Joint
                                or Concept.Or
                                or Concept.Service
                                or Concept.Request
                                or Concept.Every
                    )
            )
                return false;
            else if (sentence.MarkAt(i) is null)
                far++;
        }

        return false;
    }

    // "traces with a cart span but no stock span", "traces of cart without stock": what has none of its spans.
    private static int? DenialOfSpan(Sentence sentence, Link link, List<Link> links)
    {
        var spans = sentence.MeansAt(link.End, Concept.Span);
        if (
            !sentence.MayMean(Concept.Trace)
            || links[0].Start >= link.Start
            || sentence.MayMean(Concept.Failed, Concept.Succeeded)
            || sentence.MarkAt(link.End) is not null && !spans
        )
            return null;
        var at = link.Start - 1;
        while (at >= 0 && sentence.MeansAt(at, Concept.Article))
            at--;
        if (Denial(sentence, at) is not { } denied)
            return null;
        if (spans)
            sentence.Use(link.End, link.End + 1);
        return denied.Start;
    }

    private static ConceptMark? Denial(Sentence sentence, int at) =>
        sentence.MarkAt(at) is { } mark && mark.Senses.Any(c => c is Concept.Without or Concept.Negation) ? mark : null;

    // "cart and checkout", "payment/checkout"
    private static bool IsListed(Sentence sentence, Link link) =>
        sentence.WordAt(link.Start - 1) is "and" or "or" or "," or "/" or "vs" || link.Start > 0 && sentence.Tokens[link.Start].Glue == '/';

    private static void UseNoun(Sentence sentence, int at)
    {
        if (
            sentence.LinkAt(at) is null or { Kind: LinkKind.Key }
            && sentence.WordAt(at) is { } word
            && (word is "services" or "component" or "system" or "pods" or "dienst" || NameParts.IsGeneric(word))
        )
            sentence.Use(at, at + 1);
    }
}

/// <summary>A service that is said not to be called.</summary>
/// <param name="Start">Where the words begin that say so.</param>
/// <param name="End">The token after the last of them.</param>
internal sealed record Uncalled(string Service, int Start, int End);
