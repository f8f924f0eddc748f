using Copilot.Answers.Contract;
using Copilot.Answers.Drafts;
using Copilot.Language.Questions;
using Copilot.Ownership.Owners;
using Copilot.Store.Reads.Traces;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;
using Copilot.Telemetry.Text;

namespace Copilot.Answers.Records;

/// <summary>Log records: listed, counted, or by who wrote them.</summary>
internal sealed class LogAnswers(LogReads logs, TraceReads traces, Absence absence, IOwnership ownership) : IAnswerer
{
    public IReadOnlyList<QuestionKind> Kinds { get; } = [QuestionKind.Logs];

    public static LogFilter FilterOf(Inquiry inquiry)
    {
        var wanted = inquiry.Plan.Logs ?? new LogSelection();
        return new LogFilter
        {
            Window = inquiry.Window,
            Services = inquiry.Services,
            Text = wanted.Text,
            MinSeverity = wanted.MinSeverity,
            BelowSeverity = wanted.BelowSeverity,
            TraceId = TraceId.TryParse(inquiry.Plan.TraceId, out var trace) ? trace : null,
        };
    }

    /// <summary>A log filter in words: TraceQL has no form for logs.</summary>
    public static string Describe(LogFilter filter)
    {
        var words = new List<string> { "logs" };
        if (filter.Services.Count > 0)
            words.Add($"of {string.Join(", ", filter.Services)}");
        if (filter.MinSeverity is { } least)
            words.Add(FormattableString.Invariant($"with severityNumber >= {least}"));
        if (filter.BelowSeverity is { } below)
            words.Add(FormattableString.Invariant($"with severityNumber < {below}"));
        if (filter.TraceId is { } trace)
            words.Add($"of trace {trace}");
        if (filter.Text is { } text)
            words.Add($"containing {PlanFilter.Quote(text)}");
        return string.Join(" ", words);
    }

    public async Task<AnswerDraft> AnswerAsync(Inquiry inquiry, CancellationToken cancellationToken)
    {
        if (await absence.OfServicesAsync(inquiry, cancellationToken) is { } absent)
            return absent;
        var filter = FilterOf(inquiry);
        if (filter.TraceId is { } id && inquiry.Plan.Window is null or { IsDefault: true })
            filter = filter with { Window = await AroundAsync(id, inquiry.Window, cancellationToken) };
        return inquiry.Plan.Logs?.Shape switch
        {
            LogShape.Count => await CountAsync(inquiry, filter, cancellationToken),
            LogShape.Services => await WritersAsync(inquiry, filter, cancellationToken),
            _ => await ListAsync(inquiry, filter, cancellationToken),
        };
    }

    // Its records are written while it lasts, give or take.
    private async Task<TimeWindow> AroundAsync(TraceId id, TimeWindow near, CancellationToken cancellationToken) =>
        await traces.SpansAsync(id, near, cancellationToken) is { Count: > 0 } spans
            ? new TimeWindow(
                UnixNanos.ToTime(spans.Min(span => span.StartNs)) - ListThresholds.AroundTrace,
                UnixNanos.ToTime(spans.Max(span => span.EndNs)) + ListThresholds.AroundTrace
            )
            : near;

    private async Task<AnswerDraft> CountAsync(Inquiry inquiry, LogFilter filter, CancellationToken cancellationToken)
    {
        var read = await inquiry.ReadAsync(
            Describe(filter),
            filter.Window,
            () => logs.CountByServiceAsync(filter, cancellationToken),
            rows => rows.Count
        );
        var total = read.Value.Sum(row => row.Count);
        inquiry.Claim(read.Query, $"{total} log records match");
        return new AnswerDraft
        {
            Result = new ScalarResult(Measure.LogCount.Name(), total, "count"),
            Text =
                $"**{Quantity.Count(total, "log record", "log records")}** ({Hostile.Code(Describe(filter))}) in "
                + $"{AnswerWords.Window(filter.Window, inquiry.AsOf)}"
                + (
                    read.Value.Count > 1
                        ? ": "
                            + string.Join(
                                ", ",
                                read.Value.Take(AnswerLengthThresholds.Lines)
                                    .Select(row => $"{AnswerWords.Name(row.Service)} {Quantity.Count(row.Count)}")
                            )
                        : string.Empty
                )
                + ".",
            Suggestions = read.Value.Count > 0 ? Suggestions.AboutService(inquiry, read.Value[0].Service) : [],
        };
    }

