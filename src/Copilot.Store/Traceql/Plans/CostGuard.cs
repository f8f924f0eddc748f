using System.Globalization;
using Copilot.Store.Commands;
using Copilot.Store.Traceql.Conditions;
using Copilot.Telemetry.Records;
using Copilot.TraceQL.Checking;
using Copilot.TraceQL.Syntax;
using Npgsql;

namespace Copilot.Store.Traceql.Plans;

/// <summary>Says beforehand what a query would read, and refuses what is over the budget.</summary>
internal sealed class CostGuard(NpgsqlDataSource source, QueryBudget budget)
{
    /// <summary>What nestedSetLeft and its like make of a span: the whole trace is read and walked through.</summary>
    private const int NumberedSpan = 15;

    public async Task CheckAsync(TraceQlQuery query, TimeWindow window, CancellationToken cancellationToken)
    {
        var plan = await PlanAsync(query, window, cancellationToken);
        if (plan.Refusal is not null)
            throw new QueryTooExpensiveException(plan.Refusal);
    }

    /// <summary>The plan as far as statistics tell; Postgres' own plan is not asked for.</summary>
    public async Task<QueryPlan> PlanAsync(TraceQlQuery query, TimeWindow window, CancellationToken cancellationToken)
    {
        var estimate = new SpanEstimate(source);
        var partitions = await estimate.PartitionsAsync(window, cancellationToken);
        var inWindow = partitions.Sum(p => p.Spans);
        var spans = inWindow;
        var bound = ServiceBound.Of(query);
        var weight = QueryExpressions.WorkedOut(query).Any(Levels.MentionsNestedSets) ? NumberedSpan : 1;
        // Only what might be refused is looked at more closely.
        if (bound is { OneTrace: true })
            spans = Math.Min(spans, 1000);
        else if (bound is not null && spans * weight > budget.MaxSpans)
            spans = Math.Min(spans, await estimate.OfServicesAsync(bound.Services, window, cancellationToken));
        var cost = spans * weight;
        return new QueryPlan
        {
            Steps = [Words(window, partitions.Count, inWindow, bound), .. weight > 1 ? Numbering : []],
            Partitions = [.. partitions.Select(p => p.Partition)],
            EstimatedSpans = spans,
            Budget = budget.MaxSpans,
            Refusal = cost > budget.MaxSpans ? Refusal(spans, cost, window, bound) : null,
        };
    }

    private static readonly string[] Numbering =
    [
        "numbers the spans of each trace, depth first, for nestedSetLeft, nestedSetRight and nestedSetParent",
    ];

    private static string Words(TimeWindow window, int partitions, long inWindow, ServiceBound? bound)
    {
        var of = bound switch
        {
            null => "of all services",
            { OneTrace: true } => "of one trace",
            _ => "of " + string.Join(", ", bound.Services.Order(StringComparer.Ordinal)),
        };
        return string.Create(
            CultureInfo.InvariantCulture,
            $"looks at the spans {of} that start in [{window.From:yyyy-MM-dd HH:mm:ss}, "
                + $"{window.To:yyyy-MM-dd HH:mm:ss}) UTC: {partitions} partitions, which hold about {inWindow:N0} spans of "
                + $"that time"
        );
    }

    private string Refusal(long spans, long cost, TimeWindow window, ServiceBound? bound)
    {
        var share = (double)budget.MaxSpans / cost;
        var minutes = Math.Max(1, Math.Floor(window.Length.TotalMinutes * share * 0.9));
        var shorter = string.Create(CultureInfo.InvariantCulture, $"ask for a shorter window (about {minutes:N0} minutes would do)");
        var service = bound is null ? "name a service, such as { resource.service.name = \"…\" && … }, or " : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"this would read about {spans:N0} "
                + $"spans{(cost > spans ? $" and number those of their traces, as much work as reading {cost:N0}" : "")}, the "
                + $"budget is {budget.MaxSpans:N0}. To narrow it, {service}{shorter}."
        );
    }
}
