using Copilot.Agent.Interpretation.Lexicon;
using Copilot.Agent.Interpretation.Tokens;
using Copilot.Telemetry.Spans;

namespace Copilot.Agent.Interpretation.Linking;

/// <summary>Finds what a question names of the catalogue; overlapping finds are settled by quality and by what stands around.</summary>
internal sealed class Linker(IReadOnlyList<Token> tokens, IReadOnlyList<ConceptMark> concepts, Func<int, bool> free, CatalogueIndex index)
{
    private const int LongestName = 8;

    private static readonly string Own = NameParts.Joined(NameParts.Of(OwnService.Name));

    private readonly LinkContext context = new(tokens, concepts);

    public IReadOnlyList<Link> Read()
    {
        var found = new List<(Link Link, double Rank)>();
        for (var i = 0; i < tokens.Count; i++)
        {
            for (var n = 1; n <= LongestName && i + n <= tokens.Count && free(i + n - 1); n++)
            {
                if (n > 1 && tokens[i + n - 1].Kind is TokenKind.Symbol && tokens[i + n - 1].Glue == '\0')
                    break;
                foreach (var link in Candidates(i, i + n))
                {
                    if (Rank(link) is var rank && rank >= 0.58)
                        found.Add((link, rank));
                }
            }
        }

        var taken = new bool[tokens.Count];
        var kept = new List<Link>();
        foreach (var (link, _) in found.OrderByDescending(f => f.Rank).ThenBy(f => f.Link.Start))
        {
            if (Enumerable.Range(link.Start, link.Length).Any(i => taken[i]))
                continue;
            for (var i = link.Start; i < link.End; i++)
                taken[i] = true;
            kept.Add(link);
        }

        return [.. kept.OrderBy(l => l.Start)];
    }

    private IEnumerable<Link> Candidates(int start, int end)
    {
        var token = tokens[start];
        if (token.Kind == TokenKind.Path || OperationIndex.IsMethod(token.Text) && end - start == 2 && tokens[start + 1].Kind == TokenKind.Path)
        {
            var method = token.Kind == TokenKind.Path ? null : token.Text;
            var path = tokens[end - 1].Text;
            if (end - start == (method is null ? 1 : 2) && index.Operations.ByPath(method, path) is { Count: > 0 } operations)
                yield return new Link(start, end, LinkKind.Operation, operations, method is null ? 0.95 : 1);
            yield break;
        }

        if (end - start == 1 && token.Kind is TokenKind.Version or TokenKind.Number or TokenKind.Quoted &&
            index.Attributes.ByRawValue(token.Text) is { Count: > 0 } raw && (token.Kind is not TokenKind.Number || context.IsGrouping(start)))
        {
            yield return new Link(start, end, LinkKind.Value, raw, 0.99);
        }

        // "cabin J", "for J": a single letter is a value only as it is written, where a value stands.
        if (end - start == 1 && token is { Kind: TokenKind.Word, Text.Length: 1 } && index.Attributes.ByRawValue(token.Text).Where(t => t.Name == token.Text).ToList() is { Count: > 0 } letters &&
            new Link(start, end, LinkKind.Value, letters, 0.99) is var letter && (HasKeyBeside(letter) || IsListed(letter) || char.IsUpper(token.Text[0]) && token.Text is not ("A" or "I") && context.IsPlaced(start)))
        {
            yield return letter;
        }

        if (token.Kind is TokenKind.Quoted && end - start == 1)
        {
            foreach (var link in Named(start, end, NameParts.Of(token.Text)))
            {
                if (link.Quality >= 0.9)
                    yield return link;
            }
        }

        if (Enumerable.Range(start, end - start).All(i => tokens[i].Kind is TokenKind.Word or TokenKind.Number or TokenKind.Version))
        {
            foreach (var link in Named(start, end, [.. Enumerable.Range(start, end - start).SelectMany(i => NameParts.Of(tokens[i].Lower))]))
                yield return link;
        }
    }

