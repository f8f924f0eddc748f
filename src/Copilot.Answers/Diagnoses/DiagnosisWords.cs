using Copilot.Answers.Drafts;
using Copilot.Diagnosis.Diagnoses;
using Copilot.Language.Questions;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Text;

namespace Copilot.Answers.Diagnoses;

/// <summary>What is wrong, in words.</summary>
internal static class DiagnosisWords
{
    public static string Worse(ServiceImpact service)
    {
        var parts = new List<string>();
        if (service.Failing || !service.Slow)
            parts.Add(Errors(service));
        if (service.Slow)
            parts.Add(Latency(service));
        return $"{service.Service}: {string.Join("; ", parts)}";
    }

    /// <summary>That the service does not show what the question presumes; null where it does.</summary>
    public static string? Missing(ServiceImpact service, Symptom presumed) =>
        presumed switch
        {
            Symptom.Latency when !service.Slow =>
                $"**{AnswerWords.Name(service.Service)} is not clearly slower**: {Latency(service)}; but it fails more: {Errors(service)}.",
            Symptom.Errors when !service.Failing =>
                $"**{AnswerWords.Name(service.Service)} does not clearly fail more**: {Errors(service)}; but it is "
                    + $"slower: {Latency(service)}.",
            _ => null,
        };

    private static string Errors(ServiceImpact service) =>
        $"error rate {Quantity.Percent(service.ErrorRate)}, before {Quantity.Percent(service.ErrorRateBefore)} "
        + $"({Quantity.Count(service.Failed)} of {Quantity.Count(service.Requests, "request", "requests")} failed)";

    private static string Latency(ServiceImpact service) =>
        $"p95 {Quantity.Duration(service.P95Ms)}, before {Quantity.Duration(service.P95MsBefore)}";

    public static string Line(ServiceImpact service)
    {
        var told = Worse(service);
        return $"- {AnswerWords.Name(service.Service)}{told[service.Service.Length..]}";
    }

    public static string Cause(DiagnosedCause cause, DateTimeOffset asOf)
    {
        var where = cause.Operation is { } operation ? $" ({AnswerWords.Name(operation)})" : string.Empty;
        var why = RenderedTimes.Retell(cause.Why, cause.Change?.Time ?? asOf, time => AnswerWords.At(time, asOf));
        var text = $"**{AnswerWords.Name(cause.Service)}**{where}: {Hostile.Markdown(why)}";
        // The reason often tells the change already.
        if (cause.Change is { } change && !cause.Why.Contains(change.Summary, StringComparison.Ordinal))
            text += $" It goes with a {Change(change, asOf)}.";
        return text;
    }

    public static string Change(Change change, DateTimeOffset asOf) =>
        $"{Hostile.Code(change.Kind, 60)} of {AnswerWords.Name(change.Service)} at {AnswerWords.At(change.Time, asOf)}: "
        + $"{Hostile.Code(change.Summary)}";
}
