using System.Text.RegularExpressions;
using Copilot.Models.Facts;
using Copilot.Models.Phrases;

namespace Copilot.Models.Checking;

/// <summary>Who calls whom, who alone is concerned, who is affected, and whether it lasts.</summary>
internal static partial class SaidRelations
{
    /// <summary>Words that the results contradict.</summary>
    public static IEnumerable<(int At, int Length)> Contradicted(string sentence, Anchors anchors, FactBook book) =>
        Calls(sentence, anchors, book)
            .Concat(Alone(sentence, anchors, book))
            .Concat(Blamed(sentence, anchors, book))
            .Concat(Unowned(sentence, anchors, book))
            .Concat(Every(sentence, anchors, book))
            .Concat(Affected(sentence, anchors, book))
            .Concat(Lasting(sentence, anchors, book));

    // "A calls B and C"; "B is called by A".
    private static IEnumerable<(int At, int Length)> Calls(string sentence, Anchors anchors, FactBook book)
    {
        var services = anchors.Of(NameKinds.Service);
        foreach (Match verb in Call().Matches(sentence))
        {
            var before = services.LastOrDefault(group => group.End <= verb.Index);
            var after = services.FirstOrDefault(group => group.At >= verb.Index + verb.Length);
            if (after is null)
                continue;
            var carried = anchors.Carried.FirstOrDefault(group => group.Class == NameKinds.Service);
            var first = before ?? carried;
            if (first is null)
                continue;
            var (caller, callee) = verb.Groups["by"].Success ? (after, first) : (first, after);
            var isDenied = Denied().IsMatch(sentence[(before?.End ?? 0)..(verb.Index + verb.Length)]);
            // All that follow in the same breath, also where figures stand between them.
            var callees = verb.Groups["by"].Success
                ? [callee]
                : services.Where(group => group.At >= after.At).Take(isDenied ? 1 : int.MaxValue).ToList();
            if (callees.Exists(group => Names(group).Any(name => Holds(book, Names(caller), name) is { } holds && holds == isDenied)))
                yield return (verb.Index, verb.Length);
        }
    }

    /// <returns>Null where no result tells.</returns>
    private static bool? Holds(FactBook book, IReadOnlyList<string> callers, string callee)
    {
        if (callers.Any(caller => book.Calls.Any(call => Is(call.Caller, caller) && Is(call.Callee, callee))))
            return true;
        // Where calls were asked for, what they do not show is not known to be so.
        return book.Calls.Count > 0 ? false : null;
    }

    // "Only CHF fails": every other of its list does not.
    private static IEnumerable<(int At, int Length)> Alone(string sentence, Anchors anchors, FactBook book)
    {
        if (!Failing().IsMatch(sentence))
            yield break;
        foreach (Match only in Only().Matches(sentence))
        {
            if (
                anchors.All.FirstOrDefault(group => group.At >= only.Index && group.At - only.Index <= CheckingThresholds.HedgeReach)
                is not { } group
            )
                continue;
            var lists = book
                .Lists.Where(list =>
                    list.Entries.Exists(entry => group.Of(entry) == Fit.Yes && entry.Facts.Exists(fact => fact.IsOfFailures))
                )
                .ToList();
            if (lists.Count > 0 && lists.TrueForAll(list => !IsAlone(list, group)))
                yield return (only.Index, only.Length);
        }
    }

    private static bool IsAlone(FactList list, AnchorGroup group) =>
        list
            .Entries.SelectMany(entry => entry.Facts.Where(fact => fact.IsOfFailures && fact.Side != FactSide.Before))
            .All(fact =>
                group.Of(fact.Entry) == Fit.Yes ? fact.Value > CheckingThresholds.Nothing : fact.Value <= CheckingThresholds.Nothing
            );

    // "The cause is `web`", where results name another.
    private static IEnumerable<(int At, int Length)> Blamed(string sentence, Anchors anchors, FactBook book)
    {
        if (book.Causes.Count == 0)
            yield break;
        foreach (Match word in Cause().Matches(sentence).Where(word => !Denied().IsMatch(sentence[..word.Index])))
        {
            var group = anchors
                .Of(NameKinds.Service)
                .FirstOrDefault(group => group.At >= word.Index + word.Length && group.At <= word.Index + word.Length + 2);
            if (group is not null && !Names(group).Any(name => book.Causes.Contains(name, StringComparer.OrdinalIgnoreCase)))
                yield return (word.Index, word.Length);
        }
    }

    // "Every request failed" of what mostly did not.
    private static IEnumerable<(int At, int Length)> Every(string sentence, Anchors anchors, FactBook book)
    {
        foreach (Match word in All().Matches(sentence))
        {
            var groups = anchors
                .All.Concat(anchors.Carried)
                .Where(group => group.Class == NameKinds.Service || NameKinds.IsValue(group.Class))
                .Take(1)
                .ToList();
            var rates = book
                .Failures.Where(fact => fact.Family == MeasureNames.ErrorRate && Anchors.Fits(fact.Entry, groups) == Fit.Yes)
                .ToList();
            if (rates.Count > 0 && rates.TrueForAll(fact => fact.Value < 1 - CheckingThresholds.Nothing))
                yield return (word.Index, word.Length);
        }
    }

