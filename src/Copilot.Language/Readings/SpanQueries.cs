using System.Globalization;
using Copilot.Language.Lexicon;
using Copilot.Language.Linking;
using Copilot.Language.Questions;
using Copilot.Language.Tokens;
using Copilot.TraceQL;

namespace Copilot.Language.Readings;

/// <summary>Questions that only TraceQL can say: a pasted query, counts of spans in a trace, one service below another.</summary>
internal static class SpanQueries
{
    /// <summary>TraceQL itself, as it was pasted.</summary>
    public static string? Pasted(ReadingContext context)
    {
        var text = context.Request.Question.Trim().Trim('`').Trim();
        return text.StartsWith('{') && TraceQlParser.TryParse(text, out _, out _) ? text : null;
    }

    public static string? Read(ReadingContext context)
    {
        var s = context.Sentence;
        if (context.Measure is { Explicit: true } || !s.HasAny(Concept.Trace, Concept.Span))
            return null;
        return Counted(context) ?? FineAbove(context) ?? Below(context);
    }

    // "traces with more than 3 failed spans", "traces of cart with at least 50 spans"
    private static string? Counted(ReadingContext context)
    {
        var s = context.Sentence;
        if (!s.Has(Concept.Trace))
            return null;
        for (var i = 1; i < s.Tokens.Count; i++)
        {
            if (
                s.Tokens[i].Kind != WordTokenKind.Number
                || s.TimeAt(i) is not null
                || s.IsUsed(i)
                || s.ConceptAt(i - 1) is not { } mark
                || Sign(mark.Concept) is not { } sign
            )
                continue;
            var failed = s.ConceptAt(i + 1)?.Concept == Concept.Failed;
            if (!failed && s.ConceptAt(i + 1)?.Concept != Concept.Span)
                continue;
            s.Use(mark.Start, i + 2);
            s.Use(Concept.Trace, Concept.Span, Concept.Show, Concept.Which, Concept.Every, Concept.Failed);
            var terms = Terms(context, failed);
            return string.Create(CultureInfo.InvariantCulture, $"{terms} | count() {sign} {s.Tokens[i].Value}");
        }

        return null;
    }

    // "traces where the gateway calls stock and stock fails": two services, one below the other.
    private static string? Below(ReadingContext context)
    {
        var s = context.Sentence;
        var links = s.LinksOf(LinkKind.Service).Where(l => l.Targets.Count == 1 && l.Quality > 0.9).ToList();
        var verb = s.Concepts.FirstOrDefault(c => c.Concept is Concept.Calls);
        if (
            links.Count is not (2 or 3)
            || verb is null
            || verb.Start < links[0].End
            || verb.End > links[1].Start
            || s.HasAny(Concept.Slow, Concept.AboveAverage)
            || context.Subject.Conditions.Count > 0
        )
            return null;
        s.Use(verb);
        s.Use(Concept.Trace, Concept.Span, Concept.Show, Concept.Which, Concept.Every, Concept.Failed);
        var direct = s.HasWord("directly", "direct", "immediately", "direkt");
        var failed = s.Has(Concept.Failed) ? " && status = error" : "";
        var (above, sign) = (Of(links[0]), direct ? ">" : ">>");
        if (links.Count == 2)
            return $"{above} {sign} {Of(links[1], failed)}";
        // "where the gateway calls stock and billing fails": both below the first, and only the last has failed.
        var (stated, third) = (s.First(Concept.Failed), links[2]);
        return stated is null || stated.Start < third.Start ? null : $"({above} {sign} {Of(links[1])}) && ({above} >> {Of(third, failed)})";

        static string Of(Link link, string and = "") => $"{{ resource.service.name = {PlanFilter.Quote(link.Targets[0].Name)}{and} }}";
    }

    // "traces where the gateway is fine but something downstream failed"
    private static string? FineAbove(ReadingContext context)
    {
        var s = context.Sentence;
        if (
            context.Subject
                is not { Services: [{ Standing: ServiceStanding.Instrumented } service], Operations.Count: 0, Conditions.Count: 0 }
            || !s.HasAny(Concept.Below, Concept.Callees)
            || s.HasAny(Concept.Slow, Concept.AboveAverage)
            || s.First(Concept.Fine) is not { } fine
            || s.First(Concept.Failed) is not { } failed
            || failed.Start < fine.Start
        )
            return null;
        s.Use(Concept.Trace, Concept.Show, Concept.Which, Concept.Every, Concept.Fine, Concept.Failed, Concept.Below, Concept.Callees);
        s.UseWords("where", "something", "anything", "but", "although");
        return $"{{ resource.service.name = {PlanFilter.Quote(service.Name)} && status != error }} >> {{ status = error }}";
    }

    private static string Terms(ReadingContext context, bool failed)
    {
        var plan = new QuestionPlan
        {
            Kind = QuestionKind.SpanQuery,
            AsOfNs = 0,
            Services = context.Subject.Services,
            Operations = context.Subject.Operations,
            Conditions = context.Subject.Conditions,
            Measure = failed ? Measure.FailedCount : null,
        };
        return PlanFilter.ToTraceQl(plan) ?? "{ }";
    }

    private static string? Sign(Concept concept) =>
        concept switch
        {
            Concept.Greater => ">",
            Concept.AtLeast => ">=",
            Concept.Less => "<",
            Concept.AtMost => "<=",
            _ => null,
        };
}
