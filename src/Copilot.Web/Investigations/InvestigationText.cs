using Copilot.Diagnosis.Diagnoses;
using Copilot.Diagnosis.Investigations;
using Copilot.Telemetry.Records;
using Copilot.TraceQL.Syntax;
using Copilot.Web.Display;

namespace Copilot.Web.Investigations;

/// <summary>A finding in the reader's words: its name, its sentences with the reader's clock, and the query that shows it.</summary>
public static class InvestigationText
{
    public static string Title(Investigation investigation) =>
        investigation.Cause.Length == 0 ? "An alert"
        : investigation.Operation is { } operation ? $"{investigation.Cause}, {operation}"
        : investigation.Cause;

    public static string Summary(Investigation investigation, LocalTime clock) =>
        RenderedTimes.Retell(investigation.Summary, investigation.Window.To, clock.Clock);

    /// <summary>The spans in which it starts, over the window of the trouble; for what sends no spans, those of the service that calls
    /// it.</summary>
    public static string QueryAddress(DiagnosedCause cause, WindowDiagnosis diagnosis)
    {
        var spans = Field.Service(cause.SeenAt ?? cause.Service);
        if (cause is { SeenAt: null, Operation: { } operation })
            spans = spans.And(Field.Of(Intrinsic.Name).Is(operation));
        if (cause.Kind == CauseKind.Errors)
            spans = spans.And(Field.Failed());
        return QueryLink.To(TraceQlQuery.Of(new SpansetFilter(spans)).ToString(), diagnosis.Window.From, diagnosis.Window.To);
    }
}
