using Copilot.Language.Frames;
using Copilot.Language.Lexicon;
using Copilot.Language.Linking;
using Copilot.Language.Sentences;
using Copilot.Language.Tokens;
using Copilot.TraceQL.Syntax;

namespace Copilot.Language.Asks;

/// <summary>What a clause groups by: "by region and version", "per service", "for each customer plan".</summary>
internal static class Groups
{
    public static IReadOnlyList<FrameGroup> Read(Sentence s, Subject subject)
    {
        var groups = new List<FrameGroup>();
        foreach (var mark in s.MarksOf(Concept.By, Concept.Every, Concept.BreakDown).ToList())
        {
            if (IsWhole(s, mark) && One(s, subject, mark.End) is { } all)
                s.Use(mark.Start, all.End);
            if (s.IsUsed(mark.Start) || IsRestricted(s, mark))
                continue;
            var at = mark.End;
            // "average deposit amount by method": of the deposit, not of what is called.
            var found = s.MeansAt(at, Concept.Operation) && OfKinds(s, mark) is { } told && Take(told);
            bool Take(Link link)
            {
                groups.Add(Of(subject, link));
                s.Use(mark.Start, link.End);
                at = link.End;
                return true;
            }

            while (One(s, subject, at) is { } one)
            {
                groups.Add(one.Group);
                s.Use(mark);
                s.Use(at, one.End);
                found = true;
                at = one.End;
                // "by roaming or not"
                if (s.MeansAt(at, Concept.Or) && s.MeansAt(at + 1, Concept.Negation))
                {
                    s.Use(at, at + 2);
                    at += 2;
                }
                else if (s.WordAt(at) is { } yes && WordRoles.Yes.Contains(yes))
                {
                    // "by roaming yes/no"
                    var no = s.MeansAt(at + 1, Concept.Negation) ? at + 2 : at + 3;
                    if (s.MeansAt(no - 1, Concept.Negation))
                    {
                        s.Use(at, no);
                        at = no;
                    }
                }

                // "and version", ", version", "and per version"
                var next = at;
                while (
                    next < s.Tokens.Count
                    && (s.MeansAt(next, Concept.Joint, Concept.By) || s.Tokens[next].IsSymbol(",") || s.Tokens[next].IsSymbol("/"))
                )
                    next++;
                if (next == at || One(s, subject, next) is null)
                    break;
                s.Use(at, next);
                at = next;
            }

            if (!found && OfKinds(s, mark) is { } kinds)
            {
                groups.Add(Of(subject, kinds));
                s.Use(mark.Start, kinds.End);
            }

            if (!found && mark.Senses.Contains(Concept.BreakDown))
                s.Use(mark);
        }

        // "which pod do they come from (break down by k8s.pod.name)": the same, said twice.
        foreach (var again in s.LinksOf(LinkKind.Key).Where(l => !s.IsUsed(l.Start) && groups.Exists(g => g == Of(subject, l))).ToList())
            s.Use(again.Start, again.End);
        return [.. groups.DistinctBy(g => g.Column)];
    }

    /// <summary>"Pods with the most failures", "requests for each combination of region and plan": names of attributes that nothing else
    /// used, beside a measure, say what it is split by.</summary>
    public static IReadOnlyList<FrameGroup> Left(Sentence s, Subject subject)
    {
        var groups = new List<FrameGroup>();
        if (s.LinksOf(LinkKind.Key).FirstOrDefault(l => !s.IsUsed(l.Start) && IsEachInTurn(s, l)) is { } turn)
        {
            foreach (var key in s.LinksOf(LinkKind.Key).Where(l => l.Targets[0].Key == turn.Targets[0].Key).ToList())
                s.Use(key.Start, key.End);
            foreach (var mark in s.MarksOf(Concept.Ordinal, Concept.By, Concept.Single).ToList())
                s.Use(mark);
            return [Of(subject, turn)];
        }

        if (
            !s.MarksOf(Concept.Every, Concept.BreakDown, Concept.By)
                .Any(m => !m.Senses.Contains(Concept.EachStep) && (m.Senses.Contains(Concept.BreakDown) || !s.IsUsed(m.Start)))
        )
            return groups;
        foreach (var link in s.LinksOf(LinkKind.Key).Where(l => !s.IsUsed(l.Start) && IsSplit(s, l)).ToList())
        {
            s.Use(link.Start, link.End);
            groups.Add(Of(subject, link));
        }

        return [.. groups.DistinctBy(g => g.Column)];
    }

    // "from one region to the next", "region by region"
    private static bool IsEachInTurn(Sentence s, Link key) =>
        Cardinals.Of(s.WordAt(key.Start - 1) ?? "") is 1
            && Enumerable.Range(key.End, 3).Any(i => WordRoles.Another.Contains(s.WordAt(i) ?? ""))
        || s.LinkAt(key.End + 1) is { Kind: LinkKind.Key } again
            && again.Targets[0].Key == key.Targets[0].Key
            && s.MeansAt(key.End, Concept.By);

