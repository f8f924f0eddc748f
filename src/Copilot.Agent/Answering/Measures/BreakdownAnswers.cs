using Copilot.Agent.Answers.Results;
using Copilot.Agent.Questions;
using Copilot.Agent.Questions.Selections;
using Copilot.Store.Reads.Breakdowns;

namespace Copilot.Agent.Answering.Measures;

/// <summary>What the bad requests have in common, or a count by an attribute that the question names.</summary>
internal sealed class BreakdownAnswers(
    BreakdownReads breakdowns, ValueMeasures values, RankingAnswers ranking, Absence absence) : IAnswerer
{
    private const int Told = 6;

    public IReadOnlyList<QuestionKind> Kinds { get; } = [QuestionKind.Breakdown];

    public async Task<Finding> AnswerAsync(Inquiry inquiry, CancellationToken cancellation)
    {
        if (await absence.OfServicesAsync(inquiry, cancellation) is { } absent) return absent;
        var planned = inquiry.Plan.Breakdown ?? new PlannedBreakdown(BreakdownPopulation.Bad, [], false);
        if (planned.Attributes.Any(name => name.Key == "service.name")) return await ByServiceAsync(inquiry, planned, cancellation);
        // "p95 per region" asks for the measure of each value, whoever failed or was slow.
        var measured = inquiry.Plan.Ranking is not null || inquiry.Plan.Measure is { } asked && (asked.IsLatency() || asked is Measure.ErrorRate or Measure.Throughput);
        if (planned.Attributes.Count > 0 && (measured || planned.Population == BreakdownPopulation.All)) return await values.AnswerAsync(inquiry, planned, cancellation);

        var failed = planned.Population is not BreakdownPopulation.Slow;
        var read = await CountAsync(inquiry, failed, cancellation);
        if (failed && read.Value.Bad == 0 && planned.Population == BreakdownPopulation.Bad)
            (failed, read) = (false, await CountAsync(inquiry, false, cancellation));
        var counts = read.Value;
        var bad = failed ? "failed" : "slow";
        if (counts.Bad == 0)
        {
            if (counts.Good == 0) return await absence.ExplainAsync(inquiry, inquiry.Window, cancellation);
            return Finding.NoData(
                $"**Nothing matched**: none of the {Words.Count(counts.Good, "request", "requests")} of {Subject.Of(inquiry)} was {bad} in "
                + $"{Words.Window(inquiry.Window, inquiry.AsOf)}, so there is nothing to break down.");
        }

        var result = planned.Attributes.Count > 0 ? Named(counts, planned) : SetApart.Best(counts);
        inquiry.Claim(read.Query, $"{counts.Bad} {bad} and {counts.Good} other requests were compared");
        if (result is null) return NothingApart(inquiry, planned, counts, bad);
        return new Finding
        {
            Result = result,
            Text = Tell(inquiry, planned, counts, bad, result),
            Suggestions = inquiry.Services.Count == 1 ? Suggestions.AboutTrouble(inquiry, inquiry.Services[0]) : Suggestions.AboutTrouble(inquiry, null),
        };
    }

    // "Errors by service" is a ranking of services.
    private Task<Finding> ByServiceAsync(Inquiry inquiry, PlannedBreakdown planned, CancellationToken cancellation)
    {
        var by = inquiry.Plan.Measure ?? planned.Population switch
        {
            BreakdownPopulation.All => Measure.RequestCount,
            BreakdownPopulation.Slow => Measure.P95,
            _ => Measure.FailedCount,
        };
        return ranking.RankAsync(inquiry, ofServices: true, inquiry.Plan.Ranking ?? new PlannedRanking(by, null), cancellation);
    }

    private Task<Recorded<AttributeCounts>> CountAsync(Inquiry inquiry, bool failed, CancellationToken cancellation) =>
        inquiry.ReadAsync(
            PlanSpans.Requests(inquiry.Plan with { Measure = null }, failed ? " | compare({ status = error })" : " | compare({ duration > mean })"),
            inquiry.Window,
            () => breakdowns.CountAsync(
                inquiry.Filter, inquiry.Window, failed ? BadRequests.Failed : BadRequests.Slow,
                [.. (inquiry.Plan.Breakdown?.Attributes ?? []).Select(name => name.Key)], cancellation),
            counts => counts.Values.Count);

    private static BreakdownResult? Named(AttributeCounts counts, PlannedBreakdown planned) =>
        planned.Attributes.Select(name => SetApart.ByKey(counts, name.Key)).FirstOrDefault(found => found is not null);

    private static Finding NothingApart(Inquiry inquiry, PlannedBreakdown planned, AttributeCounts counts, string bad) => planned.Attributes.Count > 0
        ? Finding.NoData($"**Nothing matched**: none of the {counts.Bad} {bad} requests of {Subject.Of(inquiry)} has "
            + $"{Words.Names(planned.Attributes.Select(name => name.Key))}.")
        : new Finding
        {
            Text = $"**Nothing sets them apart.** {Words.Count(counts.Bad)} of {Words.Count(counts.Bad + counts.Good, "request", "requests")} of "
                + $"{Subject.Of(inquiry)} were {bad} in {Words.Window(inquiry.Window, inquiry.AsOf)}, and no attribute goes with them better than chance.",
            Suggestions = Suggestions.AboutTrouble(inquiry, null),
        };

    private static string Tell(Inquiry inquiry, PlannedBreakdown planned, AttributeCounts counts, string bad, BreakdownResult result)
    {
        var best = result.Items[0];
        var head = planned.Attributes.Count > 0
            ? $"The {Words.Count(counts.Bad, $"{bad} request", $"{bad} requests")} of {Subject.Of(inquiry)} by {Words.Name(result.Attribute)}"
            : $"**{Words.Name(result.Attribute)} = {Words.Name(best.Value)}** sets the {bad} requests of {Subject.Of(inquiry)} apart: "
                + $"{Words.Percent(best.Share)} of them have it, {best.Lift.ToString("0.#", System.Globalization.CultureInfo.InvariantCulture)} times as often as the others";
        return $"{head} ({Words.Window(inquiry.Window, inquiry.AsOf)}):\n\n" + string.Join("\n", result.Items.Take(Told).Select(item =>
            $"- {Words.Name(item.Value)}: {Words.Count(item.Count)} ({Words.Percent(item.Share)})"));
    }
}
