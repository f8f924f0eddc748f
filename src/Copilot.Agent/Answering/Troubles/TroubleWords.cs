using Copilot.Incidents.Guide;
using Copilot.Incidents.Troubles;

namespace Copilot.Agent.Answering.Troubles;

/// <summary>What is wrong, in words.</summary>
internal static class TroubleWords
{
    public static string Worse(TroubleService service)
    {
        var parts = new List<string>();
        if (service.Failing || !service.Slow)
            parts.Add($"error rate {Words.Percent(service.ErrorRate)}, before {Words.Percent(service.ErrorRateBefore)} "
                + $"({Words.Count(service.Failed)} of {Words.Count(service.Requests, "request", "requests")} failed)");
        if (service.Slow)
            parts.Add($"p95 {Words.Milliseconds(service.P95Ms)}, before {Words.Milliseconds(service.P95MsBefore)}");
        return $"{service.Service}: {string.Join("; ", parts)}";
    }

    public static string Line(TroubleService service)
    {
        var told = Worse(service);
        return $"- {Words.Name(service.Service)}{told[service.Service.Length..]}";
    }

    public static string Cause(TroubleCause cause, DateTimeOffset asOf)
    {
        var where = cause.Operation is { } operation ? $" ({Words.Name(operation)})" : string.Empty;
        var text = $"**{Words.Name(cause.Service)}**{where}: {Hostile.Markdown(cause.Why)}";
        if (cause.SetApart is { } apart)
            text += $" {Words.Percent(apart.Share)} of the bad requests have {Words.Name($"{apart.Key} = {apart.Value}")}.";
        // The reason often tells the change already.
        if (cause.Change is { } change && !cause.Why.Contains(change.Summary, StringComparison.Ordinal))
            text += $" It goes with a {Change(change, asOf)}.";
        return text;
    }

    public static string Change(TroubleChange change, DateTimeOffset asOf) =>
        $"{Hostile.Code(change.Kind, 60)} of {Words.Name(change.Service)} at {Words.At(change.Time, asOf)}: {Hostile.Code(change.Summary)}";
}
