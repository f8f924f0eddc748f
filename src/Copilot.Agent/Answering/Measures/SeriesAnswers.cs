using Copilot.Agent.Answers.Items;
using Copilot.Agent.Answers.Results;
using Copilot.Agent.Questions;

namespace Copilot.Agent.Answering.Measures;

/// <summary>One measure over time.</summary>
internal sealed class SeriesAnswers(RequestMeasuring measuring, Absence absence) : IAnswerer
{
    private static readonly int[] Steps = [1, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21600, 86400];
    private const int MostPoints = 60;

    public IReadOnlyList<QuestionKind> Kinds { get; } = [QuestionKind.Series];

    public async Task<Finding> AnswerAsync(Inquiry inquiry, CancellationToken cancellation)
    {
        if (await absence.OfServicesAsync(inquiry, cancellation) is { } absent) return absent;
        var measure = inquiry.Plan.Measure is { } asked and not (Measure.LogCount or Measure.SpanCount or Measure.TraceCount) ? asked : Measure.RequestCount;
        var step = TimeSpan.FromSeconds(Steps.FirstOrDefault(seconds => inquiry.Window.Seconds / seconds <= MostPoints, Steps[^1]));
        var read = await measuring.SeriesAsync(inquiry, measure, step, cancellation);
        if (read.Value.All(point => point.Statistics.Requests == 0)) return await absence.ExplainAsync(inquiry, inquiry.Window, cancellation);

        var length = new Telemetry.Time.TimeWindow(0, step.Ticks * 100);
        var points = read.Value
            .Select(point => (point.Time, Value: Measured.Value(measure, point.Statistics, length)))
            .Where(point => point.Value is not null)
            .Select(point => new SeriesPoint(point.Time, point.Value!.Value))
            .ToList();
        var highest = points.MaxBy(point => point.Value);
        inquiry.Claim(read.Query, $"highest {Words.Value(highest.Value, measure.Unit())} at {Words.At(highest.Time, inquiry.AsOf)}");
        return new Finding
        {
            Result = new SeriesResult(measure.Name(), measure.Unit(), points),
            Text = $"The {Words.Measure(new ScalarResult(measure.Name(), 0, measure.Unit()))} of {Subject.Of(inquiry)} in steps of {step.TotalSeconds:0} s "
                + $"over {Words.Window(inquiry.Window, inquiry.AsOf)}: from {Words.Value(points[0].Value, measure.Unit())} to "
                + $"{Words.Value(points[^1].Value, measure.Unit())}, highest **{Words.Value(highest.Value, measure.Unit())}** "
                + $"at {Words.At(highest.Time, inquiry.AsOf)}.",
            Suggestions = Suggestions.AfterMeasure(inquiry, measure, highest.Value),
        };
    }
}
