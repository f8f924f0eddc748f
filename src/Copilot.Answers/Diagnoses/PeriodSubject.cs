using Copilot.Answers.Drafts;
using Copilot.Diagnosis.Timeline;
using Copilot.Language.Questions;
using Copilot.Store.Reads.Filters;
using Copilot.Store.Reads.Requests;
using Copilot.Telemetry.Records;

namespace Copilot.Answers.Diagnoses;

/// <summary>The requests that a question about a period is about.</summary>
/// <param name="Query">The same as TraceQL.</param>
/// <param name="Named">In words, for the answer.</param>
/// <param name="Service">Where it is one.</param>
internal sealed record PeriodSubject(RequestSubject Requests, string Query, string Named, string? Service, string? Operation)
{
    /// <summary>Null where the plan names nothing: whatever is wrong.</summary>
    /// <param name="addressesOf">By which addresses callers know something that sends no spans.</param>
    public static async Task<PeriodSubject?> OfAsync(Inquiry inquiry, Func<string, Task<IReadOnlyList<string>>> addressesOf)
    {
        var plan = inquiry.Plan;
        IReadOnlyList<SpanCondition> more = plan.Frame is { } frame
            ?
            [
                .. frame.Where is { } own ? [new SpanCondition(own)] : Array.Empty<SpanCondition>(),
                .. frame.InTrace.Select(e => new SpanCondition(e, true)),
            ]
            : [];
        var filter = inquiry.Filter with { Conditions = [.. inquiry.Filter.Conditions, .. more] };
        if (plan.Services.Count == 0 && filter.Operations.Count == 0 && filter.Conditions.Count == 0)
            return null;
        var addresses = new List<string>();
        if (inquiry.Services.Count == 0)
        {
            foreach (var peer in plan.Services)
                addresses.AddRange(await addressesOf(peer.Name));
        }

        var service = plan.Services.Count == 1 ? plan.Services[0].Name : null;
        var operation = plan.Operations.Count == 1 ? plan.Operations[0].Name : null;
        var query = addresses.Count > 0 ? OfPeer(addresses) : PlanSpans.Requests(plan with { Measure = null });
        if (more.Count > 0)
            query = $"{query[..^2]} && {string.Join(" && ", more.Select(condition => condition.Expression))} }}";
        var named =
            SubjectWords.Of(inquiry) + (more.Count > 0 ? $" with {AnswerWords.Names(more.Select(c => c.Expression.ToString()!))}" : "");
        return new PeriodSubject(new RequestSubject { Filter = filter, PeerAddresses = addresses }, query, named, service, operation);
    }

    public static PeriodSubject OfService(string service) =>
        new(
            new RequestSubject { Filter = SpanFilter.OfService(service) },
            PlanSpans.OfService(service),
            AnswerWords.Name(service),
            service,
            null
        );

    public static PeriodSubject OfPeer(string peer, IReadOnlyList<string> addresses) =>
        new(
            new RequestSubject { Filter = SpanFilter.All, PeerAddresses = addresses },
            OfPeer(addresses),
            AnswerWords.Name(peer),
            peer,
            null
        );

    /// <summary>What the question says it is; anything where it does not.</summary>
    public static TroubleSide SideOf(QuestionPlan plan) =>
        plan switch
        {
            { Trouble: Symptom.Errors } or { Frame.State: RecordState.Failed } => TroubleSide.Errors,
            { Trouble: Symptom.Latency } or { Frame.State: RecordState.Slow } => TroubleSide.Latency,
            { Measure: Measure.ErrorRate or Measure.FailedCount } => TroubleSide.Errors,
            { Measure: { } measure } when measure.IsLatency() => TroubleSide.Latency,
            _ => TroubleSide.Any,
        };

    private static string OfPeer(IReadOnlyList<string> addresses) =>
        $"{{ kind = client && ({string.Join(" || ", addresses.Select(a => $"span.server.address = {PlanFilter.Quote(a)}"))}) }}";
}
