using Copilot.Agent.Answers.Items;
using Copilot.Agent.Answers.Results;
using Copilot.Agent.Questions;
using Copilot.Agent.Questions.Subjects;
using Copilot.Store.Reads.Traces;

namespace Copilot.Agent.Answering.Traces;

/// <summary>Traces that match.</summary>
internal sealed class TraceListAnswers(TraceReads traces, Absence absence) : IAnswerer
{
    private const int Told = 5;

    public IReadOnlyList<QuestionKind> Kinds { get; } = [QuestionKind.Traces];

    public async Task<Finding> AnswerAsync(Inquiry inquiry, CancellationToken cancellation)
    {
        var selection = PlannedTraces.SelectionOf(inquiry);
        if (inquiry.Plan.Services.Any(service => service.Standing == ServiceStanding.Unknown) && await absence.OfServicesAsync(inquiry, cancellation) is { } absent)
            return absent;
        foreach (var peer in inquiry.Plan.Services.Where(service => service.Standing == ServiceStanding.Peer))
            selection = selection.Calling(await absence.AddressesAsync(peer.Name, cancellation));

        var read = await inquiry.ReadAsync(
            PlannedTraces.TraceQl(inquiry.Plan), inquiry.Window, () => traces.SelectAsync(selection, cancellation), page => page.Traces.Count);
        var page = read.Value;
        var described = PlannedTraces.Describe(inquiry.Plan.Traces ?? new());
        if (page.Total == 0)
        {
            if (await absence.NothingReceivedAsync(inquiry, inquiry.Window, cancellation) is { } nothing) return nothing;
            inquiry.Claim(read.Query, "no trace matches");
            return new Finding
            {
                Result = new TracesResult([], 0),
                Text = $"**No {described}** for {Subject.Of(inquiry)} in {Words.Window(inquiry.Window, inquiry.AsOf)}.",
                Suggestions = Suggestions.AfterTraces(inquiry, null),
            };
        }

        inquiry.Claim(read.Query, $"{Words.Count(page.Total, "trace matches", "traces match")}", page.Traces.Select(trace => trace.TraceId));
        var slowest = page.Traces.MaxBy(trace => trace.DurationMs)!;
        return new Finding
        {
            Result = new TracesResult([.. page.Traces.Select(Item)], page.Total),
            Text = $"**{Words.Count(page.Total, "trace", "traces")}**: {described} for {Subject.Of(inquiry)} in {Words.Window(inquiry.Window, inquiry.AsOf)}."
                + (page.Traces.Count < page.Total ? $" The {Order(selection.Order)} {Words.Count(page.Traces.Count)} are shown." : string.Empty)
                + "\n\n" + string.Join("\n", page.Traces.Take(Told).Select(Line)),
            Suggestions = Suggestions.AfterTraces(inquiry, slowest.TraceId.ToString()),
        };
    }

    public static TraceItem Item(SelectedTrace trace) => new(
        trace.TraceId.ToString(), trace.Start, trace.DurationMs, trace.RootService, trace.RootOperation, trace.ErrorSpans);

    private static string Line(SelectedTrace trace) =>
        $"- `{trace.TraceId}` {Words.Milliseconds(trace.DurationMs)}, {Words.Name(trace.RootService)} {Words.Name(trace.RootOperation)}"
        + (trace.ErrorSpans > 0 ? $", {Words.Count(trace.ErrorSpans, "error span", "error spans")}" : string.Empty)
        + (trace.RootMissing ? " (its root span is missing)" : string.Empty);

    private static string Order(Store.Reads.Traces.TraceOrder order) => order switch
    {
        Store.Reads.Traces.TraceOrder.Slowest => "slowest",
        Store.Reads.Traces.TraceOrder.Fastest => "fastest",
        Store.Reads.Traces.TraceOrder.Oldest => "oldest",
        Store.Reads.Traces.TraceOrder.MostErrors => "most failing",
        _ => "newest",
    };
}
