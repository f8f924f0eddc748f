using System.Globalization;
using Copilot.Language.Lexicon;
using Copilot.Language.Linking;
using Copilot.Language.Questions;
using Copilot.Language.Sentences;
using Copilot.Language.Tokens;

namespace Copilot.Language.Readings;

/// <summary>Finds the measure: "p95", "average response time", "how many … failed", "what share of … blew up".</summary>
internal static class MeasureReader
{
    public static MeasureMention? Read(Sentence sentence)
    {
        var named = Named(sentence);
        if (named.Count > 0)
            return new MeasureMention(named[0], true, [.. named.Skip(1).Distinct().Where(m => m != named[0])]);
        return Counted(sentence) is { } counted ? new MeasureMention(counted, false, []) : null;
    }

    private static List<Measure> Named(Sentence sentence)
    {
        var found = new List<(int At, Measure Measure)>();
        foreach (var mark in sentence.Concepts)
        {
            var measure = mark.Concept switch
            {
                Concept.ErrorRate or Concept.SuccessRate => Measure.ErrorRate,
                Concept.Throughput => Measure.Throughput,
                Concept.Median => Measure.P50,
                Concept.Percentile => Percentile(sentence, mark),
                Concept.Mean when OfLatency(sentence, mark) => Measure.MeanLatency,
                Concept.Maximum when OfLatency(sentence, mark) => Measure.Max,
                Concept.Minimum when OfLatency(sentence, mark) => Measure.Min,
                Concept.HowLong when !sentence.HasAny(Concept.Trace, Concept.Affected) => Measure.MeanLatency,
                _ => (Measure?)null,
            };
            if (measure is null)
                continue;
            sentence.Use(mark);
            found.Add((mark.Start, measure.Value));
        }

        // "typical (median)": what is said exactly says what is typical.
        if (found.Count > 1 && found.Any(f => f.Measure is Measure.P50))
            found.RemoveAll(f => f.Measure is Measure.MeanLatency && sentence.WordAt(f.At) is "typical" or "typically");
        // "how long does it take at p99"
        if (found.Count > 1)
            found.RemoveAll(f =>
                sentence.ConceptAt(f.At)?.Concept == Concept.HowLong && found.Any(o => o.At != f.At && o.Measure.IsLatency())
            );
        if (found.Count == 0 && Longest(sentence) is { } longest)
            return [longest];
        if (found.Count > 0 && found.Any(f => f.Measure.IsLatency()))
            sentence.Use(Concept.Latency);
        if (found.Count == 0 && sentence.First(Concept.Share) is { } share && IsShareOfRequests(sentence, share))
        {
            sentence.Use(Concept.Share, Concept.Request, Concept.Traffic);
            return [Measure.Share];
        }

        if (found.Count == 0 && sentence.HasAny(Concept.Share) && sentence.HasAny(Concept.Failed))
        {
            sentence.Use(Concept.Share, Concept.Failed, Concept.Request);
            return [Measure.ErrorRate];
        }

        if (
            found.Count == 0
            && sentence.First(Concept.Latency) is { } latency
            && !sentence.HasAny(Concept.Up, Concept.AboveAverage, Concept.Trace, Concept.Slowest)
        )
        {
            sentence.Use(latency);
            return [Measure.P95];
        }

        return [.. found.OrderBy(f => f.At).Select(f => f.Measure)];
    }

    // "what percentage of requests took longer than 1 s", "what share of failed requests were POST"; the share that failed is the error
    // rate.
    private static bool IsShareOfRequests(Sentence sentence, ConceptMark share)
    {
        if (
            sentence.HasAny(
                Concept.Which,
                Concept.Operation,
                Concept.Service,
                Concept.By,
                Concept.Compare,
                Concept.OverTime,
                Concept.Trace,
                Concept.Span,
                Concept.Log,
                Concept.ErrorLog,
                Concept.BreakDown
            )
            || sentence.Tokens[share.Start].Text == "%"
        )
            return false;
        var failed = sentence.First(Concept.Failed);
        return failed is null || ShareConditions.Verb(sentence) is { } verb && failed.End <= verb;
    }

