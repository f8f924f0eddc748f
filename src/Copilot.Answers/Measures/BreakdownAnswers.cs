using Copilot.Analysis.Reports;
using Copilot.Answers.Contract;
using Copilot.Answers.Drafts;
using Copilot.Language.Questions;
using Copilot.Store.Reads.Requests;
using Copilot.Telemetry.Text;
using Copilot.TraceQL.Syntax;

namespace Copilot.Answers.Measures;

/// <summary>What the bad requests have in common, or a count by an attribute that the question names.</summary>
internal sealed class BreakdownAnswers(BreakdownReads breakdowns, ValueMeasures values, RankingAnswers ranking, Absence absence) : IAnswerer
{
    private const int Told = 6;

    public IReadOnlyList<QuestionKind> Kinds { get; } = [QuestionKind.Breakdown];

    public async Task<AnswerDraft> AnswerAsync(Inquiry inquiry, CancellationToken cancellationToken)
    {
        if (await absence.OfServicesAsync(inquiry, cancellationToken) is { } absent)
            return absent;
        var planned = inquiry.Plan.Breakdown ?? new PlannedBreakdown(BreakdownPopulation.Bad, [], false);
        if (planned.Attributes.Any(name => name.Key == "service.name"))
            return await ByServiceAsync(inquiry, planned, cancellationToken);
        // "p95 per region" asks for the measure of each value, whoever failed or was slow.
        var measured =
            inquiry.Plan.Ranking is not null
            || inquiry.Plan.Measure is { } asked && (asked.IsLatency() || asked is Measure.ErrorRate or Measure.Throughput);
        if (planned.Attributes.Count > 0 && (measured || planned.Population == BreakdownPopulation.All))
            return await values.AnswerAsync(inquiry, planned, cancellationToken);

        var (bad, read) = await CountAsync(inquiry, planned.Population, cancellationToken);
        var counts = read.Value;
        if (counts.Bad == 0)
        {
            if (counts.Good == 0)
                return await absence.ExplainAsync(inquiry, inquiry.Window, cancellationToken);
            return AnswerDraft.NoData(
                $"**Nothing matched**: none of the {Quantity.Count(counts.Good, "request", "requests")} of {SubjectWords.Of(inquiry)} was {bad} in "
                    + $"{AnswerWords.Window(inquiry.Window, inquiry.AsOf)}, so there is nothing to break down."
            );
        }

        var result = planned.Attributes.Count > 0 ? Named(counts, planned) : SetApart.Best(counts);
        inquiry.Claim(read.Query, $"{counts.Bad} {bad} and {counts.Good} other requests were compared");
        if (result is null)
            return NothingApart(inquiry, planned, counts, bad);
        return new AnswerDraft
        {
            Result = result,
            Text = Tell(inquiry, planned, counts, bad, result),
            Suggestions =
                inquiry.Services.Count == 1
                    ? Suggestions.AboutTrouble(inquiry, inquiry.Services[0])
                    : Suggestions.AboutTrouble(inquiry, null),
        };
    }

    // "Errors by service" is a ranking of services.
    private Task<AnswerDraft> ByServiceAsync(Inquiry inquiry, PlannedBreakdown planned, CancellationToken cancellationToken)
    {
        var by =
            inquiry.Plan.Measure
            ?? planned.Population switch
            {
                BreakdownPopulation.All => Measure.RequestCount,
                BreakdownPopulation.Slow => Measure.P95,
                _ => Measure.FailedCount,
            };
        return ranking.RankAsync(inquiry, ofServices: true, inquiry.Plan.Ranking ?? new PlannedRanking(by, null), cancellationToken);
    }

    private async Task<(string Word, Recorded<AttributeCounts> Read)> CountAsync(
        Inquiry inquiry,
        BreakdownPopulation population,
        CancellationToken cancellationToken
    )
    {
        // "what do the requests above 500 ms have in common?": those against the others.
        var lengths = inquiry.Plan.Conditions.Where(IsLength).ToList();
        if (population == BreakdownPopulation.Bad && lengths.Count > 0)
        {
            var others = inquiry.Plan with { Conditions = [.. inquiry.Plan.Conditions.Except(lengths)], Measure = null };
            var told = inquiry.Plan with { Conditions = lengths, Services = [], Operations = [], Measure = null };
            var inner = PlanFilter.ToTraceQl(told)!.Trim('{', '}', ' ');
            return (
                $"`{inner}`",
                await CountAsync(inquiry, others, BadRequests.Of(PlanSpans.FilterOf(told)), $"{{ {inner} }}", cancellationToken)
            );
        }

        var plan = inquiry.Plan with { Measure = null };
        if (population != BreakdownPopulation.Slow)
        {
            var failed = await CountAsync(inquiry, plan, BadRequests.Failed, $"{{ {PlanFilter.Failed} }}", cancellationToken);
            if (failed.Value.Bad > 0 || population != BreakdownPopulation.Bad)
                return ("failed", failed);
        }

        return ("slow", await CountAsync(inquiry, plan, BadRequests.Slow, "{ duration > mean }", cancellationToken));
    }

