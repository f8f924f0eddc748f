using System.ComponentModel;
using System.Text.Json.Nodes;
using Copilot.Answers.Contract;
using Copilot.Answers.Drafts;
using Copilot.Language.Linking;
using Copilot.Language.Questions;
using Copilot.Models.Audit;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Text;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;

namespace Copilot.Models.Tools;

/// <summary>
/// The tools of one question. Each is a typed plan that the same code carries out as for the built-in interpreter, so a number is the
/// same whoever asked for it. All of them read; the proposal of an incident is a preview and creates nothing.
/// </summary>
internal sealed partial class InvestigationTools(
    PlanAnswering answering,
    ToolSources sources,
    KnownNames catalogue,
    DateTimeOffset asOf,
    string zone,
    string conversationId,
    Action<AnswerPart>? progress
)
{
    private readonly ToolArguments _arguments = new(catalogue, asOf, zone);
    private readonly List<Answer> _answers = [];

    /// <summary>What the calls so far came to, in order.</summary>
    public IReadOnlyList<Answer> Answers => _answers;

    /// <param name="troubles">The question is about what is wrong, so causes may be ranked and an incident proposed.</param>
    public IReadOnlyList<KernelPlugin> Plugins(bool troubles)
    {
        List<KernelPlugin> plugins =
        [
            Plugin(this, "investigation"),
            Plugin(new DetailTools(sources, _arguments, CarryOutAsync, Keep), "details"),
        ];
        if (troubles)
            plugins.Add(Plugin(new TroubleTools(_arguments, AnswerAsync), "troubles"));
        return plugins;
    }

    [KernelFunction("find_services")]
    [Description("Lists services with their operations. Start here when a name is not certain.")]
    public ToolResult FindServices([Description("Part of a service's or operation's name; empty for all services.")] string query = "")
    {
        var found = catalogue
            .Services.Where(service =>
                Holds(service.Name, query)
                || service.Aliases.Any(alias => Holds(alias, query))
                || catalogue.Operations.Any(operation =>
                    operation.Entry && operation.Service == service.Name && Holds(operation.Name, query)
                )
            )
            .ToList();
        return ToolResult.List(
            "services",
            [
                .. found
                    .Take(ToolThresholds.Names)
                    .Select(service =>
                        (JsonNode)
                            new JsonObject
                            {
                                ["service"] = KnownText.Leaf(service.Name, KnownAs.Service),
                                ["instrumented"] = service.Instrumented,
                                ["operations"] = KnownText.List(
                                    catalogue
                                        .Operations.Where(operation => operation.Entry && operation.Service == service.Name)
                                        .Take(query.Length > 0 ? ToolThresholds.Names : ToolThresholds.OperationsEach)
                                        .Select(operation => operation.Name),
                                    KnownAs.Operation
                                ),
                            }
                    ),
            ],
            found.Count
        );
    }

    [KernelFunction("find_attributes")]
    [Description("Lists attributes that spans carry, with sample values: what conditions and break-downs can name.")]
    public ToolResult FindAttributes(
        [Description("Part of the attribute's key or of a value.")] string query = "",
        [Description("Only of this service.")] string service = ""
    )
    {
        var found = catalogue
            .Attributes.Where(attribute => service.Length == 0 || attribute.Service == service)
            .Select(attribute => (attribute.Scope, attribute.Key))
            .Distinct()
            .Select(name =>
                (
                    name.Scope,
                    name.Key,
                    Values: catalogue
                        .Values.Where(value => value.Scope == name.Scope && value.Key == name.Key)
                        .OrderByDescending(value => value.Seen)
                        .Select(value => value.Value)
                        .Distinct(StringComparer.Ordinal)
                        .ToList()
                )
            )
            .Where(row => Holds(row.Key, query) || row.Values.Any(value => Holds(value, query)))
            .ToList();
        return ToolResult.List(
            "attributes",
            [
                .. found
                    .Take(ToolThresholds.Names)
                    .Select(row =>
                        (JsonNode)
                            new JsonObject
                            {
                                ["attribute"] = KnownText.Leaf(PlanFilter.Field(row.Scope, row.Key), KnownAs.Attribute),
                                ["values"] = new JsonArray([
                                    .. row
                                        .Values.OrderByDescending(value => query.Length > 0 && Holds(value, query))
                                        .Take(ToolThresholds.ValuesEach)
                                        .Select(value =>
                                            (JsonNode)(
                                                value.Length > ToolThresholds.Value
                                                    ? TextStart.Of(value, ToolThresholds.Value) + "…"
                                                    : value
                                            )
                                        ),
                                ]),
                            }
                    ),
            ],
            found.Count
        );
    }

    [KernelFunction("measure")]
    [Description(
        "One number about requests: error_rate, request_count, failed_count, throughput, mean_latency, p50, p90, p95, "
            + "p99, max, min, trace_count, span_count or log_count."
    )]
    public Task<ToolResult> MeasureAsync(
        [Description("The measure's name.")] string measure,
        [Description("Service names; none: all services.")] string[]? services = null,
        [Description("Exact operation (span) names.")] string[]? operations = null,
        [Description("Conditions such as span.currency = CHF; all must hold.")] string[]? conditions = null,
        [Description("RFC 3339 start; default 15 minutes before the end.")] string? from = null,
        [Description("RFC 3339 end, exclusive; default now.")] string? to = null,
        CancellationToken cancellationToken = default
    ) =>
        CarryOutAsync(
            _arguments.Plan(QuestionKind.Measure, services, operations, conditions, from, to) with
            {
                Measure = ToolArguments.MeasureOf(measure),
            },
            cancellationToken
        );

    [KernelFunction("compare")]
    [Description("One measure in two windows, or for two conditions or services.")]
    public Task<ToolResult> CompareAsync(
        [Description("The measure's name, as for measure.")] string measure,
        [Description("Start of the first window.")] string firstFrom,
        [Description("End of the first window.")] string firstTo,
        [Description("Start of the second window.")] string secondFrom,
        [Description("End of the second window.")] string secondTo,
        [Description("Service names.")] string[]? services = null,
        [Description("Condition of the first side, such as resource.service.version = 1.2; empty for none.")] string firstCondition = "",
        [Description("Condition of the second side.")] string secondCondition = "",
        CancellationToken cancellationToken = default
    )
    {
        var plan = _arguments.Plan(QuestionKind.Comparison, services, null, null, firstFrom, secondTo);
        ComparisonSide Side(string from, string to, string condition) =>
            new(
                condition.Length > 0 ? condition : $"{from} to {to}",
                _arguments.Window(from, to),
                Condition: condition.Length > 0 ? _arguments.Condition(condition, plan.Services) : null
            );
        return CarryOutAsync(
            plan with
            {
                Measure = ToolArguments.MeasureOf(measure),
                Comparison = new PlannedComparison(Side(firstFrom, firstTo, firstCondition), Side(secondFrom, secondTo, secondCondition)),
            },
            cancellationToken
        );
    }

    [KernelFunction("series")]
    [Description("One measure over time.")]
    public Task<ToolResult> SeriesAsync(
        string measure,
        string[]? services = null,
        string[]? operations = null,
        string[]? conditions = null,
        string? from = null,
        string? to = null,
        CancellationToken cancellationToken = default
    ) =>
        CarryOutAsync(
            _arguments.Plan(QuestionKind.Series, services, operations, conditions, from, to) with
            {
                Measure = ToolArguments.MeasureOf(measure),
            },
            cancellationToken
        );

    [KernelFunction("rank")]
    [Description("Operations or services ranked by a measure, worst first.")]
    public Task<ToolResult> RankAsync(
        [Description("operations or services")] string what,
        [Description("The measure: failed_count, error_rate, p95, mean_latency, request_count, …")] string by,
        int? limit = null,
        string[]? services = null,
        string[]? conditions = null,
        string? from = null,
        string? to = null,
        CancellationToken cancellationToken = default
    ) =>
        CarryOutAsync(
            _arguments.Plan(what == "services" ? QuestionKind.Services : QuestionKind.Operations, services, null, conditions, from, to) with
            {
                Ranking = new PlannedRanking(ToolArguments.MeasureOf(by), limit),
            },
            cancellationToken
        );

    [KernelFunction("find_traces")]
    [Description("Finds traces. With a service named, slow means above the mean of that service's own operation.")]
    public Task<ToolResult> FindTracesAsync(
        [Description("Any span has an error.")] bool failed = false,
        [Description("Above-average latency.")] bool slow = false,
        [Description("The root span is fine but something below failed.")] bool rootFineButFailedBelow = false,
        double? longerThanMs = null,
        double? shorterThanMs = null,
        [Description("Text in one of its log records.")] string? logText = null,
        [Description("newest, slowest, fastest, oldest or most_errors")] string order = "newest",
        int? limit = null,
        string[]? services = null,
        string[]? operations = null,
        string[]? conditions = null,
        string? from = null,
        string? to = null,
        CancellationToken cancellationToken = default
    ) =>
        CarryOutAsync(
            _arguments.Plan(QuestionKind.Traces, services, operations, conditions, from, to) with
            {
                Traces = new TraceSelection
                {
                    Failed = failed,
                    Slow = slow,
                    RootFineButFailedBelow = rootFineButFailedBelow,
                    LongerThan = longerThanMs is { } longer ? TimeSpan.FromMilliseconds(longer) : null,
                    ShorterThan = shorterThanMs is { } shorter ? TimeSpan.FromMilliseconds(shorter) : null,
                    LogText = logText is { Length: > 0 } ? logText : null,
                    Limit = limit is { } most ? Math.Clamp(most, 1, ToolThresholds.MostTraces) : null,
                    Order = order switch
                    {
                        "slowest" => TraceOrder.Slowest,
                        "fastest" => TraceOrder.Fastest,
                        "oldest" => TraceOrder.Oldest,
                        "most_errors" => TraceOrder.MostErrors,
                        _ => TraceOrder.Newest,
                    },
                },
            },
            cancellationToken
        );

    [KernelFunction("explain_trace")]
    [Description("Explains one trace: its services, where its time went, its errors.")]
    public Task<ToolResult> ExplainTraceAsync(
        [Description("32 hex digits.")] string traceId,
        CancellationToken cancellationToken = default
    ) =>
        CarryOutAsync(
            _arguments.Plan(QuestionKind.Trace, null, null, null, null, null) with
            {
                TraceId = traceId.Trim().ToLowerInvariant(),
            },
            cancellationToken
        );

    [KernelFunction("break_down")]
    [Description("What sets bad requests apart from good ones; or, with an attribute named, the bad requests by its values.")]
    public Task<ToolResult> BreakDownAsync(
        [Description("failed, slow or all")] string which = "failed",
        [Description("Attribute to break down by; empty: find the one that sets them apart.")] string attribute = "",
        string[]? services = null,
        string[]? operations = null,
        string[]? conditions = null,
        string? from = null,
        string? to = null,
        CancellationToken cancellationToken = default
    ) =>
        CarryOutAsync(
            _arguments.Plan(QuestionKind.Breakdown, services, operations, conditions, from, to) with
            {
                Breakdown = new PlannedBreakdown(
                    which switch
                    {
                        "slow" => BreakdownPopulation.Slow,
                        "all" => BreakdownPopulation.All,
                        _ => BreakdownPopulation.Failed,
                    },
                    attribute.Length > 0 ? [_arguments.Attribute(attribute)] : [],
                    attribute.Length > 0
                ),
            },
            cancellationToken
        );

    [KernelFunction("calls")]
    [Description("Who calls a service (callers) or whom it calls (callees).")]
    public Task<ToolResult> CallsAsync(
        [Description("callers or callees")] string direction,
        string service,
        bool transitive = false,
        string? from = null,
        string? to = null,
        CancellationToken cancellationToken = default
    ) =>
        CarryOutAsync(
            _arguments.Plan(direction == "callees" ? QuestionKind.Callees : QuestionKind.Callers, [service], null, null, from, to) with
            {
                Transitive = transitive,
            },
            cancellationToken
        );

    // Numbers written as text are taken, as everywhere in this app's JSON.
    private static KernelPlugin Plugin(object tools, string name) =>
        KernelPluginFactory.CreateFromObject(tools, AIJsonUtilities.DefaultOptions, name);

    private static bool Holds(string text, string part) => part.Length == 0 || text.Contains(part, StringComparison.OrdinalIgnoreCase);

    // What is no plan's answer: it measured nothing.
    private void Keep(string text) =>
        _answers.Add(
            new Answer
            {
                ConversationId = conversationId,
                Outcome = Outcome.Answered,
                Text = text,
                Understood = new Understood { Intent = "runbooks" },
                Result = new NoResult(),
                Coverage = new Coverage(true, null, "runbooks as they were handed in"),
            }
        );

    private async Task<ToolResult> CarryOutAsync(QuestionPlan plan, CancellationToken cancellationToken) =>
        ToolResult.Of(await AnswerAsync(plan, cancellationToken));

    private async Task<Answer> AnswerAsync(QuestionPlan plan, CancellationToken cancellationToken)
    {
        var answer = await answering.AnswerAsync(plan, conversationId, progress, cancellationToken);
        _answers.Add(answer);
        return answer;
    }
}
