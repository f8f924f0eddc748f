using Copilot.Incidents.Findings;
using Copilot.Incidents.Troubles;
using Copilot.TraceQL;
using Copilot.TraceQL.Fields;
using Copilot.TraceQL.Spansets;
using Copilot.Web.Display;

namespace Copilot.Web.Investigations;

/// <summary>A finding in the reader's words: its name, its sentences with the reader's clock, and the query that shows it.</summary>
public static class FindingText
{
    public static string Title(Finding finding) =>
        finding.Cause.Length == 0 ? "An alert" : finding.Operation is { } operation ? $"{finding.Cause}, {operation}" : finding.Cause;

    public static string Summary(Finding finding, LocalTime clock) => ToldTimes.Retell(finding.Summary, finding.Window.To, clock.Clock);

    /// <summary>The spans in which it starts, over the window of the trouble; for what sends no spans, those of the service that calls it.</summary>
    public static string QueryAddress(TroubleCause cause, Trouble trouble)
    {
        var spans = Field.Service(cause.SeenAt ?? cause.Service);
        if (cause is { SeenAt: null, Operation: { } operation }) spans = spans.And(Field.Of(Intrinsic.Name).Is(operation));
        if (cause.Kind == "errors") spans = spans.And(Field.Failed());
        return QueryLink.To(TraceQlQuery.Of(new SpansetFilter(spans)).ToString(), trouble.Window.From, trouble.Window.To);
    }
}
