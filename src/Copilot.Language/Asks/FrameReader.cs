using Copilot.Language.Frames;
using Copilot.Language.Lexicon;
using Copilot.Language.Linking;
using Copilot.Language.Plans;
using Copilot.Language.Questions;
using Copilot.Language.Readings;
using Copilot.Language.Sentences;
using Copilot.Language.Tokens;
using Copilot.Telemetry.Records;
using Copilot.TraceQL.Syntax;

namespace Copilot.Language.Asks;

/// <summary>Reads a clause that asks for numbers, ranks, tables or log records as a frame; null where it asks for something else.</summary>
internal sealed partial class FrameReader(ReadingContext context)
{
    /// <summary>What asks for something that is no number, whatever numbers are named beside it.</summary>
    private static readonly Concept[] Others =
    [
        Concept.Why,
        Concept.Cause,
        Concept.Affected,
        Concept.Involve,
        Concept.Owner,
        Concept.OnCall,
        Concept.Contact,
        Concept.Channel,
        Concept.Runbook,
        Concept.Guide,
        Concept.Callers,
        Concept.Callees,
        Concept.DependsOn,
        Concept.TimeGoes,
        Concept.InCommon,
        Concept.Differ,
        Concept.OneOf,
        Concept.Forecast,
    ];

    private readonly Sentence _s = context.Sentence;
    private readonly Subject _subject = context.Subject;
    private readonly Link? _metric = context
        .Sentence.LinksOf(LinkKind.Metric)
        .FirstOrDefault(l =>
            context.Sentence.Tokens[l.End - 1].Glue is '.' or '_'
            || l.Length > 1 && WordRoles.Metric.Contains(context.Sentence.WordAt(l.End) ?? "")
            || l.Length > 1 && !context.Sentence.MayMean(Concept.Count, Concept.Request)
            || l.Length > 1
                && context.Sentence.MayMean(Concept.PeakPoint, Concept.Maximum, Concept.Minimum)
                && !context.Sentence.MayMean(Concept.Request)
        );

    /// <param name="context">The clause.</param>
    /// <param name="asked">It is known that figures are asked for, whatever else is named.</param>
    public static QuestionPlan? Read(ReadingContext context, bool asked = false) =>
        DirectedCalls.Directed(context, new FrameReader(context).Read(asked));

    private QuestionPlan? Read(bool asked)
    {
        if (_s.Tokens.Any(t => t.Kind == WordTokenKind.TraceId))
            return null;
        if (_metric is not null && !_s.HasAny(Concept.Owner, Concept.OnCall, Concept.Why, Concept.Cause))
            return Checked(MetricReader.Read(context, Base(), _metric));
        if (RetryReader.Asks(context))
            return RetryReader.Read(context, Base());
        if (!asked && AsksOtherwise())
            return null;
        if (
            !asked
            && _s.HasAny(Intents.Changes)
            && context.Anchor is null
            // "how many traces touched stock"
            && !(_s.Has(Concept.Trace) && _s.MayMean(Concept.Count))
            && !_s.MayMean(Concept.ErrorRate, Concept.Percentile, Concept.Median, Concept.Throughput, Concept.Latency)
        )
            return null;
        if (context.HasSubject || _subject.Operations.Count + _subject.Conditions.Count > 0)
            _s.Use(_s.Mark(Concept.Such));
        var over = Over();
        if (over is FramePopulation.Logs)
            return LogReader.Read(context);
        var mentions = new MeasureMentions(_s, _subject, over);
        var measures = mentions.Read();
        var groups = Groups.Read(_s, _subject);
        over = groups.Count == 0 ? mentions.Population : over;
        // "for web, ios and android separately": split by what they are values of.
        if (
            groups.Count == 0
            && _s.MarksOf(Concept.Together, Concept.Compare).FirstOrDefault() is { } apart
            && _subject.Conditions.FirstOrDefault(c => c is { Operator: ConditionOperator.Equal, Values.Count: > 2 }) is { } several
        )
        {
            _s.Use(apart);
            groups = [FrameGroup.Of(new AttributeReference(several.Scope, several.Key))];
        }

        // "total failed requests, every service minus stock": of all the others together.
        if (
            _s.MayMean(Concept.Sum, Concept.Count)
            && !_s.MayMean(Concept.By, Concept.BreakDown)
            && _subject.Conditions.Any(c => c is { Operator: ConditionOperator.NotEqual, Key: FieldNames.Service })
        )
            groups = [.. groups.Where(g => g.Kind != FrameGroupKind.Service)];
        // "how many different customers, by customer id"
        groups = [.. groups.Where(g => g.Field is null || measures.All(m => m.Measure.Of?.ToString() != g.Field.ToString()))];
        // "requests, failed requests and error rate of every service": a table.
        var rank =
            measures.Count(m => m.Explicit) > 2
            && !_s.MayMean(Concept.Most, Concept.Top, Concept.MostFailing, Concept.Slowest, Concept.Maximum, Concept.Minimum)
                ? null
                : Ranks.Read(_s, _subject, measures, groups, context.Request.Previous?.Plan.Frame);
        // "error rate by version for the slowest service": one after the other.
        if (
            rank is not null
            && groups.Count > 0
            && _s.MayMean(Concept.Slowest, Concept.Fastest)
            && rank.Measure.Kind is MeasureKind.ErrorRate or MeasureKind.SuccessRate or MeasureKind.Rate
        )
            return null;
        if (rank is null && groups.Count == 0 && over == FramePopulation.Requests && Peaks.Read(_s, measures) is { } top)
            return Checked(Peaked(top));
        if (over == FramePopulation.Traces && rank is null && !(measures.Count > 0 && _s.MayMean(Concept.Count)))
            return _subject.Uncalled.Count > 0 && !_s.MayMean(Concept.Slowest, Concept.Fastest, Concept.Maximum) ? Checked(Listed()) : null;
        if (rank is not null)
            return Checked(Ranked(rank, measures, groups, over));
        if (measures.Count == 0)
            measures = Bare(groups);
        if (measures.Count == 0)
            return null;
        if (groups.Count == 0 && over == FramePopulation.Requests && !_s.MayMean(Concept.Share))
            groups = Groups.Listed(_s) is { } listed ? [listed] : Groups.Left(_s, _subject);
        return Checked(Measured(measures, groups, over));
    }

