using Copilot.Models.Facts;

namespace Copilot.Models.Checking;

/// <summary>That a person is on call, or next: no other of the team is.</summary>
internal static class OnCallClaim
{
    /// <returns>True: said to be on call; false: said to be next; null: neither.</returns>
    public static bool? Of(Mention person, string sentence, TableHead? head)
    {
        var before = head?.Over(sentence, person.At) ?? sentence[Math.Max(0, person.At - CheckingThresholds.HedgeReach)..person.At];
        if (JudgeWords.NextWord().IsMatch(before) || JudgeWords.NextBehind().IsMatch(sentence[person.End..]))
            return false;
        return JudgeWords.DutyWord().IsMatch(before) || JudgeWords.DutyBehind().IsMatch(sentence[person.End..]) ? true : null;
    }

    public static bool Holds(FactBook book, Mention person, IReadOnlyList<AnchorGroup> bound, bool wanted)
    {
        var told = book
            .Entries.Where(entry =>
                entry.OnCall is not null
                && person.Names.Any(name => entry.Has(name.Kind, name.Name))
                && Anchors.Fits(entry, bound) != Fit.No
            )
            .ToList();
        return told.Count == 0 || told.Exists(entry => entry.OnCall == wanted);
    }
}