    private IEnumerable<Link> Named(int start, int end, IReadOnlyList<string> parts)
    {
        var joined = NameParts.Joined(parts);
        if (joined.Length < 2 || joined.All(char.IsDigit))
            yield break;
        var stemmed = NameParts.Stemmed(parts);
        if (Service(start, end, parts, joined, stemmed) is { } service)
            yield return service;
        if (index.Operations.Find(joined) is { } operation)
            yield return new Link(start, end, LinkKind.Operation, operation.Targets, operation.Quality - 0.02);
        if (index.Attributes.FindKey(joined, stemmed) is { } key)
            yield return new Link(start, end, LinkKind.Key, key.Targets, key.Quality);
        if ((index.Attributes.FindValue(joined) ?? index.Attributes.FindValue(stemmed)) is { } value)
            yield return new Link(start, end, LinkKind.Value, value.Targets, value.Quality);
        else if (IsStrange(start, end) && joined.Length > 5 && index.Attributes.FindNearValue(joined) is { Distance: 1 } near)
            yield return new Link(start, end, LinkKind.Value, near.Targets, near.Quality - 0.1);
        if (index.Teams.Find(joined) is { } team)
            yield return new Link(start, end, LinkKind.Team, team.Targets, team.Quality - 0.08);
        if (index.People.Find(joined) is { } person)
            yield return new Link(start, end, LinkKind.Person, person.Targets, person.Quality - 0.06);
    }

    private Link? Service(int start, int end, IReadOnlyList<string> parts, string joined, string stemmed)
    {
        // The copilot is in no catalogue: it is named by its whole name or not at all.
        if (end - start > 1 && tokens[start + 1].Glue == '-' && joined == Own && WholeGroup(start, end))
            return new Link(start, end, LinkKind.Service, [new LinkTarget(OwnService.Name, LinkKind.Service)], 1);
        if (index.Services.Find(joined) is { } exact)
            return new Link(start, end, LinkKind.Service, exact.Targets, exact.Quality);
        // "ranked requests" are told by an attribute "ranked" rather than by a service "ranks".
        if (index.ServiceStems.Find(stemmed) is { } stem)
            return new Link(start, end, LinkKind.Service, stem.Targets, index.Attributes.FindKey(joined, joined) is { Quality: > 0.98 } ? stem.Quality - 0.3 : stem.Quality);
        if (parts.Count > 1 && WholeGroup(start, end))
        {
            var telling = NameParts.Telling(parts, null);
            if (telling.Count < parts.Count && index.Services.Find(NameParts.Joined(telling)) is { Quality: > 0.9 } bare)
                return new Link(start, end, LinkKind.Service, bare.Targets, bare.Quality - 0.04);
        }

        if (joined.Length < 3 || !IsStrange(start, end) || !WholeGroup(start, end) || end - start > 1 && tokens[end - 1].Group != tokens[start].Group)
            return null;
        return index.Services.FindNear(joined) is { } near ? new Link(start, end, LinkKind.Service, near.Targets, near.Quality) : null;
    }

    // A mistyped name is no word that everyone knows.
    private bool IsStrange(int start, int end) => Enumerable.Range(start, end - start).Any(i =>
        !FillerWords.IsOrdinary(tokens[i].Lower) && !PhraseTable.Standard.Words.Contains(tokens[i].Lower)) &&
        (end - start > 1 || !concepts.Any(c => c.Start <= start && start < c.End));