    // "show the traces of checkout that never call stock"
    private QuestionPlan Listed()
    {
        foreach (var mark in _s.MarksOf(Concept.Trace, Concept.Show, Concept.Which, Concept.Every, Concept.Request).ToList())
            _s.Use(mark);
        return Base() with
        {
            Frame = new QueryFrame
            {
                Act = FrameAct.List,
                Over = FramePopulation.Traces,
                State = State([]),
                Where = Bounds(),
                Limit = Rankings.Limit(_s),
            },
        };
    }

    // "how many different drivers" counts; "the request count behind that" asks for no cause.
    private bool AsksOtherwise() =>
        // "which services call checkout, apart from cart?"
        _subject.Services.Count > 0
            && _s.Has(Concept.Calls)
            && _s.HasAny(Concept.Which, Concept.Who)
            && !_s.MayMean(Concept.Count)
        || _s.Concepts.Any(c =>
            Others.Contains(c.Concept)
            && !(c.Concept == Concept.Differ && _s.MeansAt(c.Start, Concept.Distinct))
            && !(c.Concept == Concept.Contact && DirectedCalls.AreTold(context))
            // "how many clinics were hit by those failures": they are told apart and counted.
            && !(
                c.Concept == Concept.Affected
                && _s.MarksOf(Concept.Count, Concept.Distinct)
                    .Any(m => Enumerable.Range(m.End, 3).Any(i => _s.LinkAt(i) is { Kind: LinkKind.Key } && i < c.Start))
            )
            && !(
                c.Concept == Concept.Cause
                && c.End - c.Start > 1
                && _s.MarksOf(Concept.Which, Concept.What).Any(m => _s.LinkAt(m.End) is { Kind: LinkKind.Key })
                && _s.MarksOf(Concept.BreakDown, Concept.By).Any(m => Groups.IsKeyBehind(_s, m))
            )
            && !(
                c.Concept == Concept.Cause
                && _s.MayMean(Concept.Count, Concept.ErrorRate, Concept.Percentile, Concept.Share)
                && !_s.HasAny(Concept.Which, Concept.Who, Concept.Why)
            )
            // "their own response time"
            && !(
                c.Concept == Concept.Owner
                && c.End - c.Start == 1
                && _s.MayMean(
                    Concept.Count,
                    Concept.ErrorRate,
                    Concept.Percentile,
                    Concept.Share,
                    Concept.Latency,
                    Concept.Mean,
                    Concept.Throughput
                )
                && !_s.HasAny(Concept.Who)
                && (!_s.HasAny(Concept.Team) || _subject.Teams.Count > 0)
            )
            // "rank our teams by the failed requests of the services that they own"
            && !(c.Concept == Concept.Owner && c.End - c.Start == 1 && Groups.IsByTeam(_s))
        );

