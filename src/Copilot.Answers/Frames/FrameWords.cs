using System.Globalization;
using Copilot.Answers.Contract;
using Copilot.Answers.Drafts;
using Copilot.Language.Frames;
using Copilot.Store.Reads.Tables;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Text;
using Copilot.TraceQL.Syntax;

namespace Copilot.Answers.Frames;

/// <summary>Measures, what they are of, and their values, as an answer says them.</summary>
internal static class FrameWords
{
    /// <summary>"p95 of the failed requests of `pay`", "number of spans of all services".</summary>
    public static string Subject(FrameScope scope, FrameMeasure measure)
    {
        var (frame, noun) = (scope.Frame, Noun(scope.Frame));
        var state = Adjective(frame.State);
        var of = Of(scope);
        return measure.Kind switch
        {
            MeasureKind.Count => $"number of {state}{noun} of {of}",
            MeasureKind.Failed => $"number of failed {noun} of {of}",
            MeasureKind.Succeeded => $"number of successful {noun} of {of}",
            MeasureKind.Share => $"share of the {state}{noun} of {of} {Part(measure)}",
            _ when state.Length == 0 && frame.Over == FramePopulation.Requests => $"{Measure(measure, frame)} of {of}",
            _ => $"{Measure(measure, frame)} of the {state}{noun} of {of}",
        };
    }

    /// <summary>The measure alone: "p95", "number of failed requests", "mean `cart.weight`".</summary>
    public static string Measure(FrameMeasure measure, QueryFrame frame)
    {
        var noun = Noun(frame);
        var of = measure.Of is { } field ? AnswerWords.Name(Name(field)) : null;
        return measure.Kind switch
        {
            MeasureKind.Count => $"number of {Adjective(frame.State)}{noun}",
            MeasureKind.Failed => $"number of failed {noun}",
            MeasureKind.Succeeded => $"number of successful {noun}",
            MeasureKind.ErrorRate => "error rate",
            MeasureKind.SuccessRate => "success rate",
            MeasureKind.Rate => $"rate of {noun}",
            MeasureKind.PeakRate => $"peak rate of {noun}",
            MeasureKind.Distinct => $"number of different {of ?? "values"}",
            MeasureKind.Share => $"share {Part(measure)}",
            MeasureKind.Mean => $"mean {of ?? "latency"}",
            MeasureKind.Minimum when of is null => "shortest duration",
            MeasureKind.Minimum => $"lowest {of}",
            MeasureKind.Maximum when of is null => "longest duration",
            MeasureKind.Maximum => $"highest {of}",
            MeasureKind.Sum => $"total {of ?? "duration"}",
            MeasureKind.StandardDeviation => $"standard deviation of the {of ?? "duration"}",
            _ when of is null => measure.Name(frame.Over),
            _ => $"{measure.Name(frame.Over)} of {of}",
        };
    }

    public static string Value(FrameMeasure measure, QueryFrame frame, double value)
    {
        var unit = measure.Unit(frame.Over);
        if (measure.Of is not null && !measure.Kind.IsCount() && unit == "1")
            return Quantity.Text(value, string.Empty);
        return unit.StartsWith("1/", StringComparison.Ordinal)
            ? $"{Quantity.Text(value, string.Empty)} per {unit[2..]}"
            : Quantity.Text(value, unit);
    }

    /// <summary>What a value rests on: "3 of 10 requests failed"; null where it says itself.</summary>
    public static string? Basis(FrameScope scope, FrameMeasure measure, SpanTableRow row, double? value)
    {
        var all = Counted(scope, row.Count);
        return measure.Kind switch
        {
            MeasureKind.Count when row.Count > 0 && scope.Frame is { State: RecordState.Any, Over: FramePopulation.Requests } =>
                $"{Quantity.Count(row.Failed)} of them failed",
            MeasureKind.Count => null,
            MeasureKind.Failed or MeasureKind.ErrorRate => $"{Quantity.Count(row.Failed)} of {all} failed",
            MeasureKind.Succeeded or MeasureKind.SuccessRate => $"{Quantity.Count(row.Count - row.Failed)} of {all} did not fail",
            MeasureKind.Share => $"{Quantity.Count(Math.Round((value ?? 0) * row.Count))} of {all}",
            MeasureKind.Rate => $"{all} in {scope.Window.Seconds.ToString("0.#", CultureInfo.InvariantCulture)} s",
            MeasureKind.PeakRate =>
                $"{all}; the fullest {(scope.Frame.Step ?? TimeSpan.FromSeconds(10)).TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture)} s",
            _ => $"over {all}",
        };
    }

    /// <summary>"1 failed request", "12 spans".</summary>
    public static string Counted(FrameScope scope, long count)
    {
        var noun = Adjective(scope.Frame.State) + Noun(scope.Frame);
        return Quantity.Count(count, noun[..^1], noun);
    }

    /// <summary>"requests", "spans", "traces".</summary>
    public static string Noun(QueryFrame frame) =>
        frame.Over switch
        {
            FramePopulation.Spans => "spans",
            FramePopulation.Traces => "traces",
            _ => "requests",
        };

    /// <summary>"failed " before a noun; empty where any count.</summary>
    public static string Adjective(RecordState state) =>
        state switch
        {
            RecordState.Failed => "failed ",
            RecordState.Succeeded => "successful ",
            RecordState.Slow => "slow ",
            _ => string.Empty,
        };

    /// <summary>Services, operations and all conditions.</summary>
    public static string Of(FrameScope scope)
    {
        var conditions = scope.Frame.Where is { } where ? [AnswerWords.Name(where.ToString())] : new List<string>();
        conditions.AddRange(scope.Frame.InTrace.Select(condition => $"{AnswerWords.Name(condition.ToString())} in the trace"));
        conditions.AddRange(scope.Frame.NotInTrace.Select(condition => $"no {AnswerWords.Name(condition.ToString())} in the trace"));
        var with = scope.Plan.Conditions.Count > 0 ? " and " : " with ";
        var by = scope.Frame.CalledBy.Count > 0 ? $" made by {AnswerWords.Names(scope.Frame.CalledBy)}" : string.Empty;
        return SubjectWords.Of(scope.Plan) + by + (conditions.Count > 0 ? with + string.Join(" and ", conditions) : string.Empty);
    }

    public static string When(Inquiry inquiry, FrameScope scope) => AnswerWords.Window(scope.Window, inquiry.AsOf);

    public static TableColumn Column(FrameMeasure measure, QueryFrame frame) => new(measure.Name(frame.Over), measure.Unit(frame.Over));

    public static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    private static string Name(FieldExpression field) => field is AttributeReference attribute ? attribute.Name : field.ToString();

    private static string Part(FrameMeasure measure)
    {
        var words = new List<string>();
        if (measure.PartState != RecordState.Any)
            words.Add(
                $"that {measure.PartState switch { RecordState.Failed => "failed", RecordState.Slow => "was slow", _ => "succeeded" }}"
            );
        if (measure.Part is { } part)
            words.Add($"with {AnswerWords.Name(part.ToString())}");
        return string.Join(" ", words);
    }
}
