using Copilot.Answers.Contract;
using Copilot.Answers.Drafts;
using Copilot.Diagnosis.Timeline;
using Copilot.Language.Questions;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Text;

namespace Copilot.Answers.Diagnoses;

/// <summary>When something began, how long it lasted and whether it is over: as a result and in words.</summary>
internal static class PeriodWords
{
    public static PeriodResult Result(SubjectEpisode episode, string? service, string? operation) =>
        new(
            episode.Window.From,
            episode.Lasts ? null : episode.Window.To,
            episode.Lasts,
            service,
            operation,
            MeasureOf(episode).Name(),
            MeasureOf(episode).Unit(),
            Rounded(episode.Before),
            Rounded(episode.Peak),
            episode.PeakAt
        );

    public static string Tell(SubjectEpisode episode, string named, DateTimeOffset asOf, DateTimeOffset lookedUntil)
    {
        var (measure, errors) = (MeasureOf(episode), episode.ByErrors);
        var from = AnswerWords.At(episode.Window.From, asOf);
        var length = Quantity.Duration(episode.Window.Length.TotalMilliseconds);
        var what = errors ? "failed more than before" : "was slower than before";
        var text = episode.Lasts
            ? $"**It is still going on**: {named} {(errors ? "fails more" : "is slower")} than before since **{from}**, "
                + $"for {length} so far."
            : $"**It is over.** {named} {what} from **{from}** to **{AnswerWords.At(episode.Window.To, asOf)}**, for {length}.";
        text +=
            $" {(errors ? "Error rate" : "p95")} up to {Value(episode.Peak, measure)} (at {AnswerWords.At(episode.PeakAt!.Value, asOf)})";
        text += episode.Before is null ? "." : $", before {Value(episode.Before, measure)}.";
        if (errors)
            text += $" {Quantity.Count(episode.Failed)} of {Quantity.Count(episode.Requests, "request", "requests")} failed in it.";
        var quiet = lookedUntil - UnixNanos.ToTime(episode.LastBadNs);
        if (episode.Lasts && episode.After == 0 && quiet > PeriodThresholds.Silent)
            text +=
                $" Nothing of it was received since {AnswerWords.At(UnixNanos.ToTime(episode.LastBadNs), asOf)}, so "
                + "that it goes on is not sure.";
        if (!episode.IsToTheSecond)
            text += " Only whole minutes are kept of that time.";
        return text;
    }

    /// <summary>Whether it was so at other times too.</summary>
    public static string Others(SubjectHistory history, SubjectEpisode told, DateTimeOffset asOf)
    {
        var others = history.Episodes.Where(episode => episode != told).ToList();
        var window = AnswerWords.Window(history.Seen, asOf);
        if (others.Count == 0)
            return $"It was not so at any other time in {window}.";
        var lines = others
            .TakeLast(AnswerLengthThresholds.OtherTroubles)
            .Select(other =>
                $"- {AnswerWords.Window(other.Window, asOf)}{(other.Lasts ? " and still" : "")}: "
                + $"{(other.ByErrors ? "error rate" : "p95")} up to {Value(other.Peak, MeasureOf(other))}"
            );
        return $"It was so {Quantity.Count(others.Count, "other time", "other times")} in {window}:\n\n{string.Join("\n", lines)}";
    }

    private static Measure MeasureOf(SubjectEpisode episode) => episode.ByErrors ? Measure.ErrorRate : Measure.P95;

    private static string Value(double? value, Measure measure) => value is { } known ? Quantity.Text(known, measure.Unit()) : "unknown";

    private static double? Rounded(double? value) => value is { } known ? Math.Round(known, 6) : null;
}
