using Copilot.Analysis.Traces;
using Copilot.Answers.Contract;
using Copilot.Answers.Drafts;
using Copilot.Language.Questions;
using Copilot.Store.Reads.Traces;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;
using Copilot.Telemetry.Text;

namespace Copilot.Answers.Traces;

/// <summary>One trace explained.</summary>
internal sealed class TraceAnswers(TraceReads traces) : IAnswerer
{
    public IReadOnlyList<QuestionKind> Kinds { get; } = [QuestionKind.Trace];

    public async Task<AnswerDraft> AnswerAsync(Inquiry inquiry, CancellationToken cancellationToken)
    {
        if (!TraceId.TryParse(inquiry.Plan.TraceId, out var id))
            return new AnswerDraft
            {
                Outcome = Outcome.Clarify,
                Text = "Which trace? Paste its id: 32 hex digits.",
                Result = new ChoicesResult([]),
            };
        // Most questions are about a trace of the last hour; where it is not there, everything kept is searched.
        TimeWindow near = inquiry.Window.IsEmpty ? new(inquiry.AsOf.AddHours(-1), inquiry.AsOf) : inquiry.Window;
        var read = await inquiry.ReadAsync(
            $"{{ trace:id = \"{id}\" }}",
            near,
            () => traces.SpansAsync(id, near, cancellationToken),
            spans => spans.Count
        );
        var spans = read.Value;
        if (spans.Count == 0)
            return AnswerDraft.NoData(
                $"**Nothing is kept of trace** `{id}`: it was never received, was sampled away, or is past its retention."
            );

        var root = TracePath.Root(spans);
        var whole = root.ParentSpanId is null ? root.DurationNs : spans.Max(span => span.EndNs) - spans.Min(span => span.StartNs);
        var path = TracePath.Of(spans);
        var services = spans.Select(span => span.Service).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var failed = spans.Where(span => span.Failed).ToList();
        var slowest = path.OrderByDescending(item => item.SelfMs).Take(AnswerLengthThresholds.Lines).ToList();
        inquiry.Claim(read.Query, $"{spans.Count} spans, {failed.Count} with errors", [id]);
        return new AnswerDraft
        {
            Result = new TraceResult(id.ToString(), whole / 1e6, services, path),
            Text = Explain(inquiry, id, root, spans, whole / 1e6, slowest, failed, services.Count),
            Suggestions =
                slowest.Count == 0
                    ? []
                    :
                    [
                        $"p95 of {slowest[0].Service} {AnswerWords.Asked(Around(root), inquiry.AsOf)}",
                        $"who is on call for {slowest[0].Service}",
                    ],
        };
    }

    private static TimeWindow Around(TraceSpan root) =>
        new(UnixNanos.ToTime(root.StartNs) - ListThresholds.AroundTrace, UnixNanos.ToTime(root.StartNs) + ListThresholds.AroundTrace);

    private static string Explain(
        Inquiry inquiry,
        TraceId id,
        TraceSpan root,
        IReadOnlyList<TraceSpan> spans,
        double ms,
        List<CriticalPathItem> slowest,
        List<TraceSpan> failed,
        int services
    )
    {
        var text =
            $"Trace `{id}` began at {AnswerWords.At(UnixNanos.ToTime(root.StartNs), inquiry.AsOf)} with {AnswerWords.Name(root.Service)} "
            + $"{AnswerWords.Name(root.Operation)} and took **{Quantity.Duration(ms)}**: {Quantity.Count(spans.Count, "span", "spans")} in "
            + $"{Quantity.Count(services, "service", "services")}.";
        if (root.ParentSpanId is not null)
            text += " Its root span is missing, so this is what was received of it.";
        text +=
            "\n\nWhere the time went (on the critical path):\n"
            + string.Join(
                "\n",
                slowest.Select(item =>
                    $"- {AnswerWords.Name(item.Service)} {AnswerWords.Name(item.Operation)}: {Quantity.Duration(item.SelfMs)}"
                    + (ms > 0 ? $" ({Quantity.Percent(item.SelfMs / ms)})" : string.Empty)
                )
            );
        if (failed.Count == 0)
            return text + "\n\nNo span has an error.";
        return text
            + "\n\nErrors:\n"
            + string.Join(
                "\n",
                failed
                    .Take(AnswerLengthThresholds.Lines)
                    .Select(span =>
                        $"- {AnswerWords.Name(span.Service)} {AnswerWords.Name(span.Operation)}"
                        + (string.IsNullOrEmpty(span.StatusMessage) ? string.Empty : $": {AnswerWords.Name(span.StatusMessage)}")
                    )
            )
            + (failed.Count > AnswerLengthThresholds.Lines ? $"\n- and {failed.Count - AnswerLengthThresholds.Lines} more" : string.Empty);
    }
}

/// <summary>Where a trace's time went, by service and operation.</summary>
internal static class TracePath
{
    /// <summary>In the order in which the path first meets them, with the time spent in each itself.</summary>
    public static IReadOnlyList<CriticalPathItem> Of(IReadOnlyList<TraceSpan> spans)
    {
        var steps = CriticalPath.Of([.. spans.Select(span => span.AsSample())]);
        return
        [
            .. steps
                .GroupBy(step => (spans[step.Span].Service, spans[step.Span].Operation))
                .Select(own => new CriticalPathItem(own.Key.Service, own.Key.Operation, own.Sum(step => step.SelfMs))),
        ];
    }

    /// <summary>The span without a parent; where that is missing, the longest of those whose parent is.</summary>
    public static TraceSpan Root(IReadOnlyList<TraceSpan> spans)
    {
        var ids = spans.Select(span => span.SpanId).ToHashSet();
        return spans.FirstOrDefault(span => span.ParentSpanId is null)
            ?? spans.Where(span => !ids.Contains(span.ParentSpanId!.Value)).MaxBy(span => span.DurationNs)
            ?? spans[0];
    }
}
