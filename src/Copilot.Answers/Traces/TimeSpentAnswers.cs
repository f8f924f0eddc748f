using Copilot.Answers.Contract;
using Copilot.Answers.Drafts;
using Copilot.Language.Questions;
using Copilot.Store.Reads.Tables;
using Copilot.Store.Reads.Traces;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;
using Copilot.Telemetry.Text;

namespace Copilot.Answers.Traces;

/// <summary>Where the time of a service's requests goes: the critical paths of a sample of them, from the request down, added up.</summary>
internal sealed class TimeSpentAnswers(SpanListReads lists, TraceReads traces, Absence absence) : IAnswerer
{
    public IReadOnlyList<QuestionKind> Kinds { get; } = [QuestionKind.TimeSpent];

    public async Task<AnswerDraft> AnswerAsync(Inquiry inquiry, CancellationToken cancellationToken)
    {
        if (await absence.OfServicesAsync(inquiry, cancellationToken) is { } absent)
            return absent;
        var read = await inquiry.ReadAsync(
            PlanSpans.Requests(inquiry.Plan),
            inquiry.Window,
            () =>
                lists.ReadAsync(
                    new SpanTableQuery
                    {
                        Over = SpanPopulation.Requests,
                        Window = inquiry.Window,
                        Filter = inquiry.Filter,
                    },
                    new SpanOrder { Sampled = true, Limit = TimeSpentThresholds.Requests },
                    cancellationToken
                ),
            page => page.Total
        );
        var paths = new List<(TraceId Trace, double Ms, IReadOnlyList<CriticalPathItem> Path)>();
        foreach (var request in read.Value.Spans)
        {
            var spans = await traces.SpansAsync(request.TraceId, inquiry.Window, cancellationToken);
            if (spans.FirstOrDefault(span => IsOf(span, request)) is { } entry)
                paths.Add((request.TraceId, entry.DurationNs / 1e6, TracePath.Of(Below(spans, entry))));
        }

        if (paths.Count == 0)
            return await absence.ExplainAsync(inquiry, inquiry.Window, cancellationToken);
        if (read.Value.Total > paths.Count)
            inquiry.Estimated(
                $"times are those of {Quantity.Count(paths.Count)} of the {Quantity.Count(read.Value.Total)} requests, "
                    + "chosen by a hash of their traces' ids"
            );
        var places = paths
            .SelectMany(path => path.Path.Select(item => (path.Trace, item)))
            .GroupBy(at => (at.item.Service, at.item.Operation))
            .Select(at => new Place(
                at.Key.Service,
                at.Key.Operation,
                at.Sum(x => x.item.SelfMs) / paths.Count,
                at.OrderByDescending(x => x.item.SelfMs).First().Trace
            ))
            .OrderByDescending(place => place.Ms)
            .ThenBy(place => place.Service, StringComparer.Ordinal)
            .ToList();
        var mean = paths.Average(path => path.Ms);
        inquiry.Claim(read.Query, $"{places[0].Service} {places[0].Operation}: {Told(places[0], mean)}", [places[0].Example]);
        return new AnswerDraft
        {
            Result = new TableResult(
                [
                    new TableColumn("service"),
                    new TableColumn("operation"),
                    new TableColumn("self_time", "ms"),
                    new TableColumn("share", "1"),
                ],
                [
                    .. places
                        .Take(TimeSpentThresholds.Rows)
                        .Select(place => new object?[] { place.Service, place.Operation, place.Ms, mean > 0 ? place.Ms / mean : null }),
                ],
                places.Count
            ),
            Text = Tell(inquiry, places, mean),
            Suggestions =
            [
                $"p95 of {places[0].Service} {AnswerWords.Asked(inquiry.Window, inquiry.AsOf)}",
                $"slowest traces of {inquiry.Services[0]} {AnswerWords.Asked(inquiry.Window, inquiry.AsOf)}",
            ],
        };
    }

    private static string Tell(Inquiry inquiry, List<Place> places, double mean) =>
        $"Requests of {AnswerWords.Names(inquiry.Services)} took **{Quantity.Duration(mean)}** on average in "
        + $"{AnswerWords.Window(inquiry.Window, inquiry.AsOf)}. On their critical paths that time went to:\n\n"
        + string.Join(
            "\n",
            places
                .Take(AnswerLengthThresholds.Lines)
                .Select(place => $"- {AnswerWords.Name(place.Service)} {AnswerWords.Name(place.Operation)}: {Told(place, mean)}")
        );

    private static string Told(Place place, double mean) =>
        Quantity.Duration(place.Ms) + (mean > 0 ? $" ({Quantity.Percent(place.Ms / mean)})" : string.Empty);

    private static bool IsOf(TraceSpan span, ListedSpan request) =>
        span.Service == request.Service
        && span.Operation == request.Operation
        && UnixNanos.ToTime(span.StartNs) == request.Time
        && span.DurationNs / 1e6 == request.DurationMs;

    // The request and all that was done for it.
    private static List<TraceSpan> Below(IReadOnlyList<TraceSpan> spans, TraceSpan entry)
    {
        var children = spans.Where(span => span.ParentSpanId is not null).ToLookup(span => span.ParentSpanId!.Value);
        var found = new List<TraceSpan> { entry };
        var seen = new HashSet<SpanId> { entry.SpanId };
        for (var at = 0; at < found.Count; at++)
            found.AddRange(children[found[at].SpanId].Where(child => seen.Add(child.SpanId)));
        return found;
    }

    private sealed record Place(string Service, string Operation, double Ms, TraceId Example);
}