    /// <summary>Neither what a number is compared with nor what is there or not.</summary>
    public static bool IsSplit(Sentence s, Link key) =>
        key.Quality >= 0.9
        && !(s.LinkAt(key.Start - 1) is { Kind: LinkKind.Value } && s.IsUsed(key.Start - 1))
        && key.Targets.Any(t => t.Type is not ("int" or "double"))
        && !s.MeansAt(key.Start - 1, Concept.Without, Concept.Negation, Concept.Missing)
        && !s.MeansAt(key.End, Concept.Greater, Concept.Less, Concept.AtLeast, Concept.AtMost, Concept.NotEquals, Concept.Negation);

    // "median claim amount per kind": of the claim.
    private static Link? OfKinds(Sentence s, ConceptMark by)
    {
        if (
            !by.Senses.Contains(Concept.By)
            || s.WordAt(by.End) is not { } word
            || !(WordRoles.Kinds.Contains(word) || s.LinkAt(by.End) is { Kind: LinkKind.Key } || s.MeansAt(by.End, Concept.Operation))
        )
            return null;
        var things = s.LinksOf(LinkKind.Key)
            .Where(l => l.Start < by.Start)
            .SelectMany(l => l.Targets)
            .Select(t => NameParts.Of(t.Key!)[0])
            .Distinct(StringComparer.Ordinal);
        return
            things
                .Select(thing => s.Index.Attributes.FindKey(NameParts.Joined([thing, WordStem.Of(word)]), NameParts.Stemmed([thing, word])))
                .FirstOrDefault(found => found is { Quality: > 0.95 })
                is { } key
            ? new Link(by.End, by.End + 1, LinkKind.Key, key.Targets, key.Quality)
            : null;
    }

    /// <summary>"All regions", "every airport": an attribute of which each value is asked about.</summary>
    public static Link? Asked(Sentence s) =>
        s.MarksOf(Concept.Every, Concept.Which)
            .Select(m => s.LinkAt(m.End))
            .FirstOrDefault(l => l is { Kind: LinkKind.Key } && IsSplit(s, l));

    /// <summary>"List the operations with their error rates": several of a kind, each with a figure of its own.</summary>
    public static FrameGroup? Listed(Sentence s)
    {
        if (!s.MayMean(Concept.Every, Concept.Show, Concept.BreakDown))
            return null;
        var noun = s.MarksOf(Concept.Operation, Concept.Service)
            .FirstOrDefault(m => !s.IsUsed(m.Start) && (WordStem.IsPlural(s.Tokens[m.End - 1].Lower) || IsEach(s, m)));
        // "how many requests failed on all services": of all of them together.
        if (noun is null || s.MayMean(Concept.Count) && s.MeansAt(noun.Start - 1, Concept.Preposition))
            return null;
        s.Use(noun);
        return noun.Senses.Contains(Concept.Service) ? FrameGroup.Service : FrameGroup.Operation;
    }

    // "every quote-engine operation"
    private static bool IsEach(Sentence s, ConceptMark noun)
    {
        var at = s.LinkAt(noun.Start - 1) is { Kind: LinkKind.Service } named ? named.Start : noun.Start;
        return s.MeansAt(at - 1, Concept.Every);
    }

    /// <summary>"For each of the plans": an attribute's name soon behind the mark.</summary>
    public static bool IsKeyBehind(Sentence s, ConceptMark mark) =>
        Enumerable.Range(mark.End, 3).Any(i => s.LinkAt(i) is { Kind: LinkKind.Key });

    // "all routes other than POST /play" narrows, it splits nothing.
    private static bool IsRestricted(Sentence s, ConceptMark every) =>
        every.Concept == Concept.Every
        && s.MarkAt(every.End) is { } noun
        && noun.Senses.Any(c => c is Concept.Operation or Concept.Service)
        && s.MeansAt(noun.End, Concept.Without, Concept.NotEquals);

    // "for all partners" is the sum of them; "for each partner" splits.
    private static bool IsWhole(Sentence s, ConceptMark every) =>
        WordRoles.Whole.Contains(s.Tokens[every.Start].Lower) && s.MeansAt(every.Start - 1, Concept.Preposition);

    /// <summary>"Rank our teams", "failed requests per team".</summary>
    public static bool IsByTeam(Sentence s) =>
        s.MarksOf(Concept.Team)
            .Any(m =>
                WordRoles.Teams.Contains(s.Tokens[m.End - 1].Lower)
                && Enumerable.Range(Math.Max(0, m.Start - 2), m.Start - Math.Max(0, m.Start - 2)).Any(i => s.MeansAt(i, Ranked))
            );

    private static readonly Concept[] Ranked = [Concept.By, Concept.Every, Concept.Top, Concept.BreakDown];

