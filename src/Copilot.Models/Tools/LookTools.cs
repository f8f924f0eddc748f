using System.ComponentModel;
using Copilot.Answers.Contract;
using Copilot.Language.Questions;
using Copilot.Models.Audit;
using Copilot.Telemetry.Spans;
using Microsoft.SemanticKernel;

namespace Copilot.Models.Tools;

/// <summary>Tools that look at one trace, at two side by side, and at who calls whom.</summary>
/// <param name="answer">Answers a plan, and keeps the answer: the person is shown what the same question would show.</param>
internal sealed class LookTools(ToolSources sources, ToolArguments arguments, Func<QuestionPlan, CancellationToken, Task<Answer>> answer)
{
    private readonly HashSet<TraceId> _shown = [];

    [KernelFunction("trace")]
    [Description(
        "One trace: its critical path and errors; with view spans its spans by page; with spanId that span's attributes and events."
    )]
    public async Task<ToolResult> TraceAsync(
        [Description("32 hex digits")] string traceId,
        [Description("path or spans")] string view = "path",
        [Description("Only spans of this service")] string? service = null,
        [Description("16 hex digits: this span whole")] string? spanId = null,
        [Description("With spanId: only attributes whose key holds this")] string? part = null,
        int? limit = null,
        string? cursor = null,
        CancellationToken cancellationToken = default
    )
    {
        var id = Id(traceId);
        if (spanId is { Length: > 0 })
            return await SpanAsync(id, spanId, part ?? string.Empty, cancellationToken);
        var page = Page.Of(limit, cursor);
        if (ToolArguments.OneOf(view, nameof(view), "path", "spans") == "path")
            return ToolResult.Of(await ExplainAsync(id, cancellationToken), page);
        var told = await ShowAsync(id, cancellationToken);
        var spans = (await sources.Traces.SpansAsync(id, null, cancellationToken))
            .Where(span => string.IsNullOrEmpty(service) || span.Service == arguments.Service(service).Name)
            .ToList();
        return spans.Count == 0 ? told : ToolResult.List("spans", SpanTable.Outline(spans, page), spans.Count, "narrow by service", page);
    }

    [KernelFunction("calls")]
    [Description(
        "Who calls a service (callers), whom it calls (callees), or how databases, queues and third parties look from their "
            + "callers (peers)."
    )]
    public async Task<ToolResult> CallsAsync(
        [Description("callers, callees or peers")] string direction = "callees",
        [Description("Needed but for peers")] string? service = null,
        [Description("Also indirect ones")] bool transitive = false,
        string? from = null,
        string? to = null,
        string? cursor = null,
        CancellationToken cancellationToken = default
    )
    {
        var kind = ToolArguments.OneOf(direction, nameof(direction), "callees", "callers", "peers") switch
        {
            "callers" => QuestionKind.Callers,
            "peers" => QuestionKind.Peers,
            _ => QuestionKind.Callees,
        };
        if (kind != QuestionKind.Peers && string.IsNullOrWhiteSpace(service))
            throw new ArgumentException($"'{direction}' needs a 'service'.");
        var plan = arguments.Plan(kind, service is { Length: > 0 } ? [service] : null, null, from, to);
        return ToolResult.Of(await answer(plan with { Transitive = transitive }, cancellationToken), Page.Of(null, cursor));
    }

