using Copilot.Language.Questions;

namespace Copilot.Answers.Drafts;

/// <summary>Two or three next questions, each complete enough to be asked as it is.</summary>
internal static class Suggestions
{
    public static IReadOnlyList<string> AfterMeasure(Inquiry inquiry, Measure measure, double value)
    {
        var when = AnswerWords.Asked(inquiry.Window, inquiry.AsOf);
        var of = inquiry.Services.Count == 1 ? inquiry.Services[0] : null;
        if (of is null)
            return [$"which operation fails most {when}", $"which services are affected {when}"];
        return measure switch
        {
            Measure.ErrorRate or Measure.FailedCount when value > 0 =>
            [
                $"show me the failed traces of {of} {when}",
                $"what do the failed {of} requests have in common {when}",
                $"who is on call for {of}",
            ],
            Measure.ErrorRate or Measure.FailedCount => [$"p95 of {of} {when}", $"who calls {of} {when}"],
            _ when measure.IsLatency() =>
            [
                $"slow traces of {of} {when}",
                $"slowest operations of {of} {when}",
                $"error rate of {of} {when}",
            ],
            _ => [$"error rate of {of} {when}", $"p95 of {of} {when}"],
        };
    }

    public static IReadOnlyList<string> AfterTraces(Inquiry inquiry, string? firstTrace) =>
        [
            .. new[]
            {
                firstTrace is null ? null : $"explain trace {firstTrace}",
                inquiry.Services.Count == 1
                    ? $"what do the failed {inquiry.Services[0]} requests have in common {AnswerWords.Asked(inquiry.Window, inquiry.AsOf)}"
                    : $"which services are affected {AnswerWords.Asked(inquiry.Window, inquiry.AsOf)}",
            }.OfType<string>(),
        ];

    /// <summary>One thing that is looked for by its id may have been there before what "now" looks back at.</summary>
    public static IReadOnlyList<string> WhereNoTrace(Inquiry inquiry) =>
        inquiry.Plan is { Window.IsDefault: true, Conditions: [{ Operator: ConditionOperator.Equal, Values: [var id] } of] }
        && id.Any(char.IsDigit)
            ? [$"traces with {of.Key} = {id} in the last 24 hours", .. AfterTraces(inquiry, null)]
            : AfterTraces(inquiry, null);

    public static IReadOnlyList<string> AboutService(Inquiry inquiry, string service) =>
        [$"error rate of {service} {AnswerWords.Asked(inquiry.Window, inquiry.AsOf)}", $"who is on call for {service}"];

    public static IReadOnlyList<string> AboutTrouble(Inquiry inquiry, string? cause)
    {
        var when = AnswerWords.Asked(inquiry.Window, inquiry.AsOf);
        return cause is null
            ? [$"which operation fails most {when}", $"slow traces with errors {when}"]
            : [$"show me the failed traces of {cause} {when}", $"what changed on {cause} in the last hour", $"who is on call for {cause}"];
    }
}
