using Copilot.Language.Lexicon;
using Copilot.Language.Linking;
using Copilot.Language.Queries;
using Copilot.Language.Queries.Terms;
using Copilot.Language.Questions;
using Copilot.Language.Sentences;
using Copilot.Language.Tokens;
using Copilot.TraceQL.Syntax;

namespace Copilot.Language.Readings;

/// <summary>Requests for spans, traces or series that no plan of measures and filters can say: these are read as TraceQL, where every word
/// of them is understood.</summary>
internal static class SpanRequests
{
    /// <summary>The query, whether only TraceQL can say what is asked, and whether it is the one number of spans; null where the words are
    /// no such request or some stay unread.</summary>
    public static (string Query, bool OnlyTraceQl, bool Counted)? Read(ReadingContext context)
    {
        var s = context.Sentence;
        var spans = s.HasWord("span", "spans");
        if (
            !spans && !s.HasWord("trace", "traces")
            || context.Request.Previous is { } && s.HasWord("it", "they", "them", "those", "these", "that", "same")
        )
            return null;
        // A trace whose root is fine and that failed below has a plan of its own.
        if (
            s.Has(Concept.Failed)
            && s.HasAny(Concept.Root, Concept.Fine)
            && (s.HasAny(Concept.Below, Concept.Callees) || s.Has(Concept.Root) && s.Has(Concept.Fine))
        )
            return null;
        if (CountsOthers(s))
            return null;
        // Two services below a third are no chain.
        if (s.Has(Concept.Calls) && s.Has(Concept.Failed) && s.LinksOf(LinkKind.Service).Count() == 3)
            return null;
        // "Which services …? We see broken traces there" asks for services.
        if (s.Tokens.FirstOrDefault(t => t.Lower is "services" or "span" or "spans" or "trace" or "traces") is { Lower: "services" })
            return null;
        var words = WrittenWords.Read(context.Request.Question, context.Request.AsOf, context.Request.TimeZone, s.Index);
        if (TraceQlTranslator.Translate(words) is not { Query: { } query, Unread.Count: 0, Score: > 0 } translation)
            return null;
        var text = query.ToString();
        // "{ }" alone is no request.
        if (text == "{ }")
            return null;
        // How many spans there were is one number, which the ordinary plan has exactly; a rate or a grouping is none.
        var counted =
            context.Measure is { Measure: Measure.SpanCount }
            && query.Metrics is MetricsQuery { Function: { Kind: MetricsFunctionKind.CountOverTime, By.Count: 0 } };
        // Spans are what TraceQL speaks of; of traces and requests the ordinary plans know more: who sends them, what is usual.
        var only =
            translation.Shape is TranslationShape.Structure or TranslationShape.Spansets or TranslationShape.Aggregate || spans && !counted;
        return (text, only, counted);
    }

    /// <summary>"Traces with more than 6 services": what is counted within a trace are no spans, and nothing else is counted
    /// there.</summary>
    public static bool CountsOthers(Sentence s) =>
        s.Has(Concept.Trace)
        && Enumerable
            .Range(1, Math.Max(0, s.Tokens.Count - 1))
            .Any(i =>
                s.Tokens[i - 1].Kind == WordTokenKind.Number
                && s.ConceptAt(i - 2)?.Concept is Concept.Greater or Concept.Less or Concept.AtLeast or Concept.AtMost
                && (
                    s.ConceptAt(i)?.Concept is Concept.Service or Concept.Operation
                    || s.WordAt(i)
                        is "hosts"
                            or "hops"
                            or "pods"
                            or "regions"
                            or "teams"
                            or "levels"
                            or "nodes"
                            or "instances"
                            or "retries"
                            or "attempts"
                )
            );
}
