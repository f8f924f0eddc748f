using Copilot.Answers.Contract;
using Copilot.Store.Reads.Errors;
using Copilot.Store.Reads.Traces;
using Copilot.Telemetry.Records;

namespace Copilot.Web.Services;

/// <summary>What the store reads, as the tables of answers show it.</summary>
public static class ErrorRows
{
    public static ErrorsResult Of(IEnumerable<ErrorOccurrences> groups) =>
        new([
            .. groups.Select(group => new ErrorGroup(
                group.Service,
                group.Type,
                group.Message,
                group.Count,
                group.FirstSeen,
                group.LastSeen,
                [.. group.Traces.Select(trace => trace.ToString())],
                group.StackTrace
            )),
        ]);

    public static LogsResult Of(LogPage page) =>
        new(
            [
                .. page.Lines.Select(line => new LogItem(
                    line.Time,
                    line.Service,
                    line.SeverityText ?? SeverityNumber.Name(line.Severity) ?? "–",
                    line.Body,
                    line.TraceId?.ToString(),
                    line.SpanId?.ToString()
                )),
            ],
            page.Total
        );

    public static ChangesResult Of(IEnumerable<Change> changes) =>
        new([.. changes.Select(change => new ChangeItem(change.Time, change.Service, change.Kind, change.Version, change.Summary))]);
}