    // "highest latency of X" is a number; "operation with the highest latency" is not.
    private static Measure? Longest(Sentence sentence)
    {
        if (
            sentence.HasAny(
                Concept.Trace,
                Concept.Operation,
                Concept.Service,
                Concept.Which,
                Concept.Show,
                Concept.Top,
                Concept.Every,
                Concept.Who
            ) || sentence.LinksOf(LinkKind.Key).Any()
        )
            return null;
        var mark = sentence.Concepts.FirstOrDefault(c =>
            c.Concept is Concept.Slowest or Concept.Fastest && Names(c, "latency", "duration")
            || c.Concept is Concept.Maximum or Concept.Minimum && Names(c, "longest", "shortest") && sentence.Has(Concept.Request)
        );
        if (mark is null)
            return null;
        sentence.Use(mark);
        sentence.Use(Concept.Request, Concept.What);
        return mark.Concept is Concept.Slowest or Concept.Maximum ? Measure.Max : Measure.Min;

        bool Names(ConceptMark at, params string[] words) =>
            words.Any(w => sentence.Words(at.Start, at.End).Contains(w, StringComparison.OrdinalIgnoreCase));
    }

    // "average" says a latency where a latency is named, or where nothing else can be averaged.
    private static bool OfLatency(Sentence sentence, ConceptMark mark) =>
        sentence.Has(Concept.Latency)
        || sentence.HasAny(Concept.Slowest, Concept.Fastest) && mark.Concept == Concept.Mean
        || mark.Concept == Concept.Mean && !sentence.HasAny(Concept.Throughput, Concept.ErrorRate) && !sentence.Has(Concept.Trace)
        || mark.Concept != Concept.Mean
            && sentence.WordAt(mark.Start) is "max" or "maximum" or "min" or "minimum"
            && !sentence.HasAny(Concept.Throughput, Concept.ErrorRate, Concept.Count);

    private static Measure? Percentile(Sentence sentence, ConceptMark mark)
    {
        var text = sentence.Words(mark.Start, mark.End).ToLowerInvariant();
        var digits = new string([.. text.Where(char.IsDigit)]);
        if (digits.Length == 0)
        {
            for (var i = mark.Start - 1; i >= Math.Max(0, mark.Start - 2) && digits.Length == 0; i--)
            {
                if (sentence.Tokens[i].Kind is WordTokenKind.Number or WordTokenKind.Percent)
                {
                    digits = ((int)sentence.Tokens[i].Value).ToString(CultureInfo.InvariantCulture);
                    sentence.Use(i, i + 1);
                }
            }
        }

        if (digits.Length == 0)
            return null;
        if (sentence.WordAt(mark.End) is "percentile" or "perzentil")
            sentence.Use(mark.End, mark.End + 1);
        return digits switch
        {
            "50" => Measure.P50,
            "90" => Measure.P90,
            "95" => Measure.P95,
            "99" => Measure.P99,
            _ => null,
        };
    }

    // "how did the number of requests to X change from 9:00-9:10 to 9:20-9:30": what changed is the figure.
    private static bool IsCourse(Sentence sentence) =>
        sentence.MarksOf(Concept.Change).LastOrDefault() is { } change
        && change.End - change.Start == 1
        && sentence.Times.Count(t => t.Kind == Times.TimeMentionKind.Range) == 2
        && sentence.MarksOf(Concept.Do).FirstOrDefault(m => m.End <= change.Start) is { } asks
        && sentence.MayMeanIn(asks.End, change.Start, Concept.Request);