    private async Task<AnswerDraft> WritersAsync(Inquiry inquiry, LogFilter filter, CancellationToken cancellationToken)
    {
        var read = await inquiry.ReadAsync(
            Describe(filter),
            filter.Window,
            () => logs.CountByServiceAsync(filter, cancellationToken),
            rows => rows.Count
        );
        var owners = await ownership.CurrentAsync(cancellationToken);
        inquiry.Claim(read.Query, $"{read.Value.Count} services wrote such records");
        return new AnswerDraft
        {
            Result = new ServicesResult([
                .. read.Value.Select(row => new ServiceItem(
                    row.Service,
                    "match",
                    row.Count,
                    owners.OwnerOf(row.Service, inquiry.AsOf).Team
                )),
            ]),
            Text =
                read.Value.Count == 0
                    ? $"**No service** wrote such a record ({Hostile.Code(Describe(filter))}) in "
                        + $"{AnswerWords.Window(filter.Window, inquiry.AsOf)}."
                    : $"{Hostile.Code(Describe(filter))} in {AnswerWords.Window(filter.Window, inquiry.AsOf)}:\n\n"
                        + string.Join("\n", read.Value.Select(row => $"- {AnswerWords.Name(row.Service)}: {Quantity.Count(row.Count)}")),
            Suggestions = read.Value.Count > 0 ? Suggestions.AboutService(inquiry, read.Value[0].Service) : [],
        };
    }

    private async Task<AnswerDraft> ListAsync(Inquiry inquiry, LogFilter filter, CancellationToken cancellationToken)
    {
        var read = await inquiry.ReadAsync(
            Describe(filter),
            filter.Window,
            () => logs.SearchAsync(filter, inquiry.Plan.Logs?.Limit ?? ListThresholds.LogRecords, cancellationToken),
            page => page.Total
        );
        var page = read.Value;
        if (page.Total == 0)
            return AnswerDraft.NoData(
                $"**Nothing matched**: no log record ({Hostile.Code(Describe(filter))}) in "
                    + $"{AnswerWords.Window(filter.Window, inquiry.AsOf)}."
            );
        inquiry.Claim(
            read.Query,
            $"{page.Total} log records match",
            page.Lines.Where(line => line.TraceId is not null).Select(line => line.TraceId!.Value).Distinct()
        );
        return new AnswerDraft
        {
            Result = new LogsResult([.. page.Lines.Select(Item)], page.Total),
            Text =
                $"**{Quantity.Count(page.Total, "log record", "log records")}** ({Hostile.Code(Describe(filter))}) in "
                + $"{AnswerWords.Window(filter.Window, inquiry.AsOf)}, newest first:\n\n"
                + string.Join(
                    "\n",
                    page.Lines.Take(AnswerLengthThresholds.Lines)
                        .Select(line =>
                            $"- {AnswerWords.At(line.Time, inquiry.AsOf)} {AnswerWords.Name(line.Service)} {AnswerWords.Name(line.Body)}"
                        )
                ),
            Suggestions = Suggestions.AboutService(inquiry, page.Lines[0].Service),
        };
    }

    public static LogItem Item(LogLine line) =>
        new(
            line.Time,
            line.Service,
            line.SeverityText ?? SeverityNumber.Name(line.Severity) ?? string.Empty,
            line.Body,
            line.TraceId?.ToString(),
            line.SpanId?.ToString(),
            line.Attributes
        );
}
