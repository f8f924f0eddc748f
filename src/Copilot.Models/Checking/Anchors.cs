using System.Text.RegularExpressions;
using Copilot.Models.Facts;

namespace Copilot.Models.Checking;

/// <summary>Which of the names of a sentence a figure goes with. What is true of a sentence is true under one of them.</summary>
internal enum BindingOrder
{
    /// <summary>"`pay` 240 ms, `web` 480 ms": the last one named before it.</summary>
    Before,

    /// <summary>"4 in `web` and 15 in `pay`": the one right behind it, else the last one before.</summary>
    Beside,

    /// <summary>"112 ms for `pay`, at most 21 ms for `web`": the next one.</summary>
    After,
}

/// <summary>Names of one kind that are said in one breath: "`pay` and `web`".</summary>
/// <param name="Class">Their kind.</param>
/// <param name="IsCarried">They were named by a sentence before.</param>
internal sealed record AnchorGroup(string Class, IReadOnlyList<Mention> Mentions, bool IsCarried = false)
{
    public int At => Mentions[0].At;

    public int End => Mentions[^1].End;

    /// <summary>Whether an entry is of one of them.</summary>
    public Fit Of(FactEntry entry)
    {
        var isOther = false;
        foreach (var mention in Mentions)
        {
            // A service that a team is called as, too: where an entry is of a service, that is meant.
            var ofService = mention.Is(NameKinds.Service) && entry.HasKind(NameKinds.Service);
            foreach (var (kind, name) in mention.Names)
            {
                if (!entry.HasKind(kind) || (ofService && kind == NameKinds.Team))
                    continue;
                if (entry.Has(kind, name))
                    return entry.IsOfMany && kind == NameKinds.Service && Mentions.Count == 1 && !IsCarried ? Fit.No : Fit.Yes;
                isOther = true;
            }
        }

        return isOther ? Fit.No : Fit.Neutral;
    }
}

/// <summary>Whether a figure is of what a sentence speaks of.</summary>
internal enum Fit
{
    /// <summary>It is of something else.</summary>
    No,

    /// <summary>It does not say of what it is.</summary>
    Neutral,
    Yes,
}

/// <summary>The names of a sentence that say what its figures are of.</summary>
internal sealed partial class Anchors
{
    private readonly string _sentence;
    private readonly Dictionary<string, List<AnchorGroup>> _groups = new(StringComparer.Ordinal);
    private readonly List<AnchorGroup> _carried;

    /// <param name="carried">What the sentences before were about.</param>
    public Anchors(string sentence, IReadOnlyList<Mention> mentions, IReadOnlyList<AnchorGroup> carried)
    {
        this._sentence = sentence;
        foreach (var mention in mentions.Where(mention => mention.IsAnchor && mention.Names.Count > 0))
        {
            var of = ClassOf(mention);
            if (!_groups.TryGetValue(of, out var groups))
                _groups[of] = groups = [];
            if (groups.Count > 0 && mention.At >= groups[^1].End && Joined().IsMatch(sentence[groups[^1].End..mention.At]))
                groups[^1] = groups[^1] with { Mentions = [.. groups[^1].Mentions, mention] };
            else
                groups.Add(new AnchorGroup(of, [mention]));
        }

        _carried = [.. carried.Where(group => !_groups.ContainsKey(group.Class)).Select(group => group with { IsCarried = true })];
    }

    public IReadOnlyList<AnchorGroup> All => [.. _groups.Values.SelectMany(groups => groups)];

    /// <summary>Named by a sentence before, and by this one not anew.</summary>
    public IReadOnlyList<AnchorGroup> Carried => _carried;

    public IReadOnlyList<AnchorGroup> Of(string kind) => _groups.GetValueOrDefault(kind) ?? [];

    /// <summary>Of each kind of names, those that a piece goes with.</summary>
    /// <param name="without">A kind that says nothing of it: its own.</param>
    public IReadOnlyList<AnchorGroup> For(Mention piece, BindingOrder order, string? without = null)
    {
        var bound = new List<AnchorGroup>();
        foreach (var (of, groups) in _groups)
        {
            if (of != without && Nearest(groups, piece, order) is { } group)
                bound.Add(group);
        }

        bound.AddRange(_carried.Where(group => group.Class != without));
        return bound;
    }

    private AnchorGroup? Nearest(List<AnchorGroup> groups, Mention piece, BindingOrder order)
    {
        var before = groups.LastOrDefault(group => group.End <= piece.At);
        var after = groups.FirstOrDefault(group => group.At >= piece.End);
        // "…, the one before it", "the other two": not of what was just named.
        if (before is not null && Another().IsMatch(_sentence[before.End..piece.At]))
            before = null;
        var between = after is null ? string.Empty : _sentence[piece.End..after.At];
        if (after is not null && Of().IsMatch(between))
            return after;
        return order switch
        {
            BindingOrder.Before => before ?? after,
            BindingOrder.After => after ?? before,
            _ => after is not null && Beside().IsMatch(between) ? after : before ?? after,
        };
    }

    public static string ClassOf(Mention mention) =>
        mention.Names.Any(name => name.Kind == NameKinds.Service) ? NameKinds.Service : mention.Names[0].Kind;

    public static Fit Fits(FactEntry entry, IEnumerable<AnchorGroup> groups)
    {
        var fit = Fit.Neutral;
        foreach (var group in groups)
        {
            switch (group.Of(entry))
            {
                case Fit.No:
                    return Fit.No;
                case Fit.Yes:
                    fit = Fit.Yes;
                    break;
                default:
                    break;
            }
        }

        return fit;
    }

    [GeneratedRegex(
        @"\b(?:one before|the next|next one|another|the others?|other two|previous one|runner-up|everything else"
            + @"|the rest|anderen?|übrigen|autres?|demás|otr[oa]s?)\b",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfPart
    )]
    private static partial Regex Another();

    [GeneratedRegex(
        @"^[\s*`,/&]*(?:(?:and|und|et|y|e|or|oder|ou|as well as|sowie)\b)?[\s*`]*$",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfPart
    )]
    private static partial Regex Joined();

    // "112 ms for `web`" is of nothing else.
    [GeneratedRegex(
        @"^[\s*]*(?:(?!and\b|und\b|et\b|y\b)[\p{L}%]+\s){0,1}(?:in|of|for|bei|von|für|pour|para)\s(?:the\s)?[*]*`?$",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfPart
    )]
    private static partial Regex Of();

    // "15 in `web`", "131 ms (`web`)", "1,617 requests of `pay`".
    [GeneratedRegex(
        @"^[\s*]*(?:(?!and\b|und\b|et\b|y\b)[\p{L}%]+\s){0,3}(?:\(|(?:in|of|for|at|by|from|on|to|bei|von"
            + @"|für|in|im|à|de|du|des|pour|chez|dans|en|para|por)\s(?:the\s|`|\*)*)[\s`*]*$",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfPart
    )]
    private static partial Regex Beside();
}