    private static Measure? Counted(Sentence sentence)
    {
        var counts = sentence.HasAny(Concept.Count);
        var lists = sentence.HasAny(Concept.Show, Concept.Which, Concept.Trace) && !counts;
        if (sentence.HasAny(Concept.Log, Concept.ErrorLog, Concept.LogVerb, Concept.WarningLog))
            return null;
        if (counts && sentence.HasAny(Concept.Trace))
        {
            // Traces are counted once each anyway.
            sentence.UseWords("distinct", "different", "unique", "individual", "separate");
            return Used(sentence, Measure.TraceCount, Concept.Count);
        }

        if (counts && sentence.HasAny(Concept.Span))
            return Used(sentence, Measure.SpanCount, Concept.Count, Concept.Span);
        if (counts && sentence.HasAny(Concept.Failed) && !sentence.HasAny(Concept.Service, Concept.Operation, Concept.Team))
            return Used(sentence, Measure.FailedCount, Concept.Count, Concept.Failed, Concept.Request, Concept.Calls);
        if (IsCourse(sentence))
            return Used(sentence, Measure.RequestCount, Concept.Count, Concept.Request, Concept.Traffic, Concept.Calls);
        if (
            counts
            && !sentence.HasAny(
                Concept.Service,
                Concept.Operation,
                Concept.Team,
                Concept.Deploy,
                Concept.Change,
                Concept.Rollback,
                Concept.Flag,
                Concept.Config,
                Concept.Affected,
                Concept.Callers,
                Concept.Callees
            )
        )
            return Used(sentence, Measure.RequestCount, Concept.Count, Concept.Request, Concept.Traffic, Concept.Calls);
        if (
            lists
            || sentence.HasAny(
                Concept.Why,
                Concept.Cause,
                Concept.InCommon,
                Concept.Differ,
                Concept.Exist,
                Concept.Service,
                Concept.Operation,
                Concept.Affected,
                Concept.Involve,
                Concept.Change,
                Concept.Who
            )
            || AsksWhere(sentence)
        )
            return null;
        if (sentence.HasAny(Concept.Request) && sentence.HasAny(Concept.Failed) && !sentence.HasAny(Concept.Slow, Concept.AboveAverage))
            return Used(sentence, Measure.FailedCount, Concept.Failed, Concept.Request);
        if (IsCountOfErrors(sentence))
            return Used(sentence, Measure.FailedCount, Concept.Failed);
        if (sentence.HasAny(Concept.Traffic) && !sentence.HasAny(Concept.Up, Concept.Trouble))
            return Used(sentence, Measure.Throughput, Concept.Traffic, Concept.Request);
        if (sentence.HasAny(Concept.Request) && !sentence.HasAny(Concept.Slow, Concept.AboveAverage, Concept.Fine, Concept.Slowest))
            return Used(sentence, Measure.RequestCount, Concept.Request);
        return null;
    }

    // "where does it come from", not "requests where size > 5".
    private static bool AsksWhere(Sentence sentence) =>
        sentence.First(Concept.Where) is { } where
        && (where.Start == 0 || sentence.WordAt(where.End) is "is" or "are" or "was" or "were" or "does" or "do" or "did" or "exactly");

    // "loyalty errors last 10 min": a heading, no sentence.
    private static bool IsCountOfErrors(Sentence sentence) =>
        sentence.First(Concept.Failed) is { } failed
        && (
            failed.Start == 0
            || sentence.WordAt(failed.End - 1)
                is "errors"
                    or "failures"
                    or "exceptions"
                    or "crashes"
                    or "fehler"
                    or "5xx"
                    or "5xxs"
                    or "500s"
        )
        && sentence.Concepts.All(c => c.Concept is Concept.Failed or Concept.FollowUp or Concept.Latency or Concept.Operation)
        && (sentence.LinksOf(LinkKind.Service).Any() || sentence.LinksOf(LinkKind.Operation).Any())
        && !sentence.HasWord(
            "is",
            "are",
            "does",
            "do",
            "did",
            "has",
            "have",
            "was",
            "were",
            "get",
            "gets",
            "see",
            "got",
            "anyone",
            "alert",
            "firing",
            "alarm",
            "critical",
            "sind",
            "ist",
            "hat"
        );

    private static Measure Used(Sentence sentence, Measure measure, params ReadOnlySpan<Concept> concepts)
    {
        sentence.Use(concepts);
        return measure;
    }
}

/// <summary>The measure that a question names.</summary>
/// <param name="Explicit">Named by its own word, not made up of "how many" and a noun.</param>
/// <param name="Others">Further measures named besides.</param>
internal sealed record MeasureMention(Measure Measure, bool Explicit, IReadOnlyList<Measure> Others);