    private FramePopulation Over() =>
        _metric is not null ? FramePopulation.Metric
        : _s.MayMean(Concept.Log, Concept.ErrorLog, Concept.WarningLog, Concept.LogVerb) ? FramePopulation.Logs
        // "how many "charge declined" lines": only a record says a text.
        : _s.MarksOf(Concept.Count)
            .Any(m => m.End < _s.Tokens.Count && _s.Tokens[m.End].Kind == WordTokenKind.Quoted && _s.LinkAt(m.End) is null) || CountsText()
            ? FramePopulation.Logs
        : _s.Has(Concept.Trace) ? FramePopulation.Traces
        : _s.Has(Concept.Span) ? FramePopulation.Spans
        : FramePopulation.Requests;

    // "payments: "pool is exhausted" - number of occurrences?": a text that is copied is what records say.
    private bool CountsText() =>
        _s.MayMean(Concept.Count)
        && !_s.MayMean(Concept.Request, Concept.Failed, Concept.Trace, Concept.Span, Concept.Distinct)
        && Enumerable
            .Range(0, _s.Tokens.Count)
            .Any(i =>
                _s.Tokens[i].Kind == WordTokenKind.Quoted
                && _s.Tokens[i].Text.Contains(' ', StringComparison.Ordinal)
                && (_s.LinkAt(i) is not { Kind: LinkKind.Value } value || value.Targets.All(t => ErrorNouns.IsOfErrors(t.Key)))
            );

    private QuestionPlan Ranked(Rank rank, IReadOnlyList<MeasureAt> measures, IReadOnlyList<FrameGroup> groups, FramePopulation over)
    {
        var plan = Base();
        var measure = rank.Measure;
        // "services slower than 500 ms at p95": their p95, not each of their requests.
        var (min, max) = IsLatency(measure) ? DurationConditions.Bounds(context) : default;
        var bound = min ?? max;
        return plan with
        {
            Frame = new QueryFrame
            {
                Act = FrameAct.Rank,
                Over = over == FramePopulation.Traces ? FramePopulation.Requests : over,
                State = rank.State,
                Where = bound is null ? Bounds() : null,
                Measures =
                [
                    measure,
                    .. measures.Where(m => m.Explicit).Select(m => m.Measure).Where(m => m != measure && m.Kind != MeasureKind.Count),
                ],
                By = [rank.By, .. groups.Where(g => g.Column != rank.By.Column)],
                Ascending = rank.Ascending || bound is not null && min is null,
                Limit = rank.Limit,
                Offset = rank.Offset,
                Threshold = bound?.TotalMilliseconds ?? Threshold(),
            },
        };
    }

    private static bool IsLatency(FrameMeasure measure) =>
        measure is { Of: null, Kind: MeasureKind.Percentile or MeasureKind.Mean or MeasureKind.Maximum };

    private QuestionPlan? Measured(IReadOnlyList<MeasureAt> measures, IReadOnlyList<FrameGroup> groups, FramePopulation over)
    {
        // "p95 and maximum of A, B and C": of each, unless they are to be taken together.
        if (
            groups.Count == 0
            && _subject.Services.Count > 2
            && over == FramePopulation.Requests
            && WindowPlanner.Windows(_s).Count < 2
            && !_s.MayMean(Concept.Share, Concept.Sum, Concept.Plot, Concept.PeakPoint, Concept.Calls)
            && !_s.MarksOf(Concept.Together).Any(m => m.End - m.Start > 1)
        )
            groups = [FrameGroup.Service];
        var share = _s.Mark(Concept.Share);
        // "by what percentage did they grow from 8-9 to 9-10"
        if (share is not null && IsChangeOf(share))
        {
            foreach (var mark in _s.MarksOf(Concept.Share, Concept.Up, Concept.What).ToList())
                _s.Use(mark);
            _s.Use(share);
            share = null;
        }

        // "the percentage of failed ones for gold against silver": the rate of each.
        if (share is not null && Comparisons.Rate(context) is { } rate)
        {
            _s.Use(share);
            measures = [new MeasureAt(FrameMeasure.Plain(rate), share.Start, true)];
            share = null;
        }

        if (share is not null)
            return AskShares.Read(context, this, measures, groups, over);
        var plan = Base();
        var peak = _s.MarksOf(Concept.PeakPoint).FirstOrDefault(m => !_s.IsUsed(m.Start));
        if (peak is not null && IsAsked(peak, measures))
        {
            _s.Use(peak);
            peak = null;
        }

        var step = Steps.Length(_s);
        var plot = _s.Mark(Concept.Plot);
        var perStep = step is not null && measures.All(m => m.Measure.Kind is not (MeasureKind.Rate));
        var overTime = plot is not null || perStep || peak is not null && measures[0].Measure.Kind != MeasureKind.PeakRate;
        var frame = new QueryFrame
        {
            Act = FrameAct.Measure,
            Over = over,
            State = State(measures),
            Where = Bounds(),
            Measures = [.. measures.Select(m => m.Measure)],
            By = groups,
            OverTime = overTime,
            Step = overTime ? step ?? (peak is not null ? PeakStep(peak) : null) : null,
            Reduce = peak is not null ? FrameReduction.Highest : null,
            AsksWhen = _s.MayMean(Concept.When),
            Threshold = groups.Count > 0 ? Threshold() : null,
            Limit = groups.Count > 0 ? Rankings.Limit(_s) : null,
        };
        _s.Use(plot);
        _s.Use(peak);
        if (CallPaths.ThroughAll(_s, plan, frame) is { } through)
            return through;
        if (Comparisons.Read(context, plan, frame) is { } compared)
            return compared;
        if (!Comparisons.Asks(_s) || context.Request.Previous is not null || groups.Count > 0)
            return plan with { Frame = frame };
        // "median and p95 side by side": of one thing, beside one another.
        if (measures.Count < 2 || _s.MayMean(Concept.Than, Concept.Earlier, Concept.Later))
            return null;
        foreach (var mark in _s.MarksOf(Concept.Compare).ToList())
            _s.Use(mark);
        return plan with { Frame = frame };
    }

