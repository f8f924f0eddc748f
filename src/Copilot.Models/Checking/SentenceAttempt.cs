using Copilot.Models.Facts;
using Copilot.Models.Phrases;

namespace Copilot.Models.Checking;

/// <summary>One reading of a sentence: which names and times its figures go with.</summary>
internal sealed class SentenceAttempt(
    SentenceJudge judge,
    string sentence,
    IReadOnlyList<Mention> mentions,
    Anchors anchors,
    SaidTimes times,
    IReadOnlyList<MeasureWord> words,
    Dictionary<Mention, List<Fact>> candidates,
    Scene scene,
    BindingOrder order,
    BindingOrder timeOrder
)
{
    private readonly SentenceJudgement _judgement = new();
    private readonly HashSet<Mention> _settled = [];
    private readonly IReadOnlyList<Mention> _numbers = [.. candidates.Keys.OrderBy(number => number.At)];
    private readonly TableHead? _head = TableHead.IsRow(sentence) ? scene.Head : null;

    public SentenceJudgement Judge()
    {
        foreach (var mention in mentions.Where(mention => mention.Kind == MentionKind.Alone))
            _judgement.Standings[mention] = mention.Standing;
        foreach (var number in _numbers)
            Figure(number);
        foreach (var (part, whole) in Parts())
            Pair(part, whole);
        for (var i = 0; i + 1 < _numbers.Count; i++)
        {
            if (IsStill(_numbers[i], _numbers[i + 1]))
                Settle(_numbers[i + 1]);
        }
        foreach (
            var number in candidates
                .Keys.Where(number => _judgement.Standings[number] != Standing.Shown && !_settled.Contains(number))
                .ToList()
        )
            Derived(number);
        foreach (var mention in mentions.Where(mention => mention.Kind == MentionKind.Time))
            Time(mention);
        foreach (var stretch in times.All.Where(time => time.IsStretch && !(IsForward(time) && IsWindow(time))))
            _judgement.Standings[stretch.Mentions[1]] = Standing.Elsewhere;
        foreach (var mention in mentions.Where(mention => mention.Kind == MentionKind.Name))
            Name(mention);
        // A second look, with the times that are known now.
        foreach (
            var number in candidates
                .Keys.Where(number => _judgement.Standings[number] != Standing.Shown && !_settled.Contains(number))
                .ToList()
        )
            Derived(number);
        return _judgement;
    }

    private void Figure(Mention number)
    {
        var bound = anchors.For(number, order);
        var found = Facts(number, bound);
        // "Its" is the service's that was named last; a value may have been left since.
        if (found.Count == 0)
        {
            var isIts = JudgeWords.Pronoun().IsMatch(sentence);
            found = Facts(number, [.. bound.Where(group => !group.IsCarried || (isIts && group.Class == NameKinds.Service))]);
        }

        if (found.Count > 0)
            _judgement.Facts[number] = found;
        else if (IsPartOfList(number))
        {
            _judgement.Standings[number] = Standing.Shown;
            return;
        }

        // "None failed" of nobody in particular is said of all.
        if (found.Count > 0 && bound.Count == 0 && IsNone(number) && AllClears.ShowsNone([], judge.Book) == false)
            found = [];
        _judgement.Standings[number] =
            found.Count > 0 ? Standing.Shown
            : candidates[number].Exists(fact => Counts(number, fact)) ? Standing.Elsewhere
            : Standing.Struck;
    }

    // "The top two", "the other three": some of a longer list.
    private bool IsPartOfList(Mention number) =>
        number.Numbers is [{ Unit: null, Value: >= 1 } said, ..]
        && JudgeWords.SomeOf().IsMatch(sentence[..number.At])
        && !JudgeWords.MeasuredNoun().IsMatch(Around(number))
        && judge.Book.Lists.Any(list => list.Entries.Count > said.Value);

    private bool IsNone(Mention number) =>
        number.Numbers is [{ Value: 0 } zero, ..]
        && (zero.Unit == FactUnit.Ratio || JudgeWords.FailingWord().IsMatch(sentence[number.End..]))
        && !AllClears.IsOfBefore(sentence);

    private IReadOnlyList<Fact> Facts(Mention number, IReadOnlyList<AnchorGroup> bound)
    {
        var measure = MeasureOf(number);
        var side = SideOf(number);
        var time = times.For(number, timeOrder);
        var fitting = candidates[number]
            .Where(fact =>
                Counts(number, fact)
                && FigureMatch.Measures(fact, measure)
                && !(IsReckoned(fact) && !bound.Any(group => group.Class == NameKinds.Service))
                && !(
                    measure is CountWords.Failed or CountWords.Requests
                    && fact.Unit == FactUnit.Ratio
                    && number.Numbers.All(said => said.Unit is null)
                )
                && IsOn(side, number, fact)
                && FigureMatch.IsOf(fact, time, judge.Windows, judge.Zone)
            )
            .Select(fact => (Fact: fact, Fit: fact.IsCountOfList ? Fit.Neutral : Anchors.Fits(fact.Entry, bound)))
            .Where(fact => fact.Fit != Fit.No)
            .ToList();
        var own = fitting.Where(fact => fact.Fit == Fit.Yes).Select(fact => fact.Fact).ToList();
        if (own.Count > 0)
            return IsOfEach(own, bound) ? own : [];
        // A figure that says nothing of whose it is is of what the sentence speaks of only where that has none of its kind.
        var explicitly = bound.Where(group => !group.IsCarried).ToList();
        return [.. fitting.Select(fact => fact.Fact).Where(fact => IsTotal(number) || !judge.HasOwn(fact, measure, explicitly))];
    }

    // What was reckoned of a service is said of it.
    private static bool IsReckoned(Fact fact) => fact.Measure is "ratio" && fact.Entry.HasKind(NameKinds.Service);

    // "`pay` and `web`, each with 11 %" is said of both.
    private static bool IsOfEach(IReadOnlyList<Fact> found, IReadOnlyList<AnchorGroup> bound) =>
        found.Any(fact => fact.IsCountOfList || fact.Entry.IsOfMany || fact.Family.Length == 0)
        || bound
            .Where(group => !group.IsCarried && group.Mentions.Count > 1)
            .All(group => group.Mentions.All(mention => found.Any(fact => (group with { Mentions = [mention] }).Of(fact.Entry) != Fit.No)));

    // What was before is said as such: "before", "from … to", "instead of".
    private bool IsOn(FactSide side, Mention number, Fact fact) =>
        fact.Side == FactSide.None || (side == FactSide.None ? fact.Side == FactSide.Now || IsThen(number) : fact.Side == side);

    // Between the figure before and this one stands a word that leads back in time; a part has it from its whole.
    private bool IsThen(Mention number)
    {
        if (_head is not null)
            return JudgeWords.MeasureCell().IsMatch(sentence);
        var first = Parts().Where(pair => pair.Whole == number).Select(pair => pair.Part).FirstOrDefault() ?? number;
        var before = _numbers.LastOrDefault(other => other.End <= first.At);
        var between = sentence[(before?.End ?? 0)..first.At];
        return JudgeWords.ThenWord().IsMatch(between)
            || JudgeWords.BeforeBehind().IsMatch(sentence[number.End..])
            || (between.TrimEnd('`', '*', ' ').EndsWith('(') && JudgeWords.ThenWord().IsMatch(sentence[..first.At]));
    }

    // "19 of 103", "31 de ses 68": a part and its whole.
    private IEnumerable<(Mention Part, Mention Whole)> Parts()
    {
        for (var i = 0; i + 1 < _numbers.Count; i++)
        {
            if (
                JudgeWords.OfWhole().IsMatch(sentence[_numbers[i].End.._numbers[i + 1].At])
                && !_numbers[i].Numbers.Any(said => said.Unit is FactUnit.Duration)
            )
                yield return (_numbers[i], _numbers[i + 1]);
        }
    }

    // Both are of one entry, or the whole is that of a list around it.
    private void Pair(Mention part, Mention whole)
    {
        if (!_judgement.Facts.TryGetValue(part, out var parts) || !_judgement.Facts.TryGetValue(whole, out var wholes))
        {
            // "53 of the 53": all of them is said of what results show to be so.
            if (part.Text == whole.Text)
                Settle(whole);
            return;
        }

        var pairs = parts
            .SelectMany(first => wholes.Where(second => PartOfWhole.Is(first, second)).Select(second => (first, second)))
            .ToList();
        if (pairs.Count == 0)
        {
            Settle(whole);
            return;
        }

        _judgement.Facts[part] = [.. pairs.Select(pair => pair.first).Distinct()];
        _judgement.Facts[whole] = [.. pairs.Select(pair => pair.second).Distinct()];
    }

    // Nothing that it may follow from makes it right.
    private void Settle(Mention number)
    {
        _judgement.Standings[number] = Standing.Elsewhere;
        _settled.Add(number);
    }

    // "From 179 ms to 179 ms" is no change.
    private bool IsStill(Mention first, Mention second) =>
        first.Text.Trim() == second.Text.Trim()
        && JudgeWords.Turning().IsMatch(sentence[..first.At])
        && JudgeWords.Onto().IsMatch(sentence[first.End..second.At]);

    // Two ends of windows that are no window together.
    private bool IsWindow(TimeGroup stretch)
    {
        var ends = stretch.Mentions.Select(end => judge.Book.Times.Where(time => end.Time!.Is(time.At, judge.Zone)).ToList()).ToList();
        return ends.Exists(end => end.Count == 0 || end.Exists(time => !time.IsOfWindow))
            || judge.Windows.Any(window =>
                stretch.Mentions[0].Time!.Is(window.From, judge.Zone) && stretch.Mentions[1].Time!.Is(window.To, judge.Zone)
            );
    }

    private static bool IsForward(TimeGroup stretch)
    {
        var (from, to) = (stretch.Mentions[0].Time!, stretch.Mentions[1].Time!);
        return from.Clock is not { } first
            || to.Clock is not { } second
            || from.Day != to.Day
            || first < second
            || first - second > TimeSpan.FromHours(12);
    }

    // How many rows a list has is said with a word for what it lists.
    private bool Counts(Mention number, Fact fact) =>
        !fact.IsCountOfList
        || JudgeWords.ListNoun().IsMatch(Around(number))
        || (char.IsAsciiLetter(number.Text[0]) && !JudgeWords.MeasuredNoun().IsMatch(Around(number)));

    private string Around(Mention number) => sentence[number.At..Math.Min(sentence.Length, number.End + CheckingThresholds.HedgeReach)];

    private bool IsTotal(Mention number) =>
        JudgeWords.Total().IsMatch(sentence[..number.At]) || JudgeWords.TotalBehind().IsMatch(sentence[number.End..]);

    private string? MeasureOf(Mention number)
    {
        var isWhole = Parts().Any(pair => pair.Whole == number);
        if (_head?.Over(sentence, number.At) is { Length: > 0 } over)
        {
            if (MeasureWords.In(over) is [var named, ..])
                return named.Measure == MeasureNames.Share ? MeasureNames.ShareOf(CountWords.Anywhere(over)) : named.Measure;
            if (!isWhole && CountWords.In(over) is { } counted)
                return counted;
        }

        if (CountWords.Behind(sentence[number.End..], isWhole) is { } noun && number.Numbers.Any(said => said.Unit is null))
            return noun;
        // "15 % of the traffic but 100 % of the failures".
        if (
            number.Numbers.Any(said => said.Unit == FactUnit.Ratio)
            && JudgeWords.ShareOf().Match(sentence[number.End..]) is { Success: true } of
        )
            return MeasureNames.ShareOf(CountWords.Anywhere(of.Value));
        return MeasureWords.For(words, number.At, number.End)?.Measure;
    }

    private FactSide SideOf(Mention number)
    {
        if (_head?.Over(sentence, number.At) is { } over)
        {
            return JudgeWords.BeforeWord().IsMatch(over) ? FactSide.Before
                : JudgeWords.NowWord().IsMatch(over) ? FactSide.Now
                : FactSide.None;
        }

        return JudgeWords.BeforeHere().IsMatch(sentence[..number.At]) || JudgeWords.BeforeBehind().IsMatch(sentence[number.End..])
            ? FactSide.Before
            : FactSide.None;
    }

    private void Derived(Mention number)
    {
        if (_head is not null && !JudgeWords.DerivedColumn().IsMatch(_head.Over(sentence, number.At)))
            return;
        var bound = anchors.For(number, order);
        var cited = _judgement.Facts.Where(of => of.Key != number).SelectMany(of => of.Value).Distinct().ToList();
        var measure = MeasureOf(number);
        var beside =
            bound.Count == 0
                ? []
                : judge
                    .Book.Facts.Where(fact =>
                        fact.Family != MeasureNames.Asked
                        && FigureMatch.Measures(fact, measure)
                        && Anchors.Fits(fact.Entry, bound) == Fit.Yes
                    )
                    .ToList();
        var reckoned = new Reckoning
        {
            Number = number,
            Sentence = sentence,
            Measure = measure,
            IsWhole = Parts().Any(pair => pair.Whole == number),
            Cited = cited,
            Earlier = scene.Facts,
            Last = scene.Last,
            Beside = beside,
            Named = NamedPairs.Of(judge.Book, anchors, measure),
            Instants = [.. _judgement.Instants, .. scene.Instants],
        };
        if (judge.Derivations.Follows(reckoned))
            _judgement.Standings[number] = Standing.Shown;
    }

    private void Time(Mention mention)
    {
        var bound = anchors.For(mention, order);
        var all = judge.Book.Times.Where(time => mention.Time!.Is(time.At, judge.Zone)).ToList();
        var fitting = all.Where(time => Anchors.Fits(time.Entry, bound) != Fit.No && IsSaid(mention, time)).ToList();
        if (fitting.Count == 0 && !JudgeWords.Pronoun().IsMatch(sentence))
            fitting =
            [
                .. all.Where(time => Anchors.Fits(time.Entry, bound.Where(group => !group.IsCarried)) != Fit.No && IsSaid(mention, time)),
            ];
        fitting = [.. fitting.Where(time => IsInRole(mention, time))];
        _judgement.Instants.AddRange(fitting.Select(time => time.At).Distinct());
        _judgement.Standings[mention] =
            fitting.Count > 0 || (all.Count == 0 && judge.Known.IsAsked(mention.Text)) ? Standing.Shown
            : all.Count > 0 ? Standing.Elsewhere
            : Standing.Struck;
    }

    // A point of a course is said with what was measured then, or because something happened then.
    private bool IsSaid(Mention mention, FactTime time) =>
        !time.IsPoint
        || _judgement.Facts.Values.Any(facts => facts.Any(fact => fact.At == time.At))
        || (times.All.Any(group => group.IsStretch && group.Mentions.Contains(mention)))
        || SentenceJudge.IsNotable(time);

    private bool IsInRole(Mention mention, FactTime time)
    {
        var before = sentence[Math.Max(0, mention.At - CheckingThresholds.HedgeReach)..mention.At];
        return !(time.IsEnd && JudgeWords.StartWord().IsMatch(before)) && !(time.IsStart && JudgeWords.EndWord().IsMatch(before));
    }

    private void Name(Mention mention)
    {
        _judgement.Standings[mention] = mention.Standing;
        if (mention.Names.Count == 0 || mention.Standing == Standing.Struck)
            return;
        // A team that is called as a service is, beside a service in code: the team is meant.
        var own = !mention.IsAnchor && mention.Is(NameKinds.Team) ? NameKinds.Team : Anchors.ClassOf(mention);
        if (own == NameKinds.Service)
            return;
        if (own == NameKinds.Version)
            Version(mention);
        var all = anchors.For(mention, order, own).Where(group => Binds(own, group.Class)).ToList();
        var bound = all.Where(group => !group.IsCarried).ToList();
        // Of a person it is said behind whose the service is: "On call: …; next: …".
        if (bound.Count == 0 && own == NameKinds.Person)
            bound = all;
        if (bound.Count == 0)
            return;
        if (
            own == NameKinds.Person
            && OnCallClaim.Of(mention, sentence, _head) is { } wanted
            && !OnCallClaim.Holds(judge.Book, mention, bound, wanted)
        )
            _judgement.Standings[mention] = Standing.Elsewhere;
        var names = own == NameKinds.Team ? mention.Names.Where(name => name.Kind == own) : mention.Names;
        var borne = judge.Book.Entries.Where(entry => names.Any(name => entry.Has(name.Kind, name.Name))).ToList();
        if (borne.Count > 0 && borne.TrueForAll(entry => Anchors.Fits(entry, bound) == Fit.No))
            _judgement.Standings[mention] = Standing.Elsewhere;
    }

    // What was deployed when.
    private void Version(Mention mention)
    {
        var instants = judge
            .Book.Entries.Where(entry => mention.Names.Any(name => entry.Has(name.Kind, name.Name)))
            .SelectMany(entry => entry.Times)
            .ToList();
        if (
            times.All.Count > 0
            && instants.Count > 0
            && !instants.Exists(instant => times.All.Any(time => time.Has(instant.At, judge.Zone)))
        )
            _judgement.Standings[mention] = Standing.Elsewhere;
    }

    // Two values of different attributes do not tell each other apart, nor does an owner an operation.
    private static bool Binds(string own, string other) =>
        own switch
        {
            NameKinds.Team or NameKinds.Person => other is NameKinds.Service or NameKinds.Team or NameKinds.Person,
            NameKinds.Document => other is NameKinds.Service or NameKinds.Team,
            _ => other is NameKinds.Service,
        };
}
