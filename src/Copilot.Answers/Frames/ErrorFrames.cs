using Copilot.Answers.Contract;
using Copilot.Answers.Drafts;
using Copilot.Language.Frames;
using Copilot.Store.Reads.Errors;
using Copilot.Store.Reads.Logs;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Text;

namespace Copilot.Answers.Frames;

/// <summary>Exceptions and error messages, equal ones as one group, most frequent first.</summary>
internal sealed class ErrorFrames(ErrorReads errors, LogTableReads logs, Absence absence) : IFrameEngine
{
    private const int MostGroups = 2_000;
    private const int UsualLimit = 50;
    private const int Told = 6;

    public bool Handles(QueryFrame frame) => frame.Act == FrameAct.Errors;

    public async Task<AnswerDraft> AnswerAsync(Inquiry inquiry, QueryFrame frame, CancellationToken cancellationToken)
    {
        if (await absence.OfUnknownServicesAsync(inquiry, cancellationToken) is { } absent)
            return absent;
        if (frame.State == RecordState.Slow)
            return new AnswerDraft
            {
                Outcome = Outcome.Unsupported,
                Text = "Errors are listed of failed or of all requests, not of slow ones.",
            };
        var query = RecordQuery.Of(inquiry, frame);
        var wanted = new ErrorSelection
        {
            Window = inquiry.Window,
            Services = query.Services,
            Where = query.Where,
            InTrace = query.InTrace,
            Failed = frame.State == RecordState.Any ? null : frame.State == RecordState.Failed,
        };
        var read = await inquiry.ReadAsync(
            query.ToString(),
            inquiry.Window,
            () => errors.FindAsync(wanted, MostGroups, cancellationToken),
            found => found.Total
        );
        var groups = Ordered(read.Value.Groups, frame).ToList();
        if (groups.Count == 0)
            return await NothingAsync(inquiry, query, cancellationToken);
        var shown = groups.Skip(frame.Offset).Take(frame.Limit ?? UsualLimit).ToList();
        var occurrences = groups.Sum(group => group.Count);
        foreach (var group in shown.Take(Told))
            inquiry.Claim(read.Query, $"{group.Count} times {Named(group)} in {group.Service}", group.Traces);
        inquiry.State(
            new Statement
            {
                Figures = [new("kinds", Math.Max(groups.Count, read.Value.Total), "count"), new("count", occurrences, "count")],
            }
        );
        return new AnswerDraft
        {
            Result = new ErrorsResult([.. shown.Select(ErrorGroup.Of)]),
            More = [new ScalarResult("count", occurrences, "count")],
            Text = Tell(inquiry, query, shown, Math.Max(groups.Count, read.Value.Total), occurrences),
        };
    }

    private static IEnumerable<ErrorOccurrences> Ordered(IReadOnlyList<ErrorOccurrences> groups, QueryFrame frame)
    {
        var kept = groups.Where(group =>
            frame.Threshold is not { } threshold || (frame.Ascending ? group.Count < threshold : group.Count > threshold)
        );
        return frame.Ascending ? kept.OrderBy(group => group.Count) : kept;
    }

    private static string Tell(Inquiry inquiry, RecordQuery query, IReadOnlyList<ErrorOccurrences> shown, long total, long occurrences)
    {
        var when = AnswerWords.Window(inquiry.Window, inquiry.AsOf);
        var of = $"{Hostile.Code(query.Selection(), 400)} in {when}";
        if (shown.Count == 0)
            return $"**There are only {Quantity.Count(total, "error", "errors")}**: {of}.";
        var first = shown[0];
        var lines = shown
            .Take(Told)
            .Select(group =>
                $"- {Quantity.Count(group.Count, "time", "times")} {AnswerWords.Name(Named(group))} in {AnswerWords.Name(group.Service)}, "
                + $"first {AnswerWords.At(group.FirstSeen, inquiry.AsOf)}, last {AnswerWords.At(group.LastSeen, inquiry.AsOf)}"
            );
        return $"**{AnswerWords.Name(Named(first))}** in {AnswerWords.Name(first.Service)}, {Quantity.Count(first.Count, "time", "times")}. "
            + $"{Quantity.Count(total, "kind of error", "kinds of error")}, {Quantity.Count(occurrences, "occurrence", "occurrences")} in all: {of}"
            + $"{(total > shown.Count ? $" ({shown.Count} shown)" : "")}:\n\n{string.Join("\n", lines)}";
    }

    private async Task<AnswerDraft> NothingAsync(Inquiry inquiry, RecordQuery query, CancellationToken cancellationToken)
    {
        if (
            await absence.NothingReceivedAsync(inquiry, inquiry.Window, cancellationToken) is { } nothing
            && !await logs.AnyAsync(query.Services, inquiry.Window, cancellationToken)
        )
            return nothing;
        return new AnswerDraft
        {
            Result = new ErrorsResult([]),
            Text =
                $"**No errors** were found: {Hostile.Code(query.Selection(), 400)} in {AnswerWords.Window(inquiry.Window, inquiry.AsOf)}. "
                + "Spans or logs were received, but none of them tells of an exception, an error log or a failure's message that fits.",
        };
    }

    private static string Named(ErrorOccurrences group) =>
        (group.Type, group.Message) switch
        {
            ({ } type, { Length: > 0 } message) => $"{type}: {message}",
            ({ } type, _) => type,
            (_, { Length: > 0 } message) => message,
            _ => "without a message",
        };
}