    [KernelFunction("compare")]
    [Description(
        "Services now against before, clearly worse ones first: requests, failures, p95; or two traces, step by step, where the "
            + "time differs. "
            + "One measure in two windows or for two conditions: query."
    )]
    public async Task<ToolResult> CompareAsync(
        string[]? services = null,
        string? from = null,
        string? to = null,
        [Description("Default: the same length just before")] string? againstFrom = null,
        string? againstTo = null,
        [Description("Two trace ids, instead")] string[]? traces = null,
        string? cursor = null,
        CancellationToken cancellationToken = default
    )
    {
        var page = Page.Of(null, cursor);
        if (traces is { Length: > 0 })
            return await TracesAsync(traces, page, cancellationToken);
        var plan = arguments.Plan(QuestionKind.Services, services, null, from, to) with { Ranking = new PlannedRanking(Measure.P95, null) };
        var told = ToolResult.Of(await answer(plan, cancellationToken));
        var now = arguments.Times(from, to);
        var before =
            againstFrom is { Length: > 0 } || againstTo is { Length: > 0 }
                ? arguments.Times(againstFrom, againstTo)
                : new(now.FromNs - (now.ToNs - now.FromNs), now.FromNs);
        var table = await HealthTable.ReadAsync(
            sources.Requests,
            [.. plan.Services.Select(service => service.Name)],
            now,
            before,
            cancellationToken
        );
        // Nothing at all: the answer says which kind of nothing it is.
        if (table.Count == 0)
            return told;
        var rows = table.Skip(page.Offset).Take(ToolThresholds.Services).ToList();
        var health = ToolResult.List("health", rows, table.Count, "narrow by service", page);
        health.Tree["window"] = KnownText.Window(now);
        health.Tree["before"] = KnownText.Window(before);
        health.Tree["queries"] = told.Tree["queries"]?.DeepClone();
        health.Tree["everyService"] = plan.Services.Count == 0;
        return health;
    }

    private async Task<ToolResult> TracesAsync(string[] traces, Page page, CancellationToken cancellationToken)
    {
        if (traces.Length != 2)
            throw new ArgumentException($"'traces' takes two trace ids; it got {traces.Length}.");
        var sides = new List<TraceResult>();
        foreach (var trace in traces)
        {
            var found = await ExplainAsync(Id(trace), cancellationToken);
            if (found.Result is not TraceResult side)
                return ToolResult.Of(found);
            sides.Add(side);
        }

        var steps = PathDifference.Of(sides[0], sides[1]);
        var compared = ToolResult.List(
            "steps",
            [.. steps.Skip(page.Offset).Take(ToolThresholds.Items)],
            steps.Count,
            "look at one trace",
            page
        );
        compared.Tree["firstMs"] = sides[0].DurationMs;
        compared.Tree["secondMs"] = sides[1].DurationMs;
        compared.Tree["differenceMs"] = Math.Round(sides[1].DurationMs - sides[0].DurationMs, 3);
        return compared;
    }

    private async Task<ToolResult> SpanAsync(TraceId id, string spanId, string part, CancellationToken cancellationToken)
    {
        if (!SpanId.TryParse(spanId.Trim().ToLowerInvariant(), out var wanted))
            throw new ArgumentException("'spanId' must be 16 hex digits; trace with view spans lists those of a trace.");
        var told = await ShowAsync(id, cancellationToken);
        if (await sources.Details.ReadAsync(id, cancellationToken) is not { } trace)
            return told;
        return trace.Spans.FirstOrDefault(span => span.SpanId == wanted) is { } found
            ? ToolResult.Of(SpanTable.Details(id, found, part))
            : ToolResult.None("The trace has no such span; trace with view spans lists those it has.");
    }

    private static TraceId Id(string text) =>
        TraceId.TryParse(text.Trim().ToLowerInvariant(), out var id) ? id : throw new ArgumentException("'traceId' must be 32 hex digits.");

    private Task<Answer> ExplainAsync(TraceId id, CancellationToken cancellationToken) =>
        answer(arguments.Plan(QuestionKind.Trace, null, null, null, null) with { TraceId = id.ToString() }, cancellationToken);

    // What the person is shown, once a trace.
    private async Task<ToolResult> ShowAsync(TraceId id, CancellationToken cancellationToken) =>
        _shown.Add(id) ? ToolResult.Of(await ExplainAsync(id, cancellationToken)) : ToolResult.None("Nothing is kept of this trace.");
}
