using Copilot.Models.Facts;
using Copilot.Models.Phrases;

namespace Copilot.Models.Checking;

/// <summary>How the pieces of a sentence stand.</summary>
internal sealed class SentenceJudgement
{
    public Dictionary<Mention, Standing> Standings { get; } = [];

    /// <summary>The facts that figures of the sentence are.</summary>
    public Dictionary<Mention, IReadOnlyList<Fact>> Facts { get; } = [];

    public List<DateTimeOffset> Instants { get; } = [];

    /// <summary>Words that say the opposite of what the figures say.</summary>
    public List<(int At, int Length)> Contradicted { get; } = [];

    public int Strikes => Standings.Values.Count(standing => standing is Standing.Struck or Standing.Elsewhere);
}

/// <summary>
/// Compares each piece of a sentence with the facts of what the sentence speaks of. Which name a figure goes with is not always plain from
/// the words; a sentence is judged under the reading that leaves most of it standing, so that what is true under one of them passes whole
/// and an altered figure, which is true under none, does not.
/// </summary>
internal sealed class SentenceJudge(FactBook book, KnownClaims known, TimeZoneInfo zone)
{
    private static readonly BindingOrder[] Orders = [BindingOrder.Before, BindingOrder.Beside, BindingOrder.After];

    public FactBook Book => book;

    public KnownClaims Known => known;

    public TimeZoneInfo Zone => zone;

    public Derivations Derivations { get; } = new(book);

    /// <summary>Windows of results and of what they are compared with.</summary>
    public IReadOnlyList<Stretch> Windows { get; } =
    [.. book.Entries.SelectMany(entry => new[] { entry.Now, entry.Before }).OfType<Stretch>().Distinct()];

    public SentenceJudgement Judge(string sentence, IReadOnlyList<Mention> mentions, Anchors anchors, Scene scene)
    {
        var words = MeasureWords.In(sentence);
        var candidates = mentions
            .Where(mention => mention.Kind == MentionKind.Number)
            .ToDictionary(mention => mention, mention => book.Facts.Where(fact => FigureMatch.IsSame(mention, fact)).ToList());
        var times = new SaidTimes(sentence, mentions);
        SentenceJudgement? best = null;
        foreach (var order in Orders)
        {
            foreach (var timeOrder in times.All.Count > 1 ? Orders : Orders[..1])
            {
                var tried = new SentenceAttempt(
                    this,
                    sentence,
                    mentions,
                    anchors,
                    times,
                    words,
                    candidates,
                    scene,
                    order,
                    timeOrder
                ).Judge();
                if (best is null || tried.Strikes < best.Strikes)
                    best = tried;
                if (best.Strikes == 0)
                    return best;
            }
        }

        return best!;
    }

    // The sentence's own subject has a figure of that measure and side.
    public bool HasOwn(Fact fact, string? measure, IReadOnlyList<AnchorGroup> bound) =>
        bound.Count > 0
        && !fact.IsCountOfList
        && fact.Family != MeasureNames.Asked
        && book.Facts.Any(other =>
            other.Unit == fact.Unit
            && other.Family.Length > 0
            && other.Family == (fact.Family.Length > 0 ? fact.Family : measure)
            && Anchors.Fits(other.Entry, bound) == Fit.Yes
        );

    // The highest, the lowest, or where a course leaps.
    public static bool IsNotable(FactTime time)
    {
        if (time.Entry.List is not { } list || time.Entry.Facts.Count == 0)
            return false;
        var course = list.Entries.Where(entry => entry.Facts.Count > 0).Select(entry => entry.Facts[0].Value).ToList();
        var at = list.Entries.IndexOf(time.Entry);
        if (at < 0 || at >= course.Count)
            return false;
        var spread = course.Max() - course.Min();
        double Leap(int from, int to) => from < 0 || to >= course.Count ? 0 : Math.Abs(course[to] - course[from]);
        return spread > 0
            && (
                at == 0
                || at == course.Count - 1
                || course[at] == course.Max()
                || course[at] == course.Min()
                || Math.Max(Leap(at - 1, at), Leap(at, at + 1)) >= CheckingThresholds.Leap * spread
            );
    }
}
