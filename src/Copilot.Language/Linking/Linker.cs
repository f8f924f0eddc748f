using Copilot.Language.Lexicon;
using Copilot.Language.Tokens;
using Copilot.Telemetry.Spans;

namespace Copilot.Language.Linking;

/// <summary>Finds what a question names of the catalogue; overlapping finds are settled by quality and by what stands around.</summary>
internal sealed partial class Linker(
    IReadOnlyList<WordToken> wordTokens,
    IReadOnlyList<ConceptMark> concepts,
    Func<int, bool> free,
    KnownNamesIndex index
)
{
    private const int LongestName = 8;

    private static readonly string Own = NameParts.Joined(NameParts.Of(OwnService.Name));

    private readonly LinkContext _context = new(wordTokens, concepts);

    public IReadOnlyList<Link> Read()
    {
        var found = new List<(Link Link, double Rank)>();
        for (var i = 0; i < wordTokens.Count; i++)
        {
            for (var n = 1; n <= LongestName && i + n <= wordTokens.Count && free(i + n - 1); n++)
            {
                if (n > 1 && wordTokens[i + n - 1].Kind is WordTokenKind.Symbol && wordTokens[i + n - 1].Glue == '\0')
                    break;
                foreach (var link in Candidates(i, i + n))
                {
                    if (Rank(link) is var rank && rank >= 0.58)
                        found.Add((link, rank));
                }
            }
        }

        var taken = new bool[wordTokens.Count];
        var kept = new List<Link>();
        foreach (var (link, _) in found.OrderByDescending(f => f.Rank).ThenBy(f => f.Link.Start))
        {
            if (Enumerable.Range(link.Start, link.Length).Any(i => taken[i]))
                continue;
            for (var i = link.Start; i < link.End; i++)
                taken[i] = true;
            kept.Add(link);
        }

        return [.. kept.Select(link => ValueOfOther(link, kept) ?? link).OrderBy(l => l.Start)];
    }

    private IEnumerable<Link> Candidates(int start, int end)
    {
        var wordToken = wordTokens[start];
        // "i.e. the median" speaks of no Ireland.
        if (end - start == 2 && Enumerable.Range(start, 2).All(i => wordTokens[i].Text is [>= 'a' and <= 'z']))
            yield break;
        // "which kind of device": device.type
        if (
            end - start == 3
            && WordRoles.Kinds.Contains(wordToken.Lower)
            && WordRoles.Of.Contains(wordTokens[start + 1].Lower)
            && wordTokens[start + 2].Kind == WordTokenKind.Word
            && start > 0
            && concepts.Any(c =>
                c.Start <= start - 1 && start - 1 < c.End && c.Concept is Concept.Which or Concept.What or Concept.By or Concept.Every
            )
            && Named(wordTokens[start + 2].Stem, WordRoles.Kinds) is { } kind
        )
        {
            yield return new Link(start, end, LinkKind.Key, kind.Targets, 0.96);
            yield break;
        }

        // "by method of payment": payment.method
        if (
            end - start == 3
            && wordToken.Kind == WordTokenKind.Word
            && WordRoles.Of.Contains(wordTokens[start + 1].Lower)
            && wordTokens[start + 2].Kind == WordTokenKind.Word
            && NameParts.Of(wordTokens[start + 2].Lower).Append(wordToken.Lower).ToList() is var parts
            && index.Attributes.FindKey(NameParts.Joined(parts), NameParts.Stemmed(parts)) is { Quality: > 0.9 } turned
        )
            yield return new Link(start, end, LinkKind.Key, turned.Targets, turned.Quality - 0.02);

        // "how many different vehicles": vehicle.id
        if (
            end - start == 1
            && wordToken.Kind == WordTokenKind.Word
            && _context.IsDistinct(start)
            && Named(wordToken.Stem, WordRoles.Identifiers) is { } identified
        )
            yield return new Link(start, end, LinkKind.Key, identified.Targets, 0.9);

        if (
            wordToken.Kind == WordTokenKind.Path
            || OperationIndex.IsMethod(wordToken.Text) && end - start == 2 && wordTokens[start + 1].Kind == WordTokenKind.Path
        )
        {
            var method = wordToken.Kind == WordTokenKind.Path ? null : wordToken.Text;
            var path = wordTokens[end - 1].Text;
            if (end - start == (method is null ? 1 : 2) && index.Operations.ByPath(method, path) is { Count: > 0 } operations)
                yield return new Link(start, end, LinkKind.Operation, operations, method is null ? 0.95 : 1);
            yield break;
        }

        if (
            end - start == 1
            && wordToken.Kind is WordTokenKind.Version or WordTokenKind.Number or WordTokenKind.Quoted
            && Raw(wordToken) is { Count: > 0 } raw
            && (wordToken.Kind is not WordTokenKind.Number || _context.IsGrouping(start))
        )
        {
            yield return new Link(start, end, LinkKind.Value, raw, 0.99);
        }

        // "cabin J", "for J": a single letter is a value only as it is written, where a value stands.
        if (
            end - start == 1
            && wordToken is { Kind: WordTokenKind.Word, Text.Length: 1 }
            && index.Attributes.ByRawValue(wordToken.Text).Where(t => t.Name == wordToken.Text).ToList() is { Count: > 0 } letters
            && new Link(start, end, LinkKind.Value, letters, 0.99) is var letter
            && (
                HasKeyBeside(letter)
                || IsListed(letter)
                || char.IsUpper(wordToken.Text[0]) && wordToken.Text is not ("A" or "I") && _context.IsPlaced(start)
            )
        )
        {
            yield return letter;
        }

        if (wordToken.Kind is WordTokenKind.Quoted && end - start == 1)
        {
            foreach (var link in Named(start, end, NameParts.Of(wordToken.Text)))
            {
                if (link.Quality >= 0.9 || link is { Kind: LinkKind.Operation, Quality: > 0.85 })
                    yield return link;
            }
        }

        if (Rooted(start, end) is { } rooted)
            yield return rooted;
        if (
            Enumerable
                .Range(start, end - start)
                .All(i => wordTokens[i].Kind is WordTokenKind.Word or WordTokenKind.Number or WordTokenKind.Version)
        )
        {
            foreach (var link in Named(start, end, Parts(start, end)))
                yield return link;
        }
    }

    // What the words are made of: "SIM-activation service" is three.
    private List<string> Parts(int start, int end) =>
        [.. Enumerable.Range(start, end - start).SelectMany(i => NameParts.Of(wordTokens[i].Lower))];

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
        if (
            (
                index.Attributes.FindKey(joined, stemmed)
                ?? (joined.Length > 3 && joined[^1] == 's' ? index.Attributes.FindKey(joined[..^1], joined[..^1]) : null)
            ) is
            { } key
        )
            yield return Identified(start, end, key.Targets) ?? new Link(start, end, LinkKind.Key, key.Targets, key.Quality);
        if (
            (
                index.Attributes.FindValue(joined)
                ?? index.Attributes.FindValue(stemmed)
                ?? (joined.Length > 4 && joined[^1] == 's' ? index.Attributes.FindValue(joined[..^1]) : null)
            )
                is { } value
            // "the billing service" is the service, be there an rpc.service "acme.Billing".
            && !(IsService(joined) && value.Targets.All(t => NameParts.Joined(NameParts.Of(t.Name)) != joined))
        )
            yield return new Link(start, end, LinkKind.Value, value.Targets, value.Quality);
        else if (IsStrange(start, end) && joined.Length > 5 && index.Attributes.FindNearValue(joined) is { Distance: 1 } near)
            yield return new Link(start, end, LinkKind.Value, near.Targets, near.Quality - 0.1);
        else if (
            end - start == 1
            && joined.Length > 3
            && end < wordTokens.Count
            && NameParts.Of(wordTokens[end].Lower) is { Count: 1 } noun
            // "the dispatch service" is one, whatever an attribute of that name begins with.
            && !IsService(joined)
            && index.Attributes.FindKey(noun[0], WordStem.Of(noun[0])) is { Quality: > 0.7 } beside
            && index.Attributes.BeginningWith(beside.Targets, joined) is { Count: > 0 } begun
        )
            yield return new Link(start, end, LinkKind.Value, begun, 0.95);
        if (index.Teams.Find(joined) is { } team)
            yield return new Link(start, end, LinkKind.Team, team.Targets, team.Quality - 0.08);
        if (index.Metrics.Find(joined) is { } metric)
            yield return new Link(start, end, LinkKind.Metric, metric.Targets, metric.Quality);
        if (index.People.Find(joined) is { } person)
            yield return new Link(start, end, LinkKind.Person, person.Targets, person.Quality - 0.06);
    }

    private bool IsService(string joined) =>
        index.Services.Find(joined) is { Quality: > 0.98 } named && named.Targets.Any(t => t.Instrumented);

    // The attribute that a noun and one of the words name: "device.type", "vehicle.id".
    private (IReadOnlyList<LinkTarget> Targets, double Quality)? Named(string noun, IReadOnlySet<string> words) =>
        words
            .Select(word => index.Attributes.FindKey(NameParts.Joined([noun, word]), NameParts.Stemmed([noun, word])))
            .FirstOrDefault(key => key is { Quality: > 0.8 });

    private Link? Service(int start, int end, IReadOnlyList<string> parts, string joined, string stemmed)
    {
        // The copilot is in no catalogue: it is named by its whole name or not at all.
        if (end - start > 1 && wordTokens[start + 1].Glue == '-' && joined == Own && WholeGroup(start, end))
            return new Link(start, end, LinkKind.Service, [new LinkTarget(OwnService.Name, LinkKind.Service)], 1);
        if (index.Services.Find(joined) is { } exact)
            return new Link(start, end, LinkKind.Service, exact.Targets, exact.Quality);
        // "top-ups"
        if (parts.Count > 1 && joined.Length > 4 && joined[^1] == 's' && index.Services.Find(joined[..^1]) is { Quality: > 0.9 } one)
            return new Link(start, end, LinkKind.Service, one.Targets, one.Quality - 0.03);
        // "ranked requests" are told by an attribute "ranked" rather than by a service "ranks".
        if (index.Services.FindStem(stemmed) is { } stem && (stem.Quality > Part || IsPlural(start, end)))
            return new Link(
                start,
                end,
                LinkKind.Service,
                stem.Targets,
                index.Attributes.FindKey(joined, joined) is { Quality: > 0.98 } ? stem.Quality - 0.3 : stem.Quality
            );
        if (parts.Count > 1 && index.Services.FindShort(parts) is { } shortened && end - start == parts.Count)
            return new Link(start, end, LinkKind.Service, [shortened], ServiceNames.Shortened);
        if (parts.Count > 1 && WholeGroup(start, end))
        {
            var telling = NameParts.Telling(parts, null);
            if (telling.Count < parts.Count && index.Services.Find(NameParts.Joined(telling)) is { Quality: > 0.9 } bare)
                return new Link(start, end, LinkKind.Service, bare.Targets, bare.Quality - 0.04);
        }

        if (
            joined.Length < 3
            || !IsStrange(start, end)
            || !WholeGroup(start, end)
            || end - start > 1 && wordTokens[end - 1].Group != wordTokens[start].Group
        )
            return null;
        // "card" is the value that is called so, not a slip for "cart".
        if (index.Attributes.FindValue(joined) is { Quality: > 0.95 } || index.Attributes.FindKey(joined, stemmed) is { Quality: > 0.95 })
            return null;
        return index.Services.FindNear(joined) is { } near ? new Link(start, end, LinkKind.Service, near.Targets, near.Quality) : null;
    }

    // What a part of a name tells at most.
    private const double Part = 0.82;

    // "has it stopped" speaks of no service "stop-search"; "the searches" do.
    private bool IsPlural(int start, int end) =>
        Enumerable
            .Range(start, end - start)
            .All(i => wordTokens[i].Lower is var lower && (lower == wordTokens[i].Stem || lower.EndsWith('s')));

    // A mistyped name is no word that everyone knows.
    private bool IsStrange(int start, int end) =>
        Enumerable
            .Range(start, end - start)
            .Any(i => !FillerWords.IsOrdinary(wordTokens[i].Lower) && !PhraseTable.Standard.Words.Contains(wordTokens[i].Lower))
        && (end - start > 1 || !concepts.Any(c => c.Start <= start && start < c.End));

    // "currency = CHF", "cart items > 5", "currency CHF"
    private bool IsBound(Link link)
    {
        if (link.End >= wordTokens.Count)
            return link.Start > 0 && wordTokens[link.Start - 1].Kind is WordTokenKind.Number && !OfTime(link.Start - 1);
        var next = wordTokens[link.End];
        if (
            next.Kind == WordTokenKind.Symbol && next.Text is "=" or "==" or ">" or "<" or ">=" or "<=" or "!=" or "=~"
            || next.Glue == ':'
            || next.IsSymbol(":")
        )
            return true;
        if (
            next.Kind == WordTokenKind.Word
            && next.Lower
                is "contains"
                    or "contain"
                    or "containing"
                    or "includes"
                    or "is"
                    or "equals"
                    or "was"
                    or "like"
                    or "set"
                    or "missing"
                    or "starts"
                    or "mentions"
                    or "below"
                    or "above"
                    or "over"
                    or "under"
                    or "greater"
                    or "less"
                    or "more"
                    or "fewer"
                    or "larger"
                    or "smaller"
                    or "higher"
                    or "lower"
        )
            return true;
        // "amount between 5 and 10", not "errors between 10 and 11".
        if (
            next.Lower is "between" or "zwischen"
            && !OfTime(link.End)
            && link.End + 1 < wordTokens.Count
            && wordTokens[link.End + 1].Kind == WordTokenKind.Number
        )
            return true;
        if (link.Start > 0 && wordTokens[link.Start - 1].Kind == WordTokenKind.Number && !OfTime(link.Start - 1))
            return true;
        return ValueOf(link, link.End) || link.Start > 0 && ValueOf(link, link.Start - 1);
    }

    // "v3.8.0" of versions that are sent without the letter.
    private IReadOnlyList<LinkTarget> Raw(WordToken wordToken) =>
        index.Attributes.ByRawValue(wordToken.Text) is { Count: > 0 } written ? written
        : wordToken.Kind == WordTokenKind.Version ? index.Attributes.ByRawValue(wordToken.Text.TrimStart('v', 'V'))
        : [];

    private bool ValueOf(Link key, int at) =>
        at < wordTokens.Count
        && wordTokens[at].Kind is WordTokenKind.Word or WordTokenKind.Quoted or WordTokenKind.Version
        && wordTokens[at].Group != wordTokens[key.Start].Group
        && Values(at).Any(v => key.Targets.Any(k => k.Key == v.Key));

    private IReadOnlyList<LinkTarget> Values(int at)
    {
        var end = at + 1;
        while (end < wordTokens.Count && wordTokens[end].Group == wordTokens[at].Group)
            end++;
        var start = at;
        while (start > 0 && wordTokens[start - 1].Group == wordTokens[at].Group)
            start--;
        var joined = string.Concat(Enumerable.Range(start, end - start).Select(i => wordTokens[i].Lower).SelectMany(NameParts.Of));
        return index.Attributes.FindValue(joined)?.Targets ?? index.Attributes.ByRawValue(wordTokens[at].Text);
    }

    private bool OfTime(int i) => !free(i);

    private bool HasKeyBeside(Link value)
    {
        foreach (var (from, to) in Beside(value))
        {
            var parts = Parts(from, to);
            if (
                index.Attributes.FindKey(NameParts.Joined(parts), NameParts.Stemmed(parts)) is { } key
                && key.Targets.Any(k => value.Targets.Any(v => v.Key == k.Key))
            )
                return true;
        }

        return false;
    }

    private IEnumerable<(int From, int To)> Beside(Link value)
    {
        var back = value.Start;
        while (
            back > 0
            && wordTokens[back - 1].Lower is "=" or "==" or ":" or "is" or "was" or "equals" or "!=" or "to" or "set" or "of" or "the"
        )
            back--;
        for (var n = 1; n <= 5 && back - n >= 0; n++)
            yield return (back - n, back);
        for (var n = 1; n <= 4 && value.End + n <= wordTokens.Count; n++)
            yield return (value.End, value.End + n);
    }

    // What is off topic elsewhere may be a value here: "pdf".
    private bool IsConceptWord(int i) => concepts.Any(c => c.Start <= i && i < c.End && c.Concept != Concept.OffTopic);
}