    // "payment-errors", "CHF-only": what is left of the word is no part of a name.
    private bool RestIsPlain(Link link)
    {
        var group = tokens[link.Start].Group;
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Group == group && (i < link.Start || i >= link.End) && !(IsConceptWord(i) || FillerWords.IsFiller(tokens[i].Lower)) || tokens[i].Group == group && tokens[i].Glue is '.' or '_' or Token.CamelGlue)
                return false;
        }

        return tokens[link.End - 1].Group == group;
    }

    private bool WholeGroup(int start, int end) =>
        (tokens[start].Glue is '\0' or '/' or ':') && (end >= tokens.Count || tokens[end].Glue is '\0' or '/' or ':');

    private double Rank(Link link)
    {
        var rank = link.Quality + 0.04 * (link.Length - 1);
        var whole = WholeGroup(link.Start, link.End);
        if (!whole)
            rank -= RestIsPlain(link) ? 0.1 : 0.6;
        var common = Enumerable.Range(link.Start, link.Length).All(i => FillerWords.IsOrdinary(tokens[i].Lower) || IsConceptWord(i));
        var filler = Enumerable.Range(link.Start, link.Length).All(i => FillerWords.IsFiller(tokens[i].Lower) || IsConceptWord(i));
        var phrase = concepts.Any(c => c.End - c.Start > link.Length && c.Start < link.End && link.Start < c.End);
        // "error rate" speaks of no service "rates", unless it is put as one: "p95 of search for DE".
        if (phrase && link.Kind != LinkKind.Key)
            rank -= link.Quality > 0.98 && context.IsPlaced(link.Start) ? 0 : 1;
        return link.Kind switch
        {
            LinkKind.Service => rank + 0.12 - (common && !(whole && link.Quality > 0.85 && context.IsNamePosition(link.Start, link.End)) ? filler ? 0.7 : 0.5 : 0),
            LinkKind.Operation => rank + (link.Length > 1 ? 0.1 : 0.02) - (common ? filler && !tokens[link.Start].Text.All(char.IsUpper) ? 0.7 : 0.4 : 0),
            LinkKind.Key => KeyRank(link, rank, common),
            LinkKind.Value => ValueRank(link, rank, common),
            LinkKind.Team when tokens[Math.Max(0, link.Start - 1)].Lower is "team" or "squad" || link.End < tokens.Count && tokens[link.End].Lower is "team" or "squad" => rank + 0.1,
            _ => rank - (common ? 0.4 : 0),
        };
    }

    private double KeyRank(Link link, double rank, bool common)
    {
        var concept = concepts.FirstOrDefault(c => c.Start <= link.Start && link.Start < c.End && c.End >= link.End)?.Concept;
        if (concept is Concept.Operation or Concept.Service or Concept.Trace or Concept.Request or Concept.Span or Concept.Log)
            return 0;
        // "is" is no attribute because one is called "isUrgent".
        var small = link.Length == 1 && tokens[link.Start].Lower.Length < 4 && FillerWords.IsFiller(tokens[link.Start].Lower) && (link.End >= tokens.Count || tokens[link.End].Text is not ("=" or "=="));
        if (small || IsServiceName(link))
            return 0;
        if (IsBound(link))
            return rank + 0.3;
        // "live requests", "ranked ones" tell which requests, however ordinary the word.
        var adjective = link.Quality > AttributeIndex.OfNamespace && link.Targets.Any(t => t.Type == "bool") &&
            (concepts.Any(c => c.Start == link.End && c.Concept is Concept.Request or Concept.Trace) || link.End < tokens.Count && tokens[link.End].Lower is "ones");
        if (concept is not null && !context.IsCounting(link.Start) && !(adjective && link.Quality > 0.8))
            return 0;
        if (context.IsGrouping(link.Start))
            return rank + 0.35;
        return rank - (adjective ? 0 : common ? 0.25 : 0.1);
    }

    // "transfers" is the service, not an attribute of which it is only the beginning ("transfer.type").
    private bool IsServiceName(Link link)
    {
        if (link.Quality > 0.95 || context.IsGrouping(link.Start) || link.End < tokens.Count && tokens[link.End].Text is "=" or "==" or "!=" or ">" or "<" or ">=" or "<=")
            return false;
        var parts = Enumerable.Range(link.Start, link.Length).SelectMany(i => NameParts.Of(tokens[i].Lower)).ToList();
        return (index.Services.Find(NameParts.Joined(parts)) ?? index.ServiceStems.Find(NameParts.Stemmed(parts))) is { Quality: > 0.9 } service && service.Targets.Any(t => t.Instrumented);
    }

    private double ValueRank(Link link, double rank, bool common)
    {
        if (HasKeyBeside(link) || IsListed(link))
            return rank + 0.3;
        return common && !IsCapitals(link) && !IsRestriction(link) && !TellsWhich(link) ? rank - 0.5 : rank;
    }

    // "gold customers", "gold requests", "gold checkout requests"
    private bool TellsWhich(Link link)
    {
        if (link.Quality < 0.95)
            return false;
        var at = link.End < tokens.Count && index.Services.Find(tokens[link.End].Lower) is { Quality: > 0.9 } ? link.End + 1 : link.End;
        return at < tokens.Count && (tokens[at].Lower is "customers" or "users" or "accounts" or "clients" or "subscribers" || concepts.Any(c => c.Start == at && c.Concept is Concept.Request or Concept.Trace));
    }

    // "only gold", "just gold?": nothing else stands there to be restricted.
    private bool IsRestriction(Link link) => link.Start > 0 && tokens[link.Start - 1].Lower is "only" or "just" or "nur" && link.Quality > 0.9 && (link.End == tokens.Count || tokens[link.End].IsBreak || !free(link.End));

    // "plan business vs free": a value in one breath with another of its key.
    private bool IsListed(Link link) => IsListed(link, link.Start - 1, link.Start - 2) || IsListed(link, link.End, link.End + 1);

    private bool IsListed(Link link, int joint, int other) => Math.Min(joint, other) >= 0 && Math.Max(joint, other) < tokens.Count &&
        tokens[joint].Lower is "vs" or "versus" or "or" or "and" or "nor" or "than" or "against" or "with" or "," && free(other) && Values(other).Any(v => link.Targets.Any(t => t.Key == v.Key));

    // "US", "IT", "NO": in capitals, a word of everyday language is the value that is written so.
    private bool IsCapitals(Link link) => link.Length == 1 && tokens[link.Start] is { Kind: TokenKind.Word, Text.Length: > 1 and < 6 } token &&
        token.Text.All(char.IsUpper) && token.Text is not ("AND" or "OR" or "NOT") && link.Targets.Any(t => t.Name == token.Text) && tokens.Any(t => t.Text.Any(char.IsLower));

    // "currency = CHF", "cart items > 5", "currency CHF"
    private bool IsBound(Link link)
    {
        if (link.End >= tokens.Count)
            return link.Start > 0 && tokens[link.Start - 1].Kind is TokenKind.Number && !OfTime(link.Start - 1);
        var next = tokens[link.End];
        if (next.Kind == TokenKind.Symbol && next.Text is "=" or "==" or ">" or "<" or ">=" or "<=" or "!=" or "=~" || next.Glue == ':' || next.IsSymbol(":"))
            return true;
        if (next.Kind == TokenKind.Word && next.Lower is "contains" or "contain" or "containing" or "includes" or "is" or "equals" or "was" or "like" or "set" or "missing" or "starts" or "mentions" or "below" or "above" or "over" or "under" or "greater" or "less" or "more" or "fewer" or "larger" or "smaller" or "higher" or "lower")
            return true;
        // "amount between 5 and 10", not "errors between 10 and 11".
        if (next.Lower is "between" or "zwischen" && !OfTime(link.End) && link.End + 1 < tokens.Count && tokens[link.End + 1].Kind == TokenKind.Number)
            return true;
        if (link.Start > 0 && tokens[link.Start - 1].Kind == TokenKind.Number && !OfTime(link.Start - 1))
            return true;
        return ValueOf(link, link.End) || link.Start > 0 && ValueOf(link, link.Start - 1);
    }

    private bool ValueOf(Link key, int at) => at < tokens.Count && tokens[at].Kind is TokenKind.Word or TokenKind.Quoted or TokenKind.Version &&
        tokens[at].Group != tokens[key.Start].Group && Values(at).Any(v => key.Targets.Any(k => k.Key == v.Key));

    private IReadOnlyList<LinkTarget> Values(int at)
    {
        var end = at + 1;
        while (end < tokens.Count && tokens[end].Group == tokens[at].Group)
            end++;
        var start = at;
        while (start > 0 && tokens[start - 1].Group == tokens[at].Group)
            start--;
        var joined = string.Concat(Enumerable.Range(start, end - start).Select(i => tokens[i].Lower).SelectMany(NameParts.Of));
        return index.Attributes.FindValue(joined)?.Targets ?? index.Attributes.ByRawValue(tokens[at].Text);
    }

    private bool OfTime(int i) => !free(i);

    private bool HasKeyBeside(Link value)
    {
        foreach (var (from, to) in Beside(value))
        {
            var parts = Enumerable.Range(from, to - from).SelectMany(i => NameParts.Of(tokens[i].Lower)).ToList();
            if (index.Attributes.FindKey(NameParts.Joined(parts), NameParts.Stemmed(parts)) is { } key && key.Targets.Any(k => value.Targets.Any(v => v.Key == k.Key)))
                return true;
        }

        return false;
    }

    private IEnumerable<(int From, int To)> Beside(Link value)
    {
        var back = value.Start;
        while (back > 0 && tokens[back - 1].Lower is "=" or "==" or ":" or "is" or "was" or "equals" or "!=" or "to" or "set" or "of" or "the")
            back--;
        for (var n = 1; n <= 5 && back - n >= 0; n++)
            yield return (back - n, back);
        for (var n = 1; n <= 4 && value.End + n <= tokens.Count; n++)
            yield return (value.End, value.End + n);
    }

    // What is off topic elsewhere may be a value here: "pdf".
    private bool IsConceptWord(int i) => concepts.Any(c => c.Start <= i && i < c.End && c.Concept != Concept.OffTopic);
}
