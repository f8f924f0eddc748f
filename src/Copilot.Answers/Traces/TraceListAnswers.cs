using Copilot.Answers.Contract;
using Copilot.Answers.Drafts;
using Copilot.Language.Questions;
using Copilot.Store.Reads.Traces;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Text;

namespace Copilot.Answers.Traces;

/// <summary>Traces that match.</summary>
internal sealed class TraceListAnswers(TraceReads traces, Absence absence) : IAnswerer
{
    public IReadOnlyList<QuestionKind> Kinds { get; } = [QuestionKind.Traces];

    public async Task<AnswerDraft> AnswerAsync(Inquiry inquiry, CancellationToken cancellationToken)
    {
        var wanted = PlannedTraces.WantedBy(inquiry);
        if (await absence.OfUnknownServicesAsync(inquiry, cancellationToken) is { } absent)
            return absent;
        foreach (var peer in inquiry.Plan.Services.Where(service => service.Standing == ServiceStanding.Peer))
            wanted = wanted.Calling(await absence.AddressesAsync(peer.Name, cancellationToken));

        var read = await inquiry.ReadAsync(
            PlannedTraces.TraceQl(inquiry.Plan),
            inquiry.Window,
            () => traces.SelectAsync(wanted, cancellationToken),
            page => page.Traces.Count
        );
        var page = read.Value;
        var described = PlannedTraces.Describe(inquiry.Plan.Traces ?? new());
        if (page.Total == 0)
        {
            if (await absence.NothingReceivedAsync(inquiry, inquiry.Window, cancellationToken) is { } nothing)
                return nothing;
            inquiry.Claim(read.Query, "no trace matches");
            return new AnswerDraft
            {
                Result = new TracesResult([], 0),
                Text = $"**No {described}** for {SubjectWords.Of(inquiry)} in {AnswerWords.Window(inquiry.Window, inquiry.AsOf)}.",
                Suggestions = Suggestions.WhereNoTrace(inquiry),
            };
        }

        inquiry.Claim(
            read.Query,
            $"{Quantity.Count(page.Total, "trace matches", "traces match")}",
            page.Traces.Select(trace => trace.TraceId)
        );
        var slowest = page.Traces.MaxBy(trace => trace.DurationMs)!;
        return new AnswerDraft
        {
            Result = new TracesResult([.. page.Traces.Select(Item)], page.Total),
            Text =
                $"**{Quantity.Count(page.Total, "trace", "traces")}**: {described} for {SubjectWords.Of(inquiry)} in "
                + $"{AnswerWords.Window(inquiry.Window, inquiry.AsOf)}."
                + (
                    page.Traces.Count < page.Total
                        ? $" The {Order(wanted.Selection.Order)} {Quantity.Count(page.Traces.Count)} are shown."
                        : string.Empty
                )
                + "\n\n"
                + string.Join("\n", page.Traces.Take(AnswerLengthThresholds.Lines).Select(Line)),
            Suggestions = Suggestions.AfterTraces(inquiry, slowest.TraceId.ToString()),
        };
    }

    public static TraceItem Item(SelectedTrace trace) =>
        new(trace.TraceId.ToString(), trace.Start, trace.DurationMs, trace.RootService, trace.RootOperation, trace.ErrorSpans);

    private static string Line(SelectedTrace trace) =>
        $"- `{trace.TraceId}` {Quantity.Duration(trace.DurationMs)}, {AnswerWords.Name(trace.RootService)} "
        + $"{AnswerWords.Name(trace.RootOperation)}"
        + (trace.ErrorSpans > 0 ? $", {Quantity.Count(trace.ErrorSpans, "error span", "error spans")}" : string.Empty)
        + (trace.RootMissing ? " (its root span is missing)" : string.Empty);

    private static string Order(TraceOrder order) =>
        order switch
        {
            TraceOrder.Slowest => "slowest",
            TraceOrder.Fastest => "fastest",
            TraceOrder.Oldest => "oldest",
            TraceOrder.MostErrors => "most failing",
            _ => "newest",
        };
}