    /// <summary>A noun that things can be grouped by.</summary>
    public static (FrameGroup Group, int End)? One(Sentence s, Subject subject, int at)
    {
        // "for each of the services"
        while (
            at < s.Tokens.Count
            && s.LinkAt(at) is null
            && (s.MeansAt(at, Concept.Article) || s.MeansAt(at, Concept.Preposition) && s.MeansAt(at + 1, Concept.Article))
        )
            at++;
        // "each value of the plan"
        if (WordRoles.Valued.Contains(s.WordAt(at) ?? "") && s.MeansAt(at + 1, Concept.Preposition) && s.LinkAt(at) is null)
            return Behind(at + 2);
        if (at >= s.Tokens.Count || s.TimeAt(at) is not null)
            return null;
        // "the new-checkout variant": which flag's
        if (
            s.LinkAt(at) is { Kind: LinkKind.Value } flagged
            && flagged.Start == at
            && flagged.Targets.All(t => t.Key!.StartsWith(Flags, StringComparison.Ordinal))
            && s.LinkAt(flagged.End) is { Kind: LinkKind.Key } variant
            && variant.Targets.Any(t => t.Key!.StartsWith(Flags, StringComparison.Ordinal))
        )
            at = flagged.End;
        // "per feature flag variant"
        if (s.MarkAt(at) is { } flag && flag.Senses.Contains(Concept.Flag) && s.LinkAt(flag.End) is { Kind: LinkKind.Key })
        {
            s.Use(flag);
            at = flag.End;
        }

        // "per feature flag variant": the words before the last say of what the attribute is.
        if (
            s.LinkAt(at) is { Kind: LinkKind.Key } whole
            && s.LinkAt(whole.End) is { Kind: LinkKind.Key } closer
            && closer.Start == whole.End
            && closer.Targets.Any(c => whole.Targets.Any(w => NameParts.Of(c.Key)[0] == NameParts.Of(w.Key)[0]))
        )
        {
            s.Use(at, whole.End);
            at = whole.End;
        }

        // "per subscription plan": a noun that says of which kind the attribute is.
        if (
            s.Tokens[at] is { Kind: Tokens.WordTokenKind.Word, Lower.Length: > 3 }
            && s.MarkAt(at) is null
            && s.LinkAt(at) is null
            && s.LinkAt(at + 1) is { Kind: LinkKind.Key, Quality: > 0.8 } kind
            && kind.Start == at + 1
        )
        {
            s.Use(at, at + 1);
            at++;
        }

        // "per variant (treatment, control)": its values were read before.
        if (s.LinkAt(at) is { Kind: LinkKind.Key } key && key.Start == at && (!s.IsUsed(at) || IsListed(subject, key)))
            return (Of(subject, key), key.End);
        if (s.MarkAt(at) is not { } mark)
            return null;
        if (mark.Senses.Contains(Concept.Team) && WordRoles.Teams.Contains(s.Tokens[mark.End - 1].Lower))
            return (FrameGroup.Team, mark.End);
        // "by service version" is an attribute; "by service" is not.
        if (mark.Senses.Contains(Concept.Service))
            return (FrameGroup.Service, mark.End);
        return mark.Senses.Contains(Concept.Operation) ? (FrameGroup.Operation, mark.End) : null;

        (FrameGroup Group, int End)? Behind(int next)
        {
            if (One(s, subject, next) is not { } one)
                return null;
            s.Use(at, next);
            return one;
        }
    }

    private const string Flags = "feature_flag.";

    private static bool IsListed(Subject subject, Link key) =>
        subject.Conditions.Any(c => c.Values.Count > 1 && key.Targets.Any(t => t.Key == c.Key));

    public static FrameGroup Of(Subject subject, Link key)
    {
        var target = Told(key, AttributeReader.Ranked(key.Targets, Carriers(subject)).First(), Carriers(subject));
        return target.Key == FieldNames.Service
            ? FrameGroup.Service
            : FrameGroup.Of(new AttributeReference(target.Scope, target.Key)) with
            {
                InTrace = target.Scope == AttributeScope.Span && !OnRequests(target, subject),
            };
    }

    // "which company": by its name rather than by its id, where both are sent.
    private static LinkTarget Told(Link key, LinkTarget target, IReadOnlyList<Questions.ServiceReference> services) =>
        key.Quality < 0.98
        && NameParts.Of(target.Key!).ToArray() is [.. var thing, "id"]
        && key.Targets.FirstOrDefault(t =>
            t.Key is { } other
            && NameParts.Of(other).ToArray() is [.. var same, "name"]
            && same.SequenceEqual(thing)
            && AttributeReader.Fit(t, services) >= AttributeReader.Fit(target, services)
        )
            is { } named
            ? named
            : target;

    // The services that are named, or those whose operations are.
    private static IReadOnlyList<Questions.ServiceReference> Carriers(Subject subject) =>
        subject.Services.Count > 0
            ? subject.Services
            :
            [
                .. subject
                    .Operations.SelectMany(o => o.Services)
                    .Distinct()
                    .Select(name => new Questions.ServiceReference(name, Questions.ServiceStanding.Instrumented, name)),
            ];

    /// <summary>Whether the requests of what is named carry it, or only spans within them.</summary>
    public static bool OnRequests(LinkTarget target, Subject subject)
    {
        var named = Carriers(subject).Select(x => x.Name).ToList();
        return named.Count == 0 ? target.EntryServices.Count > 0 : named.Any(target.EntryServices.Contains);
    }
}
