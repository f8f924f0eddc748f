using Copilot.Answers.Contract;
using Copilot.Store.Reads.Errors;
using Copilot.Store.Reads.Traces;
using Copilot.Telemetry.Records;

namespace Copilot.Web.Services;

/// <summary>What the store reads, as the tables of answers show it.</summary>
public static class RecordRows
{
    public static ErrorsResult Of(IEnumerable<ErrorOccurrences> groups) => new([.. groups.Select(ErrorGroup.Of)]);

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
}