    // "how high was the error rate": how it was, where "how high did it get" asks for its peak.
    private bool IsAsked(ConceptMark peak, IReadOnlyList<MeasureAt> measures) =>
        _s.MeansAt(peak.End, Concept.Be)
        && WordRoles.Extents.Contains(_s.Tokens[peak.End - 1].Lower)
        && measures.All(m =>
            m.Measure
                is {
                    Of: null,
                    Kind: MeasureKind.ErrorRate
                        or MeasureKind.SuccessRate
                        or MeasureKind.Percentile
                        or MeasureKind.Mean
                        or MeasureKind.Count
                        or MeasureKind.Failed
                        or MeasureKind.Rate
                }
        )
        && Steps.Length(_s) is null;

    // A percentage between two times, where nothing says a part of what.
    private bool IsChangeOf(ConceptMark share) =>
        (WindowPlanner.Windows(_s).Count > 1 || context.Anchor is { Before: not null, After: not null })
        && (
            _s.MayMean(Concept.Up)
            || _subject.Conditions.Count == 0
                && WordRoles.Percent.Contains(_s.Tokens[share.End - 1].Lower)
                && !_s.MayMean(Concept.Failed, Concept.Succeeded, Concept.Slow, Concept.Greater, Concept.Less, Concept.AboveAverage)
        );

    // "the busiest minute"
    private TimeSpan? PeakStep(ConceptMark peak)
    {
        var nanos = Enumerable.Range(peak.Start, peak.End - peak.Start).Select(i => TimeTokens.NanosOf(_s.Tokens[i].Lower)).Max();
        return nanos >= 1e9 ? TimeSpan.FromTicks((long)(nanos / 100)) : null;
    }

    /// <summary>The parts of a plan that are read the same way whatever is asked.</summary>
    public QuestionPlan Base() =>
        new()
        {
            Kind = QuestionKind.Query,
            AsOfNs = UnixNanos.From(context.Request.AsOf),
            Window = WindowPlanner.Plan(context, QuestionKind.Measure),
            Services = context.Anchor?.Own is { } own ? [.. _subject.Services.Where(x => x.Name != own)] : _subject.Services,
            Operations = _subject.Operations,
            Conditions = [.. _subject.Conditions.Where(c => !IsAnchor(c))],
            Teams = _subject.Services.Count == 0 ? _subject.Teams : [],
        };

    // "since the 2.1.0 deploy": the version tells the change, not which requests are meant.
    private bool IsAnchor(AttributeCondition condition) =>
        condition.Key == "service.version"
            && (context.Anchor?.After ?? context.Anchor?.Before)?.Version is { } version
            && condition.Values is [var only]
            && only.TrimStart('v', 'V') == version
        || condition.Key.StartsWith("feature_flag.", StringComparison.Ordinal)
            && (context.Anchor?.After ?? context.Anchor?.Before) is { Said: not null };

    private QuestionPlan? Checked(QuestionPlan? plan)
    {
        if (plan is null)
            return null;
        if (plan.Frame is { Over: FramePopulation.Requests or FramePopulation.Spans or FramePopulation.Traces } frame)
            plan = plan with { Frame = CallPaths.On(_s, _subject, frame) };
        var named = plan with { Kind = QuestionKind.Traces };
        var unknown = UnknownNames.Find(context, named);
        return unknown.Count > 0 ? plan with { Services = [.. plan.Services, .. unknown] } : plan;
    }
}