    private static bool IsLength(AttributeCondition condition) =>
        condition
            is {
                Scope: AttributeScope.Intrinsic,
                Key: "duration",
                Operator: ConditionOperator.Greater or ConditionOperator.GreaterOrEqual
            };

    private Task<Recorded<AttributeCounts>> CountAsync(
        Inquiry inquiry,
        QuestionPlan population,
        BadRequests bad,
        string compared,
        CancellationToken cancellationToken
    ) =>
        inquiry.ReadAsync(
            PlanSpans.Requests(population, $" | compare({compared})"),
            inquiry.Window,
            () =>
                breakdowns.CountAsync(
                    PlanSpans.FilterOf(population),
                    inquiry.Window,
                    bad,
                    [.. (inquiry.Plan.Breakdown?.Attributes ?? []).Select(name => name.Key)],
                    cancellationToken
                ),
            counts => counts.Values.Count
        );

    private static BreakdownResult? Named(AttributeCounts counts, PlannedBreakdown planned) =>
        planned.Attributes.Select(name => SetApart.ByKey(counts, name.Key)).FirstOrDefault(found => found is not null);

    private static AnswerDraft NothingApart(Inquiry inquiry, PlannedBreakdown planned, AttributeCounts counts, string bad) =>
        planned.Attributes.Count > 0
            ? AnswerDraft.NoData(
                $"**Nothing matched**: none of the {counts.Bad} {bad} requests of {SubjectWords.Of(inquiry)} has "
                    + $"{AnswerWords.Names(planned.Attributes.Select(name => name.Key))}."
            )
            : new AnswerDraft
            {
                Text =
                    $"**Nothing sets them apart.** {Quantity.Count(counts.Bad)} of {Quantity.Count(counts.Bad + counts.Good, "request", "requests")} of "
                    + $"{SubjectWords.Of(inquiry)} were {bad} in {AnswerWords.Window(inquiry.Window, inquiry.AsOf)}, and no attribute goes with them better than chance.",
                Suggestions = Suggestions.AboutTrouble(inquiry, null),
            };

    private static string Tell(Inquiry inquiry, PlannedBreakdown planned, AttributeCounts counts, string bad, BreakdownResult result)
    {
        var best = result.Items[0];
        var head =
            planned.Attributes.Count > 0
                ? $"The {Quantity.Count(counts.Bad, $"{bad} request", $"{bad} requests")} of {SubjectWords.Of(inquiry)} by {AnswerWords.Name(result.Attribute)}"
                : $"**{AnswerWords.Name(result.Attribute)} = {AnswerWords.Name(best.Value)}** sets the {bad} requests of {SubjectWords.Of(inquiry)} apart: "
                    + $"{Quantity.Percent(best.Share)} of them have it, {best.Lift.ToString("0.#", System.Globalization.CultureInfo.InvariantCulture)} times as often as the others";
        return $"{head} ({AnswerWords.Window(inquiry.Window, inquiry.AsOf)}):\n\n"
            + string.Join(
                "\n",
                result
                    .Items.Take(Told)
                    .Select(item => $"- {AnswerWords.Name(item.Value)}: {Quantity.Count(item.Count)} ({Quantity.Percent(item.Share)})")
            );
    }
}

/// <summary>Which attribute sets the bad requests apart from the good ones.</summary>
internal static class SetApart
{
    /// <summary>The attribute with the values that go with the bad requests, best first; null where none does.</summary>
    public static BreakdownResult? Best(AttributeCounts counts)
    {
        var ranked = BreakdownRanker.Rank(
            counts.Bad,
            counts.Good,
            counts.Values.Select(value => new AttributeTally(
                value.Scope == AttributeScope.Resource ? "resource" : "span",
                value.Key,
                value.Value,
                value.Bad,
                value.Good
            ))
        );
        return ranked.Count == 0
            ? null
            : new BreakdownResult(
                ranked[0].Attribute,
                [.. ranked[0].Values.Select(value => new BreakdownItem(value.Value, value.Count, value.Share, value.Lift))]
            );
    }

    /// <summary>All values of one attribute among the bad requests, most frequent first; null where no bad request has it.</summary>
    public static BreakdownResult? ByKey(AttributeCounts counts, string key)
    {
        var items = counts
            .Values.Where(value => value.Key == key)
            .OrderByDescending(value => value.Bad)
            .ThenBy(value => value.Value, StringComparer.Ordinal)
            .ToList();
        return items.Count == 0 ? null : new BreakdownResult(key, [.. items.Select(value => Item(value, counts))]);
    }

    private static BreakdownItem Item(AttributeCount value, AttributeCounts counts)
    {
        var share = counts.Bad == 0 ? 0 : (double)value.Bad / counts.Bad;
        // No good request has the value: half a request stands in, so that the ratio stays a number.
        var good = counts.Good == 0 ? 1 : Math.Max(value.Good, 0.5) / counts.Good;
        return new BreakdownItem(value.Value, value.Bad, share, Math.Round(share / good, 2));
    }
}
