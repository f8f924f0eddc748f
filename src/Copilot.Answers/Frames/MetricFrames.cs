using Copilot.Answers.Contract;
using Copilot.Answers.Drafts;
using Copilot.Language.Frames;
using Copilot.Language.Questions;
using Copilot.Store.AttributeIndexing;
using Copilot.Store.Reads.Metrics;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Text;
using Copilot.TraceQL.Syntax;

namespace Copilot.Answers.Frames;

/// <summary>One metric by its name: its value, its growth or the spread of a histogram, by services and attributes, over time.</summary>
internal sealed class MetricFrames(MetricTableReads metrics, Absence absence) : IFrameEngine
{
    public bool Handles(QueryFrame frame) => frame is { Over: FramePopulation.Metric, Act: not FrameAct.Errors };

    public async Task<AnswerDraft> AnswerAsync(Inquiry inquiry, QueryFrame frame, CancellationToken cancellationToken)
    {
        if (frame.Metric is not { } name)
            return Unsupported("Which metric?");
        if (await absence.OfUnknownServicesAsync(inquiry, cancellationToken) is { } absent)
            return absent;
        if (frame.State != RecordState.Any || frame.InTrace.Count > 0 || inquiry.Plan.Operations.Count > 0)
            return Unsupported("Points of metrics belong to no request or trace: ask for a metric by service, attributes and time.");
        if (frame.Measures.FirstOrDefault(measure => !MetricMeasures.Knows(measure.Kind)) is { } foreign)
            return Unsupported($"A metric has no {foreign.Name(FramePopulation.Metric).Replace('_', ' ')}.");

        var entries = (await metrics.NamesAsync(NotedSince.All, cancellationToken)).Where(entry => entry.Name == name).ToList();
        if (entries.Count == 0)
            return AnswerDraft.NoData($"**No metric {AnswerWords.Name(name)} was ever received.**");
        var asked = inquiry.Plan.Services.Select(service => service.Name).ToHashSet(StringComparer.Ordinal);
        if (entries.Any(entry => entry.Services.Any(asked.Contains)))
            entries = [.. entries.Where(entry => entry.Services.Any(asked.Contains))];
        if (entries.Count > 1)
            return Mixed(name, entries);
        var query = RecordQuery.Of(
            await OwnAsync(inquiry, name, cancellationToken),
            frame.Measures.Count > 0 ? frame : frame with { Measures = [MetricMeasures.Usual(entries[0].Kind)] }
        );
        var source = Source(inquiry, query, entries[0], cancellationToken);
        return await RecordShapes.DraftAsync(inquiry, source) ?? await NothingAsync(inquiry, query, name, entries, cancellationToken);
    }

    /// <summary>Spans and metrics call the same thing by different names: a value that the metric's points have stands under their
    /// name.</summary>
    private async Task<QuestionPlan> OwnAsync(Inquiry inquiry, string name, CancellationToken cancellationToken)
    {
        var plan = inquiry.Plan;
        if (plan.Conditions.Count == 0)
            return plan;
        var own = await metrics.AttributesAsync(name, cancellationToken);
        // A point belongs to no trace: what narrows it stands on the point itself or on its resource.
        return plan with { Conditions = [.. plan.Conditions.Select(condition => Own(condition, own) with { OnEntry = true })] };
    }

    private static AttributeCondition Own(AttributeCondition condition, ILookup<string, (string Value, bool IsNumber)> own)
    {
        if (condition.Values.Count == 0 || condition.Scope == AttributeScope.Resource || own.Contains(condition.Key))
            return condition;
        var keys = own.Where(key => condition.Values.All(value => key.Any(v => v.Value.Equals(value, StringComparison.OrdinalIgnoreCase))))
            .Select(key => key.Key)
            .OrderByDescending(key => SharedParts(key, condition.Key))
            .ToList();
        // Several of the same likeness: which one is meant is not known.
        return keys.Count == 0 || keys.Count > 1 && SharedParts(keys[0], condition.Key) == SharedParts(keys[1], condition.Key)
            ? condition
            : condition with
            {
                Key = keys[0],
                Scope = AttributeScope.Any,
                Type = own[keys[0]].All(v => v.IsNumber) ? ConditionValueType.Number : ConditionValueType.Text,
                OnEntry = true,
            };
    }

    private static int SharedParts(string one, string other) => one.Split('.', '_').Intersect(other.Split('.', '_')).Count();

