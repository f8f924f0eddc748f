using Copilot.Language.Lexicon;
using Copilot.Language.Tokens;

namespace Copilot.Language.Linking;

/// <summary>How well a find fits what stands around it.</summary>
internal sealed partial class Linker
{
    private double Rank(Link link)
    {
        var rank = link.Quality + 0.04 * (link.Length - 1);
        var whole = WholeGroup(link.Start, link.End);
        if (!whole)
            rank -= RestIsPlain(link) ? 0.1 : 0.6;
        var common = Enumerable.Range(link.Start, link.Length).All(i => FillerWords.IsOrdinary(wordTokens[i].Lower) || IsConceptWord(i));
        var filler = Enumerable.Range(link.Start, link.Length).All(i => FillerWords.IsFiller(wordTokens[i].Lower) || IsConceptWord(i));
        var phrase = concepts.Any(c => c.End - c.Start > link.Length && c.Start < link.End && link.Start < c.End);
        // "error rate" speaks of no service "rates", unless it is put as one: "p95 of search for DE".
        if (phrase && link.Kind != LinkKind.Key)
            rank -= link.Quality > 0.98 && _context.IsPlaced(link.Start) ? 0 : 1;
        return link.Kind switch
        {
            LinkKind.Service => rank
                + 0.12
                - (
                    common
                    && !(whole && link.Quality > 0.85 && _context.IsNamePosition(link.Start, link.End))
                    && !(whole && (!filler || HasPlace(link)) && IsOnlyOne(link))
                    && !IsWritten(link)
                    && link.Quality != NameRoots.Quality
                        ? filler
                            ? 0.7
                            : 0.5
                        : 0
                ),
            LinkKind.Operation => rank
                + (link.Length > 1 ? 0.1 : 0.02)
                - (
                    common
                        ? filler && !wordTokens[link.Start].Text.All(char.IsUpper)
                            ? 0.7
                            : 0.4
                        : 0
                ),
            LinkKind.Key => KeyRank(link, rank, common),
            LinkKind.Value => ValueRank(link, rank, common),
            LinkKind.Team
                when wordTokens[Math.Max(0, link.Start - 1)].Lower is "team" or "squad"
                    || link.End < wordTokens.Count && wordTokens[link.End].Lower is "team" or "squad" => rank + 0.1,
            // "p95 of the portal": a service may be called like the team that owns it.
            LinkKind.Team => rank - (common ? 0.4 : 0) - (IsPartOfService(link) ? 0.3 : 0),
            // "max consumer lag": words that mean something else one by one.
            LinkKind.Metric when link.Length > 1 && link.Targets.All(t => t.Type != KnownNamesIndex.Histogram) => rank
                + (link.Length > 2 ? 0.2 : 0),
            _ => rank - (common ? 0.4 : 0),
        };
    }

    // "route-graph", "top-ups": in one word as it is called, whatever its parts mean.
    private bool IsWritten(Link link) =>
        link is { Length: > 1, Quality: > 0.95 }
        && Enumerable.Range(link.Start + 1, link.Length - 1).All(i => wordTokens[i].Group == wordTokens[link.Start].Group);

    // "on the website", "to the customer app": one service has the words in its name, title or description.
    private bool IsOnlyOne(Link link) =>
        link is { Targets: [{ Instrumented: true }] }
        && (link.Length > 1 || !IsConceptWord(link.Start) || HasPlace(link))
        && (
            // "how many app requests", "customer app p50", "app, business only: …"
            HasPlace(link) && (link.Length > 1 || link.Start == 0 || concepts.Any(c => c.Start == link.End && c.Concept is Concept.Request))
            || link.Start > 0 && WordRoles.Definite.Contains(wordTokens[link.Start - 1].Lower)
        )
        // "the product pages"
        && (
            HasPlace(link)
            || link.End == wordTokens.Count
            || wordTokens[link.End].Kind != WordTokenKind.Word
            || IsConceptWord(link.End)
            || FillerWords.IsFiller(wordTokens[link.End].Lower)
        );

