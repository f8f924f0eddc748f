using Copilot.Answers.Contract;
using Copilot.Diagnosis.Diagnoses;
using Copilot.Telemetry.Records;

namespace Copilot.Answers.Diagnoses;

/// <summary>What the words about a diagnosis say beyond the list of its services, typed.</summary>
internal static class DiagnosisStatements
{
    public static IEnumerable<Statement> Of(WindowDiagnosis diagnosis)
    {
        foreach (var cause in diagnosis.Causes)
        {
            yield return new Statement
            {
                Service = cause.Service,
                Operation = cause.Operation,
                Others = cause.SeenAt is { } caller ? [caller] : [],
                Attribute = cause.SetApart?.Key,
                Value = cause.SetApart?.Value,
                Role = "cause",
                Ongoing = diagnosis.Episode?.Lasts,
                Times = Bounds(diagnosis.Window),
                Figures = cause.SetApart is { } apart ? [new StatedFigure("share", apart.Share, "1")] : [],
            };
            if (cause.Change is { } change)
            {
                yield return Of(change) with
                {
                    Attribute = "kind",
                    Value = change.Kind,
                };
                yield return Of(change) with
                {
                    Attribute = "summary",
                    Value = change.Summary,
                };
            }
        }

        foreach (var service in diagnosis.Affected)
            yield return Of(service);
    }

    public static Statement Of(Change change) =>
        new()
        {
            Service = change.Service,
            Version = change.Version,
            Times = [("time", change.Time)],
        };

    private static Statement Of(ServiceImpact service) =>
        new()
        {
            Service = service.Service,
            Role = "affected",
            Figures =
            [
                new("request_count", service.Requests, "count"),
                new("failed_count", service.Failed, "count"),
                new("error_rate", service.ErrorRate, "1"),
                new("error_rate", service.ErrorRateBefore, "1", IsBefore: true),
                new("p95", service.P95Ms, "ms"),
                new("p95", service.P95MsBefore, "ms", IsBefore: true),
            ],
        };

    public static IReadOnlyList<(string Role, DateTimeOffset Time)> Bounds(TimeWindow window) => [("from", window.From), ("to", window.To)];
}