    private RecordSource Source(Inquiry inquiry, RecordQuery query, MetricEntry entry, CancellationToken cancellationToken)
    {
        var measures = query.Frame.Measures;
        var remarks = new HashSet<string>(StringComparer.Ordinal);
        return new RecordSource
        {
            Counted = number => Quantity.Count(number, "point", "points"),
            Query = query,
            Measures = [.. measures.Select(measure => MetricMeasures.Column(measure, entry))],
            ZeroWhereNone = [.. measures.Select(_ => false)],
            Read = async (asked, window, step) =>
            {
                var (rows, remark) = await ReadAsync(inquiry, asked, entry.Name, window, step, cancellationToken);
                remarks.UnionWith(remark);
                return rows;
            },
            Remark = () => remarks.Count == 0 ? string.Empty : " " + string.Join(" ", remarks),
        };
    }

    private async Task<(IReadOnlyList<RecordRow> Rows, IReadOnlyList<string> Remarks)> ReadAsync(
        Inquiry inquiry,
        RecordQuery query,
        string name,
        TimeWindow window,
        TimeSpan? step,
        CancellationToken cancellationToken
    )
    {
        var frame = query.Frame;
        var read = await metrics.SeriesAsync(
            new MetricSelection
            {
                Name = name,
                Window = window,
                Services = query.Services,
                Where = query.Where,
                By = [.. frame.By.Select(group => new MetricGroup(group.Field))],
            },
            cancellationToken
        );
        var rows = new List<RecordRow>();
        var remarks = new List<string>();
        foreach (var group in read.GroupBy(series => (Kind: series.Kind, Key: string.Join('\n', series.Groups.Select(g => g ?? "\0")))))
        {
            var series = group.ToList();
            var track = new MetricTrack(series, window);
            if (remarks.Count == 0)
                remarks.Add(MetricMeasures.Remark(track, frame.Measures));
            foreach (var slice in Slices(window, step))
            {
                var points = track.Points(slice);
                if (points == 0)
                    continue;
                var numbers = frame.Measures.Select(measure => MetricMeasures.Value(track, measure, slice)).ToList();
                foreach (var (number, measure) in numbers.Zip(frame.Measures))
                {
                    if (number is { Exact: false, Value: not null })
                        inquiry.Estimated(MetricMeasures.WhyEstimated(measure.Kind, track.Kind));
                }

                rows.Add(
                    new RecordRow(series[0].Groups, step is null ? null : slice.From, points, [.. numbers.Select(number => number.Value)])
                );
            }
        }

        return (rows, [.. remarks.Where(remark => remark.Length > 0)]);
    }

    private async Task<AnswerDraft> NothingAsync(
        Inquiry inquiry,
        RecordQuery query,
        string name,
        IReadOnlyList<MetricEntry> entries,
        CancellationToken cancellationToken
    )
    {
        var when = AnswerWords.Window(inquiry.Window, inquiry.AsOf);
        if (await metrics.AnyAsync(name, inquiry.Window, cancellationToken))
        {
            return AnswerDraft.NoData(
                $"**Nothing matched**: {AnswerWords.Name(name)} has points in {when}, but none of {Hostile.Code(query.Selection(), 400)} tells it. "
                    + $"It is a {MetricMeasures.Name(entries[0].Kind)}, sent by {AnswerWords.Names(entries.SelectMany(e => e.Services).Distinct(StringComparer.Ordinal))}."
            );
        }

        return AnswerDraft.NoData(
            await metrics.AnyAsync(null, inquiry.Window, cancellationToken)
                ? $"**No points of {AnswerWords.Name(name)} were received** for {when}, while other metrics were."
                : $"**No metrics were received** for {when}."
        );
    }

    private static AnswerDraft Mixed(string name, IReadOnlyList<MetricEntry> entries) =>
        new()
        {
            Outcome = Outcome.Clarify,
            Text =
                $"{AnswerWords.Name(name)} is not the same everywhere: "
                + string.Join(
                    "; ",
                    entries.Select(entry =>
                        $"a {MetricMeasures.Name(entry.Kind)} in {AnswerWords.Name(entry.Unit)} of {AnswerWords.Names(entry.Services)}"
                    )
                )
                + ". Of which service?",
            Result = new ChoicesResult([]),
        };

    private static IEnumerable<TimeWindow> Slices(TimeWindow window, TimeSpan? step)
    {
        var length = step is { } known ? known.Ticks * 100 : window.ToNs - window.FromNs;
        for (var from = window.FromNs; from < window.ToNs; from += length)
            yield return new TimeWindow(from, Math.Min(from + length, window.ToNs));
    }

    private static AnswerDraft Unsupported(string why) => new() { Outcome = Outcome.Unsupported, Text = why };
}