    // "Nobody owns `web`", where results name its team.
    private static IEnumerable<(int At, int Length)> Unowned(string sentence, Anchors anchors, FactBook book)
    {
        foreach (Match word in NoOwner().Matches(sentence))
        {
            var group = anchors.Of(NameKinds.Service).MinBy(group => Math.Abs(group.At - word.Index));
            if (group is null)
                continue;
            var owned = book
                .Entries.Where(entry =>
                    entry.List?.Name == "items" && group.Of(entry) == Fit.Yes && entry.Names(NameKinds.Service).Count == 1
                )
                .ToList();
            if (owned.Count > 0 && owned.TrueForAll(entry => entry.HasKind(NameKinds.Team)))
                yield return (word.Index, word.Length);
        }
    }

    // A service that is called affected where results list those that are, and it is none of them.
    private static IEnumerable<(int At, int Length)> Affected(string sentence, Anchors anchors, FactBook book)
    {
        if (!book.Entries.Any(entry => entry.Has(NameKinds.Role, "affected")))
            yield break;
        foreach (Match word in Reached().Matches(sentence).Where(word => !Denied().IsMatch(sentence[..(word.Index + word.Length)])))
        {
            var groups = anchors
                .Of(NameKinds.Service)
                .Where(group => group.At >= word.Index)
                .DefaultIfEmpty((anchors.Of(NameKinds.Service) is [.., var last] ? last : null))
                .OfType<AnchorGroup>();
            if (groups.SelectMany(Names).Any(name => !book.Troubled.Contains(name)))
                yield return (word.Index, word.Length);
        }
    }

    // "still going on" of what is over; what is said to be over is judged with the other all-clears.
    private static IEnumerable<(int At, int Length)> Lasting(string sentence, Anchors anchors, FactBook book)
    {
        foreach (Match word in Lasts().Matches(sentence).Where(word => !Denied().IsMatch(sentence[..word.Index])))
        {
            var groups = anchors.All.Concat(anchors.Carried).Where(group => group.Class == NameKinds.Service).ToList();
            var told = book.Entries.Where(entry => entry.Ongoing is not null && Anchors.Fits(entry, groups) != Fit.No).ToList();
            if (told.Count > 0 && told.TrueForAll(entry => entry.Ongoing == false))
                yield return (word.Index, word.Length);
        }
    }

    private static IReadOnlyList<string> Names(AnchorGroup group) =>
        [.. group.Mentions.SelectMany(mention => mention.Names).Where(name => name.Kind == NameKinds.Service).Select(name => name.Name)];

    private static bool Is(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(
        @"\b(?:(?<by>(?:is |are )?(?:only |directly |solely )*called (?:only |directly |solely )*by|(?:wird"
            + @"|werden) (?:nur |direkt )?(?:aufgerufen )?von|(?:est|sont) (?:appelée?s? )(?:uniquement |directement )?par"
            + @"|(?:es|son) (?:llamad[oa]s? )(?:solo )?por)"
            + @"|(?<!\d |most |\w of )(?:directly |also |only |itself |in turn )*calls?(?! (?:of|to|from|in|for"
            + @"|and|per|a|that|were|was|took|looked|over|at|on|between|which|have|had)\b)|depends on|ruft|appelle(?:nt)?"
            + @"|llama(?:n)? a)\b(?! \()",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfPart
    )]
    private static partial Regex Call();

    [GeneratedRegex(
        @"\b(?:not|never|n['’]t|no|nicht|kein\w*|nie|pas|aucun\w*|ningun\w*|nor|neither)\b",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfPart
    )]
    private static partial Regex Denied();

    [GeneratedRegex(
        @"\b(?:(?:root |likely |probable |most likely )?(?:cause|culprit)(?: is| was|:)|ursache(?: ist| war"
            + @"|:)|cause(?: \w+)?(?: est|:)|causa(?: \w+)?(?: es| fue|:)|started in|originates? in|begann (?:in"
            + @"|bei))(?: (?:most likely|likely|probably|wahrscheinlich|vermutlich|probablement))?[\s*:]*",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfPart
    )]
    private static partial Regex Cause();

    [GeneratedRegex(
        @"\b(?:nobody owns|no one owns|without an owner|has no owner|no source names an owner|niemand besitzt"
            + @"|ohne (?:eigentümer|besitzer)|personne ne possède|sans propriétaire|nadie posee|sin (?:dueño|propietario))\b",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfPart
    )]
    private static partial Regex NoOwner();

    [GeneratedRegex(
        @"\b(?:every|all)(?: of (?:them|its|the))? ?(?:single )?(?:requests?|calls?)? (?:fail(?:ed|s)?)\b"
            + @"|\balle anfragen (?:schlugen fehl|scheiterten)"
            + @"|\btoutes les requêtes ont échoué|\btodas las peticiones fallaron",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfPart
    )]
    private static partial Regex All();

    [GeneratedRegex(
        @"\b(?:only|nur|seule?s?|uniquement|solo|sólo|solamente|exclusively|ausschließlich)\b",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfPart
    )]
    private static partial Regex Only();

    [GeneratedRegex(
        @"\b(?:fail\w*|errors?|affected|broken|fehl\w*|betroffen\w*|échou\w*|échecs?|erreurs?|touché\w*|fall\w*|errores|afectad\w*)\b",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfPart
    )]
    private static partial Regex Failing();

    [GeneratedRegex(@"\b(?:affected|hit|reached|betroffen|touchée?s?|afectad[oa]s?)\b", RegexOptions.IgnoreCase, PatternThresholds.OfPart)]
    private static partial Regex Reached();

    [GeneratedRegex(
        @"\b(?:still (?:going on|ongoing|failing|lasts?|happening)|ongoing|continues?|persists?|not over"
            + @"|dauert (?:noch )?an|hält (?:noch )?an|noch nicht vorbei|toujours en cours|continue|sigue|continúa)\b",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfPart
    )]
    private static partial Regex Lasts();
}
