using System.Text.RegularExpressions;

namespace Copilot.Models.Checking;

/// <summary>Times of a sentence that belong together: one, or the two ends of a stretch.</summary>
internal sealed record TimeGroup(IReadOnlyList<Mention> Mentions, bool IsStretch)
{
    public int At => Mentions[0].At;

    public int End => Mentions[^1].End;

    /// <summary>Whether an instant is one of the times said, or lies in the stretch.</summary>
    public bool Has(DateTimeOffset instant, TimeZoneInfo zone)
    {
        if (Mentions.Any(mention => mention.Time!.Is(instant, zone)))
            return true;
        if (!IsStretch)
            return false;
        var from = Mentions[0].Time!.Near(instant, zone).ToList();
        var to = Mentions[1].Time!.Near(instant, zone).ToList();
        return from.Zip(to).Any(pair => pair.First <= instant && instant <= pair.Second);
    }
}

/// <summary>The times of a sentence, and which of them a figure is of.</summary>
internal sealed partial class SaidTimes
{
    private readonly string _sentence;
    private readonly List<TimeGroup> _groups = [];

    public SaidTimes(string sentence, IReadOnlyList<Mention> mentions)
    {
        this._sentence = sentence;
        foreach (var mention in mentions.Where(mention => mention.Kind == MentionKind.Time))
        {
            var last = _groups.Count > 0 ? _groups[^1] : null;
            if (last is { IsStretch: false, Mentions.Count: 1 } && IsStretch(sentence, last, mention))
                _groups[^1] = new TimeGroup([last.Mentions[0], mention], true);
            else
                _groups.Add(new TimeGroup([mention], false));
        }
    }

    public IReadOnlyList<TimeGroup> All => _groups;

    public TimeGroup? For(Mention piece, BindingOrder order)
    {
        var before = _groups.LastOrDefault(group => group.End <= piece.At);
        var after = _groups.FirstOrDefault(group => group.At >= piece.End);
        return order switch
        {
            BindingOrder.Before => before ?? after,
            BindingOrder.After => after ?? before,
            _ => after is not null && Beside().IsMatch(_sentence[piece.End..after.At]) ? after : before ?? after,
        };
    }

    private static bool IsStretch(string sentence, TimeGroup first, Mention second)
    {
        var between = sentence[first.End..second.At];
        return Through().IsMatch(between) || (And().IsMatch(between) && Between().IsMatch(sentence[..first.At]));
    }

    [GeneratedRegex(
        @"^[\s*]*(?:UTC\s*)?(?:[–—-]|to|until|till|through|bis|à|jusqu['’]à|a las|hasta(?: las)?|a)[\s*]*(?:las\s)?$",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfPart
    )]
    private static partial Regex Through();

    [GeneratedRegex(@"^[\s*]*(?:UTC\s*)?(?:and|und|et|y(?: las)?)[\s*]*$", RegexOptions.IgnoreCase, PatternThresholds.OfPart)]
    private static partial Regex And();

    [GeneratedRegex(@"\b(?:between|zwischen|entre(?: les| las)?)[\s*]*$", RegexOptions.IgnoreCase, PatternThresholds.OfPart)]
    private static partial Regex Between();

    [GeneratedRegex(
        @"^[\s*]*(?:(?!and\b|und\b|et\b|y\b)[\p{L}%]+\s){0,2}(?:\(|(?:at|in|by|on|um|à|a|en|vers|gegen|from"
            + @"|between|the|de|les|las)\s)(?:the\s|las\s)?[\s*]*$",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfPart
    )]
    private static partial Regex Beside();
}
