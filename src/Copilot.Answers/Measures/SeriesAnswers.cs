using Copilot.Answers.Contract;
using Copilot.Answers.Drafts;
using Copilot.Language.Questions;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Text;

namespace Copilot.Answers.Measures;

/// <summary>One measure over time.</summary>
internal sealed class SeriesAnswers(RequestMeasuring measuring, Absence absence) : IAnswerer
{
    private static readonly int[] Steps = [1, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21600, 86400];
    private const int MostPoints = 60;

    public IReadOnlyList<QuestionKind> Kinds { get; } = [QuestionKind.Series];

    /// <summary>The shortest step that gives no more points than are read at a glance.</summary>
    public static TimeSpan UsualStep(TimeWindow window) =>
        TimeSpan.FromSeconds(Steps.FirstOrDefault(seconds => window.Seconds / seconds <= MostPoints, Steps[^1]));

    public async Task<AnswerDraft> AnswerAsync(Inquiry inquiry, CancellationToken cancellationToken)
    {
        if (await absence.OfServicesAsync(inquiry, cancellationToken) is { } absent)
            return absent;
        var measure = inquiry.Plan.Measure is { } asked and not (Measure.LogCount or Measure.SpanCount or Measure.TraceCount)
            ? asked
            : Measure.RequestCount;
        var step = UsualStep(inquiry.Window);
        var read = await measuring.SeriesAsync(inquiry, measure, step, cancellationToken);
        if (read.Value.All(point => point.Statistics.Requests == 0))
            return await absence.ExplainAsync(inquiry, inquiry.Window, cancellationToken);

        var length = new TimeWindow(0, step.Ticks * 100);
        var points = read
            .Value.Select(point => (point.Time, Value: Measured.Value(measure, point.Statistics, length)))
            .Where(point => point.Value is not null)
            .Select(point => new SeriesPoint(point.Time, point.Value!.Value))
            .ToList();
        var highest = points.MaxBy(point => point.Value);
        inquiry.Claim(
            read.Query,
            $"highest {Quantity.Text(highest.Value, measure.Unit())} at {AnswerWords.At(highest.Time, inquiry.AsOf)}"
        );
        return new AnswerDraft
        {
            Result = new SeriesResult(measure.Name(), measure.Unit(), points),
            Text =
                $"The {AnswerWords.Measure(new ScalarResult(measure.Name(), 0, measure.Unit()))} of {SubjectWords.Of(inquiry)} in steps of {step.TotalSeconds:0} s "
                + $"over {AnswerWords.Window(inquiry.Window, inquiry.AsOf)}: from {Quantity.Text(points[0].Value, measure.Unit())} to "
                + $"{Quantity.Text(points[^1].Value, measure.Unit())}, highest **{Quantity.Text(highest.Value, measure.Unit())}** "
                + $"at {AnswerWords.At(highest.Time, inquiry.AsOf)}.",
            Suggestions = Suggestions.AfterMeasure(inquiry, measure, highest.Value),
        };
    }
}
