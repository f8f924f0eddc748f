using Copilot.Agent.Answers;
using Copilot.Agent.Answers.Items;
using Copilot.Agent.Answers.Results;
using Copilot.Agent.Questions;
using Copilot.Store.Reads.Traces;
using Copilot.Telemetry.Spans;
using Copilot.Telemetry.Time;

namespace Copilot.Agent.Answering.Traces;

/// <summary>One trace explained.</summary>
internal sealed class TraceAnswers(TraceReads traces) : IAnswerer
{
    private const int Told = 5;

    public IReadOnlyList<QuestionKind> Kinds { get; } = [QuestionKind.Trace];

    public async Task<Finding> AnswerAsync(Inquiry inquiry, CancellationToken cancellation)
    {
        if (!TraceId.TryParse(inquiry.Plan.TraceId, out var id))
            return new Finding { Outcome = Outcome.Clarify, Text = "Which trace? Paste its id: 32 hex digits.", Result = new ChoicesResult([]) };
        // Most questions are about a trace of the last hour; where it is not there, everything kept is searched.
        TimeWindow near = inquiry.Window.IsEmpty ? new(inquiry.AsOf.AddHours(-1), inquiry.AsOf) : inquiry.Window;
        var read = await inquiry.ReadAsync(
            $"{{ trace:id = \"{id}\" }}", near, () => traces.SpansAsync(id, near, cancellation), spans => spans.Count);
        var spans = read.Value;
        if (spans.Count == 0) return Finding.NoData($"**Nothing is kept of trace** `{id}`: it was never received, was sampled away, or is past its retention.");

        var root = TracePath.Root(spans);
        var whole = root.ParentSpanId is null ? root.DurationNs : spans.Max(span => span.EndNs) - spans.Min(span => span.StartNs);
        var path = TracePath.Of(spans);
        var services = spans.Select(span => span.Service).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var failed = spans.Where(span => span.Status == SpanStatus.Error).ToList();
        var slowest = path.OrderByDescending(item => item.SelfMs).Take(Told).ToList();
        inquiry.Claim(read.Query, $"{spans.Count} spans, {failed.Count} with errors", [id]);
        return new Finding
        {
            Result = new TraceResult(id.ToString(), whole / 1e6, services, path),
            Text = Explain(inquiry, id, root, spans, whole / 1e6, slowest, failed, services.Count),
            Suggestions = slowest.Count == 0
                ? []
                : [$"p95 of {slowest[0].Service} {Words.Asked(Around(root), inquiry.AsOf)}", $"who is on call for {slowest[0].Service}"],
        };
    }

    private static TimeWindow Around(TraceSpan root) =>
        new(UnixNanos.ToTime(root.StartNs).AddMinutes(-5), UnixNanos.ToTime(root.StartNs).AddMinutes(5));

    private static string Explain(
        Inquiry inquiry, TraceId id, TraceSpan root, IReadOnlyList<TraceSpan> spans, double ms, List<CriticalPathItem> slowest, List<TraceSpan> failed, int services)
    {
        var text = $"Trace `{id}` began at {Words.At(UnixNanos.ToTime(root.StartNs), inquiry.AsOf)} with {Words.Name(root.Service)} "
            + $"{Words.Name(root.Operation)} and took **{Words.Milliseconds(ms)}**: {Words.Count(spans.Count, "span", "spans")} in "
            + $"{Words.Count(services, "service", "services")}.";
        if (root.ParentSpanId is not null) text += " Its root span is missing, so this is what was received of it.";
        text += "\n\nWhere the time went (on the critical path):\n" + string.Join("\n", slowest.Select(item =>
            $"- {Words.Name(item.Service)} {Words.Name(item.Operation)}: {Words.Milliseconds(item.SelfMs)}" + (ms > 0 ? $" ({Words.Percent(item.SelfMs / ms)})" : string.Empty)));
        if (failed.Count == 0) return text + "\n\nNo span has an error.";
        return text + "\n\nErrors:\n" + string.Join("\n", failed.Take(Told).Select(span =>
            $"- {Words.Name(span.Service)} {Words.Name(span.Operation)}" + (string.IsNullOrEmpty(span.StatusMessage) ? string.Empty : $": {Words.Name(span.StatusMessage)}")))
            + (failed.Count > Told ? $"\n- and {failed.Count - Told} more" : string.Empty);
    }
}
