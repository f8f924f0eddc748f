using System.Globalization;
using Copilot.Answers.Contract;
using Copilot.Answers.Drafts;
using Copilot.Language.Questions;
using Copilot.Store.Samples;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Text;

namespace Copilot.Answers.Measures;

/// <summary>Processor, memory and the like, from the metrics that the services or their hosts sent.</summary>
internal sealed class ResourceAnswers(SampleMetricReads metrics, Absence absence) : IAnswerer
{
    private const int Told = 6;

    // Of several metrics about one resource the one that says how much is used.
    private static readonly string[] Telling = ["utilization", "usage", "percent", "used", "rss", "time"];

    public IReadOnlyList<QuestionKind> Kinds { get; } = [QuestionKind.Resources];

    public async Task<AnswerDraft> AnswerAsync(Inquiry inquiry, CancellationToken cancellationToken)
    {
        var resource = string.Join(" or ", inquiry.Plan.Resources);
        if (inquiry.Plan.Services.Count > 0 && await absence.OfServicesAsync(inquiry, cancellationToken) is { } absent)
            return absent;
        if (inquiry.Services.Count == 0)
            return new AnswerDraft
            {
                Outcome = Outcome.Clarify,
                Text = $"The {resource} of which service?",
                Result = new ChoicesResult([]),
            };
        var read = await inquiry.ReadAsync(
            $"metric points of {string.Join(", ", inquiry.Services)} with {resource} in their name",
            inquiry.Window,
            () => metrics.ResourcesAsync(inquiry.Services, inquiry.Window, processorOnly: false, cancellationToken),
            series => series.Sum(one => (long)one.Points.Count)
        );
        var found = read
            .Value.Where(one =>
                one.Points.Count > 0 && inquiry.Plan.Resources.Any(part => one.Metric.Contains(part, StringComparison.OrdinalIgnoreCase))
            )
            .GroupBy(one => one.Metric.Split(' ')[0], StringComparer.Ordinal)
            .OrderBy(same => Place(same.Key, inquiry.Plan.Resources))
            .ThenBy(same => same.Key, StringComparer.Ordinal)
            .ToList();
        if (found.Count == 0)
            return AnswerDraft.NoData(
                $"**Nothing matched**: {AnswerWords.Names(inquiry.Services)} sent no metric about {resource} in {AnswerWords.Window(inquiry.Window, inquiry.AsOf)}."
            );
        var lines = found.Take(Told).Select(Line).ToList();
        inquiry.Claim(read.Query, lines[0].TrimStart('-', ' '));
        var first = found[0].ToList();
        return new AnswerDraft
        {
            Result = new SeriesResult(found[0].Key, Unit(first[0]), [.. Averaged(first)]),
            Text =
                $"Metrics about {resource} of {AnswerWords.Names(inquiry.Services)} in {AnswerWords.Window(inquiry.Window, inquiry.AsOf)} (counters as rates a second):\n\n{string.Join("\n", lines)}",
            Suggestions = Suggestions.AboutService(inquiry, inquiry.Services[0]),
        };
    }

    private static int Place(string metric, IReadOnlyList<string> resources)
    {
        var telling = Array.FindIndex(Telling, word => metric.Contains(word, StringComparison.OrdinalIgnoreCase));
        var resource = resources
            .Select((part, place) => metric.Contains(part, StringComparison.OrdinalIgnoreCase) ? place : resources.Count)
            .Min();
        return resource * (Telling.Length + 1) + (telling < 0 ? Telling.Length : telling);
    }

    private static string Line(IGrouping<string, SampledSeries> same)
    {
        var values = Averaged([.. same]).Select(point => point.Value).ToList();
        var unit = Unit(same.First());
        var instances = same.Select(one => one.Resource).Distinct().Count();
        return $"- {Hostile.Code(same.Key, 120)}: mean **{Value(values.Average(), unit)}**, highest minute {Value(values.Max(), unit)}, lowest {Value(values.Min(), unit)} (an instance; {Quantity.Count(instances, "instance", "instances")})";
    }

    // Instances report at times of their own; a minute holds a reading of each. Parts of one whole (heap spaces) add up, shares (a
    // processor's cores) do not.
    private static IEnumerable<SeriesPoint> Averaged(List<SampledSeries> series)
    {
        var shares = Unit(series[0]) is "1" or "%";
        return series
            .SelectMany(one =>
                one.Points.GroupBy(point => point.TimeNs / UnixNanos.PerMinute)
                    .Select(minute => (Minute: minute.Key, one.Resource, Value: minute.Average(point => point.Value)))
            )
            .GroupBy(reading => reading.Minute)
            .OrderBy(minute => minute.Key)
            .Select(minute => new SeriesPoint(
                UnixNanos.ToTime(minute.Key * UnixNanos.PerMinute),
                minute
                    .GroupBy(reading => reading.Resource)
                    .Average(instance => shares ? instance.Average(reading => reading.Value) : instance.Sum(reading => reading.Value))
            ));
    }

    private static string Unit(SampledSeries series) => series.Unit.Length == 0 ? "1" : series.Unit;

    private static string Value(double value, string unit) =>
        unit switch
        {
            "By" => string.Create(CultureInfo.InvariantCulture, $"{value / (1024 * 1024):0.#} MiB"),
            "1" when value is >= 0 and <= 1 => Quantity.Percent(value),
            _ => string.Create(CultureInfo.InvariantCulture, $"{value:0.###} {Hostile.Markdown(unit, 20)}"),
        };
}
