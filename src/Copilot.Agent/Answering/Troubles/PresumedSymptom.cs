using Copilot.Agent.Answering.Measures;
using Copilot.Agent.Questions;
using Copilot.Agent.Questions.Subjects;
using Copilot.Analysis.Health;
using Copilot.Store.Reads.Requests;
using Copilot.Telemetry.Time;
using Found = Copilot.Incidents.Troubles.Trouble;

namespace Copilot.Agent.Answering.Troubles;

/// <summary>"Why is it slow?" of a service that is as fast as before: what the question presumes and the figures do not show is said first.</summary>
internal sealed class PresumedSymptom(RequestMeasuring measuring)
{
    /// <summary>A paragraph; empty where the symptom is there or none is presumed.</summary>
    public async Task<string> TellAsync(Inquiry inquiry, Found trouble, CancellationToken cancellation)
    {
        if (inquiry.Plan is not { Kind: QuestionKind.Cause or QuestionKind.Overview, Trouble: { } presumed, Services: [{ Standing: ServiceStanding.Instrumented } service] } || trouble.Baseline is not { } baseline)
            return string.Empty;
        var (now, query) = await MeasureAsync(inquiry, trouble.Window, cancellation);
        var (before, _) = await MeasureAsync(inquiry, baseline, cancellation);
        if (now.Requests == 0 || before.Requests == 0) return string.Empty;
        var change = new HealthChange { Service = service.Name, Now = Of(now), Before = Of(before) };
        var slower = $"p95 {Words.Milliseconds(change.Now.P95Ms)}, before {Words.Milliseconds(change.Before.P95Ms)}";
        var failing = $"{Words.Percent(change.Now.ErrorRate)} of its requests fail, before {Words.Percent(change.Before.ErrorRate)}";
        var told = presumed switch
        {
            Trouble.Latency when !change.IsSlower => $"**{Words.Name(service.Name)} is not clearly slower**: {slower}{(change.FailsMore ? $"; but {failing}" : string.Empty)}.",
            Trouble.Errors when !change.FailsMore => $"**{Words.Name(service.Name)} does not clearly fail more**: {failing}{(change.IsSlower ? $"; but it is slower: {slower}" : string.Empty)}.",
            _ => string.Empty,
        };
        if (told.Length == 0) return told;
        inquiry.Claim(query, $"{service.Name}: {failing}; {slower}");
        return told + "\n\n";
    }

    private async Task<(RequestStatistics Statistics, string Query)> MeasureAsync(Inquiry inquiry, TimeWindow window, CancellationToken cancellation)
    {
        var read = await measuring.StatisticsAsync(inquiry, inquiry.Plan with { Measure = Measure.P95 }, inquiry.Filter, window, cancellation);
        return (read.Value, read.Query);
    }

    private static ServiceMeasure Of(RequestStatistics found) => new() { Requests = (int)Math.Min(found.Requests, int.MaxValue), Failed = (int)Math.Min(found.Failed, int.MaxValue), P95Ms = found.Percentile(95) ?? 0 };
}
