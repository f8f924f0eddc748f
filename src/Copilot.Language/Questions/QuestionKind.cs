namespace Copilot.Language.Questions;

/// <summary>What a question asks for; each kind has one shape of result.</summary>
public enum QuestionKind
{
    /// <summary>One number: <see cref="QuestionPlan.Measure"/> of the filter in the window.</summary>
    Measure,

    /// <summary>One measure over time.</summary>
    Series,

    /// <summary>One measure twice: see <see cref="QuestionPlan.Comparison"/>.</summary>
    Comparison,

    /// <summary>Which values set the bad requests apart, or a count by a named attribute: <see cref="QuestionPlan.Breakdown"/>.</summary>
    Breakdown,

    /// <summary>Traces that <see cref="QuestionPlan.Traces"/> selects.</summary>
    Traces,

    /// <summary>One trace explained: <see cref="QuestionPlan.TraceId"/>.</summary>
    Trace,

    /// <summary>Operations ranked by <see cref="QuestionPlan.Ranking"/>.</summary>
    Operations,

    /// <summary>Services ranked by <see cref="QuestionPlan.Ranking"/>, role "match".</summary>
    Services,

    /// <summary>Services that are clearly worse than in the baseline, and are the cause or its callers.</summary>
    Affected,

    /// <summary>Who calls the named service.</summary>
    Callers,

    /// <summary>Whom the named service calls.</summary>
    Callees,

    /// <summary>How databases, brokers and third parties look from their callers: <see cref="QuestionPlan.Peers"/>.</summary>
    Peers,

    /// <summary>Processor, memory and the like of the named services, from their metrics: <see cref="QuestionPlan.Resources"/>.</summary>
    Resources,

    /// <summary>Where the trouble starts.</summary>
    Cause,

    /// <summary>Team, people and channel of the named services.</summary>
    Owners,

    /// <summary>What the runbooks of the named services are; of all services where none is named.</summary>
    Runbooks,

    /// <summary>Where the time of requests through the named services goes: the critical paths of a sample of them, added up.</summary>
    TimeSpent,

    /// <summary>Owners of all that is affected or at fault in the window.</summary>
    Involved,

    /// <summary>Deploys, rollbacks, flags, configuration: <see cref="QuestionPlan.Changes"/>.</summary>
    Changes,

    /// <summary>Log records, counted, listed, or by who wrote them: <see cref="QuestionPlan.Logs"/>.</summary>
    Logs,

    /// <summary>"What is going wrong and who should fix it?": cause, affected, owners and a proposal.</summary>
    Overview,

    /// <summary>What <see cref="QuestionPlan.Frame"/> says: measures by groups, ranks, series, comparisons, errors.</summary>
    Query,

    /// <summary>When a trouble began, how long it lasted, whether it is over.</summary>
    Period,

    /// <summary>Every trouble of the window, in order of time, with cause and end.</summary>
    Summary,

    /// <summary>Spans that <see cref="QuestionPlan.TraceQl"/> selects, as traces or as a TraceQL metric.</summary>
    SpanQuery,

    /// <summary>One short question back: <see cref="QuestionPlan.Clarification"/>.</summary>
    Clarify,

    /// <summary>What is not done here: <see cref="QuestionPlan.Refusal"/>.</summary>
    Unsupported,
}

/// <summary>The stable snake_case names of the kinds, as answers show them in <c>understood.intent</c>.</summary>
public static class QuestionKindNames
{
    public static string Name(this QuestionKind kind) =>
        kind switch
        {
            QuestionKind.Measure => "measure",
            QuestionKind.Series => "series",
            QuestionKind.Comparison => "comparison",
            QuestionKind.Breakdown => "breakdown",
            QuestionKind.Traces => "traces",
            QuestionKind.Trace => "trace",
            QuestionKind.Operations => "operations",
            QuestionKind.Services => "services",
            QuestionKind.Affected => "affected_services",
            QuestionKind.Callers => "callers",
            QuestionKind.Callees => "callees",
            QuestionKind.Peers => "peers",
            QuestionKind.Resources => "resources",
            QuestionKind.Cause => "cause",
            QuestionKind.Owners => "owners",
            QuestionKind.Runbooks => "runbooks",
            QuestionKind.TimeSpent => "time_spent",
            QuestionKind.Involved => "involved_teams",
            QuestionKind.Changes => "changes",
            QuestionKind.Logs => "logs",
            QuestionKind.Overview => "overview",
            QuestionKind.Query => "query",
            QuestionKind.Period => "period",
            QuestionKind.Summary => "summary",
            QuestionKind.SpanQuery => "span_query",
            QuestionKind.Clarify => "clarify",
            QuestionKind.Unsupported => "unsupported",
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };

    /// <summary>The name of the question's kind; a single measure is named by itself ("error_rate").</summary>
    public static string Intent(this QuestionPlan plan) =>
        plan is { Kind: QuestionKind.Measure, Measure: { } measure } ? measure.Name() : plan.Kind.Name();
}
