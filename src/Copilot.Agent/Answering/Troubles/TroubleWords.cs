using Copilot.Incidents.Guide;
using Copilot.Incidents.Troubles;

namespace Copilot.Agent.Answering.Troubles;

/// <summary>What is wrong, in words.</summary>
internal static class TroubleWords
{
    public static string Worse(TroubleService service)
    {
        var parts = new List<string>();
        if (service.Failing || !service.Slow) parts.Add(Errors(service));
        if (service.Slow) parts.Add(Latency(service));
        return $"{service.Service}: {string.Join("; ", parts)}";
    }

    /// <summary>That the service does not show what the question presumes; null where it does.</summary>
    public static string? Missing(TroubleService service, Questions.Trouble presumed) => presumed switch
    {
        Questions.Trouble.Latency when !service.Slow => $"**{Words.Name(service.Service)} is not clearly slower**: {Latency(service)}; but it fails more: {Errors(service)}.",
        Questions.Trouble.Errors when !service.Failing => $"**{Words.Name(service.Service)} does not clearly fail more**: {Errors(service)}; but it is slower: {Latency(service)}.",
        _ => null,
    };

    private static string Errors(TroubleService service) => $"error rate {Words.Percent(service.ErrorRate)}, before {Words.Percent(service.ErrorRateBefore)} "
        + $"({Words.Count(service.Failed)} of {Words.Count(service.Requests, "request", "requests")} failed)";

    private static string Latency(TroubleService service) => $"p95 {Words.Milliseconds(service.P95Ms)}, before {Words.Milliseconds(service.P95MsBefore)}";

    public static string Line(TroubleService service)
    {
        var told = Worse(service);
        return $"- {Words.Name(service.Service)}{told[service.Service.Length..]}";
    }

    public static string Cause(TroubleCause cause, DateTimeOffset asOf)
    {
        var where = cause.Operation is { } operation ? $" ({Words.Name(operation)})" : string.Empty;
        var why = ToldTimes.Retell(cause.Why, cause.Change?.Time ?? asOf, time => Words.At(time, asOf));
        var text = $"**{Words.Name(cause.Service)}**{where}: {Hostile.Markdown(why)}";
        // The reason often tells the change already.
        if (cause.Change is { } change && !cause.Why.Contains(change.Summary, StringComparison.Ordinal))
            text += $" It goes with a {Change(change, asOf)}.";
        return text;
    }

    public static string Change(TroubleChange change, DateTimeOffset asOf) =>
        $"{Hostile.Code(change.Kind, 60)} of {Words.Name(change.Service)} at {Words.At(change.Time, asOf)}: {Hostile.Code(change.Summary)}";
}