    private bool HasPlace(Link link) => Enumerable.Range(link.Start, link.Length).Any(i => NameParts.IsPlace(wordTokens[i].Lower));

    private bool IsPartOfService(Link link)
    {
        var parts = Parts(link.Start, link.End);
        return (index.Services.Find(NameParts.Joined(parts)) ?? index.Services.FindStem(NameParts.Stemmed(parts))) is { } service
            && service.Targets.Count(t => t.Instrumented) == 1;
    }

    private double KeyRank(Link link, double rank, bool common)
    {
        if (link.Quality >= Identifiers.OfOneThing)
            return rank;
        // "driver-api" is one name, whatever attribute its first part is called like; "number-porting" is a service, no "number.ported".
        if (IsPartOfWritten(link) || IsServiceAsWritten(link))
            return 0;
        // "by number of failed requests"
        if (link.Length == 1 && WordRoles.Counting.Contains(wordTokens[link.Start].Lower) && Follows(link.End, WordRoles.Of))
            return 0;
        var concept = concepts.FirstOrDefault(c => c.Start <= link.Start && link.Start < c.End && c.End >= link.End)?.Concept;
        if (concept is Concept.Operation or Concept.Service or Concept.Trace or Concept.Request or Concept.Span or Concept.Log)
            return 0;
        // "is" is no attribute because one is called "isUrgent".
        var small =
            link.Length == 1
            && wordTokens[link.Start].Lower.Length < 4
            && FillerWords.IsFiller(wordTokens[link.Start].Lower)
            && (link.End >= wordTokens.Count || wordTokens[link.End].Text is not ("=" or "=="));
        if (small || IsServiceName(link))
            return 0;
        // "average order value": all of its words.
        if (IsBound(link) || IsToldBehind(link) || link is { Length: > 1, Quality: > 0.9 } && concept is null)
            return rank + 0.3;
        // "live requests", "ranked ones" tell which requests, however ordinary the word.
        var adjective =
            link.Quality > AttributeLinks.OfNamespace
            && link.Targets.Any(t => t.Type == "bool")
            && (
                concepts.Any(c => c.Start == link.End && c.Concept is Concept.Request or Concept.Trace)
                || link.End < wordTokens.Count && wordTokens[link.End].Lower is "ones"
                || link.Start > 0
                    && PhraseTable.Asking.FindAll(wordTokens, link.Start - 1, _ => true) is { } before
                    && before.Concepts.Any(c => c is Concept.Be or Concept.Request)
            );
        if (concept is not null && !_context.IsCounting(link.Start) && !(adjective && link.Quality > 0.8))
            return 0;
        if (_context.IsGrouping(link.Start) || link.Quality > AttributeLinks.OfNamespace && _context.IsDistinct(link.Start))
            return rank + 0.35;
        return rank
            - (
                adjective ? 0
                : common ? 0.25
                : 0.1
            );
    }

    private bool Follows(int at, IReadOnlySet<string> words) => at < wordTokens.Count && words.Contains(wordTokens[at].Lower);

    private bool IsServiceAsWritten(Link link) =>
        NameParts.Joined(Parts(link.Start, link.End)) is var joined
        && index.Services.Find(joined) is { Quality: > 0.98 } service
        && service.Targets.Any(t => t.Instrumented)
        && link.Targets.All(t => NameParts.Joined(NameParts.Of(t.Key!)) != joined);

    private bool IsPartOfWritten(Link link) =>
        link.End < wordTokens.Count
            && wordTokens[link.End].Glue is '-' or '_' or '.'
            && wordTokens[link.End].Group == wordTokens[link.End - 1].Group
        || wordTokens[link.Start].Glue is '-' or '_' or '.'
            && link.Start > 0
            && wordTokens[link.Start - 1].Group == wordTokens[link.Start].Group
            // "per-pod p95"
            && !_context.IsCounting(link.Start);

    // "in a currency that is not euro"
    private bool IsToldBehind(Link key)
    {
        var at = key.End;
        while (at < wordTokens.Count && at < key.End + 4 && WordRoles.Attributive.Contains(wordTokens[at].Lower))
            at++;
        return at > key.End && ValueOf(key, at);
    }

    // "transfers" is the service, not an attribute of which it is only the beginning ("transfer.type").
    private bool IsServiceName(Link link)
    {
        if (
            link.Quality > 0.95
            || _context.IsGrouping(link.Start)
            || link.Quality > AttributeLinks.OfNamespace && _context.IsDistinct(link.Start)
            || link.End < wordTokens.Count && wordTokens[link.End].Text is "=" or "==" or "!=" or ">" or "<" or ">=" or "<="
        )
            return false;
        var parts = Parts(link.Start, link.End);
        return (index.Services.Find(NameParts.Joined(parts)) ?? index.Services.FindStem(NameParts.Stemmed(parts)))
                is { Quality: > 0.9 } service
            && service.Targets.Any(t => t.Instrumented);
    }

    private double ValueRank(Link link, double rank, bool common)
    {
        // "web against app"
        if (link.Quality > 0.95 && IsListed(link))
            return rank + 0.3;
        // "give us": a small word is a value only as it is written.
        if (link.Length == 1 && FillerWords.IsFiller(wordTokens[link.Start].Lower) && !IsCapitals(link) && !IsAssigned(link))
            return 0;
        // "the error message" speaks of no attribute that has the value "Error".
        if (link.Length == 1 && IsConceptWord(link.Start) && !IsCapitals(link) && !IsAssigned(link))
            return HasKeyBeside(link) && !IsStateWord(link.Start) ? rank + 0.3 : rank - 0.6;
        if (HasKeyBeside(link))
            return rank + 0.3;
        if (IsSum(link))
            return 0;
        // "p95 of transfers, ledger and sepa-gateway": services, be they called so in another attribute, too.
        if (IsServiceToo(link))
            return rank - 0.1;
        if (IsListed(link))
            return rank + 0.3;
        // "the 5 slowest": a number is a value only beside the attribute that has it.
        if (link.Length == 1 && wordTokens[link.Start] is { Kind: WordTokenKind.Number, Text.Length: < 3 } && !IsAssigned(link))
            return 0;
        // "a bad patch": what is written in capitals is no word of everyday language.
        if (link.Length == 1 && IsShouted(link) && PlainWords.English.Contains(wordTokens[link.Start].Lower))
            return rank - 0.5;
        // "United States": more than one word is a name, be each of them ordinary.
        if (link.Length > 1 && link.Quality > 0.95 && !Enumerable.Range(link.Start, link.Length).All(IsConceptWord))
            return rank;
        return common && !IsCapitals(link) && !IsRestriction(link) && !TellsWhich(link) && !IsFragmentOf(link) ? rank - 0.5 : rank;
    }

    // "the median plus the 90th percentile": one figure and another.
    private bool IsSum(Link link)
    {
        if (link.Length > 1 || !WordRoles.Adding.Contains(wordTokens[link.Start].Lower))
            return false;
        var next = Follows(link.End, WordRoles.Definite) ? link.End + 1 : link.End;
        return IsFigure(link.Start - 1) && IsFigure(next);
    }

    private bool IsFigure(int i) =>
        i >= 0
        && i < wordTokens.Count
        && (
            concepts.Any(c => c.Start <= i && i < c.End && Figures.Contains(c.Concept))
            || PhraseTable.Asking.FindAll(wordTokens, i, _ => true) is { } found && found.Concepts.Any(Figures.Contains)
        );

    private static readonly Concept[] Figures =
    [
        Concept.Median,
        Concept.Mean,
        Concept.Percentile,
        Concept.ErrorRate,
        Concept.Maximum,
        Concept.Minimum,
        Concept.Count,
        Concept.Throughput,
        Concept.Request,
    ];

    private bool IsServiceToo(Link link) =>
        NameParts.Joined(Parts(link.Start, link.End)) is var joined
        && index.Services.Find(joined) is { Quality: > 0.98 } service
        && service.Targets.Any(s => s.Instrumented && link.Targets.Any(t => t.Name == s.Name));

    private bool IsShouted(Link link) =>
        link.Targets.All(t => t.Name.Length > 1 && t.Name.All(char.IsUpper)) && !wordTokens[link.Start].Text.All(char.IsUpper);

    private bool IsAssigned(Link link) => link.Start > 0 && wordTokens[link.Start - 1].Text is "=" or "==" or "!=" or ":";

    private bool IsStateWord(int i) =>
        concepts.Any(c => c.Start <= i && i < c.End && c.Concept is Concept.Failed or Concept.ErrorLog or Concept.Slow);

    // "the same for gold": a short question in which nothing else could be meant.
    private bool IsFragmentOf(Link link) =>
        link.Quality > 0.95 && wordTokens.Count <= 10 && _context.IsPlaced(link.Start) && !IsConceptWord(link.Start);

    // "gold customers", "gold requests", "gold checkout requests"
    private bool TellsWhich(Link link)
    {
        if (link.Quality < 0.95)
            return false;
        var at =
            link.End < wordTokens.Count && index.Services.Find(wordTokens[link.End].Lower) is { Quality: > 0.9 } ? link.End + 1 : link.End;
        return at < wordTokens.Count
            && (
                wordTokens[at].Lower is "customers" or "users" or "accounts" or "clients" or "subscribers"
                || concepts.Any(c => c.Start == at && c.Concept is Concept.Request or Concept.Trace)
                // "gold p95 of booking"
                || link.Start == 0 && concepts.Any(c => c.Start == at && Figures.Contains(c.Concept))
            );
    }

    // "only gold", "just gold?": nothing else stands there to be restricted.
    private bool IsRestriction(Link link) =>
        link.Quality > 0.9
        && (
            link.Start > 0
                && wordTokens[link.Start - 1].Lower is "only" or "just" or "nur"
                && (link.End == wordTokens.Count || wordTokens[link.End].IsBreak || !free(link.End))
            // ", gold only"
            || link.Start > 0
                && wordTokens[link.Start - 1].IsBreak
                && link.End < wordTokens.Count
                && wordTokens[link.End].Lower is "only"
                && (link.End + 1 == wordTokens.Count || wordTokens[link.End + 1].IsBreak || !free(link.End + 1))
        );

    // "plan business vs free": a value in one breath with another of its key.
    private bool IsListed(Link link) => IsListed(link, link.Start - 1, link.Start - 2) || IsListed(link, link.End, link.End + 1);

    private bool IsListed(Link link, int joint, int other) =>
        Math.Min(joint, other) >= 0
        && Math.Max(joint, other) < wordTokens.Count
        && wordTokens[joint].Lower is "vs" or "versus" or "or" or "and" or "nor" or "than" or "against" or "with" or ","
        && free(other)
        && Values(other).Any(v => link.Targets.Any(t => t.Key == v.Key));

    // "US", "IT", "NO": in capitals, a word of everyday language is the value that is written so.
    private bool IsCapitals(Link link) =>
        link.Length == 1
        && wordTokens[link.Start] is { Kind: WordTokenKind.Word, Text.Length: > 1 and < 6 } wordToken
        && wordToken.Text.All(char.IsUpper)
        && wordToken.Text is not ("AND" or "OR" or "NOT")
        && link.Targets.Any(t => t.Name == wordToken.Text)
        && wordTokens.Any(t => t.Text.Any(char.IsLower));
}
