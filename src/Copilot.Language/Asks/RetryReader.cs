using Copilot.Language.Frames;
using Copilot.Language.Lexicon;
using Copilot.Language.Linking;
using Copilot.Language.Questions;
using Copilot.Language.Readings;
using Copilot.Telemetry.Records;
using Copilot.TraceQL.Syntax;

namespace Copilot.Language.Asks;

/// <summary>"How often did cart have to retry payment?": calls that were sent again, which OpenTelemetry counts on the client's
/// span.</summary>
internal static class RetryReader
{
    private const string Resent = "http.request.resend_count";

    /// <summary>Attributes that say whom a client's span calls.</summary>
    private static readonly string[] Called = ["peer.service", "service.peer.name", "server.address", "net.peer.name"];

    /// <summary>Retries are asked for, and some were recorded.</summary>
    public static bool Asks(ReadingContext context) =>
        context.Sentence.MayMean(Concept.Retry)
        && (context.Sentence.MayMean(Concept.Count) || IsNoun(context.Sentence))
        && !context.Sentence.MayMean(Concept.Log, Concept.Trace, Concept.Percentile, Concept.ErrorRate)
        && context.Subject.Services.Count is 1 or 2
        && Sender(context) is { Key: var key }
        && context.Subject.Conditions.All(c => c.Key != key);

    // "driver-api retries, 6:14 to 6:18?": nothing else is asked for.
    private static bool IsNoun(Sentences.Sentence s) =>
        s.MarksOf(Concept.Retry).Any(m => m.End - m.Start > 1 || s.LinkAt(m.Start - 1) is { Kind: LinkKind.Service });

    // "how many of its calls to X did Y have to retry": who sends again is whose spans count it.
    private static (ServiceReference Service, string Key)? Sender(ReadingContext context)
    {
        foreach (var service in context.Subject.Services)
        {
            if (Key(context, service.Name) is { } key)
                return (service, key);
        }

        return null;
    }

    // What a client's spans count attempts in: HTTP's own attribute, else one that is called so.
    private static string? Key(ReadingContext context, string service) =>
        context
            .Sentence.Index.Attributes.Keys.Where(key => IsAttempt(key.Key) && key.Seen.Any(a => a.Type == "int" && a.Service == service))
            .Select(a => a.Key)
            .OrderBy(key => key == Resent ? 0 : 1)
            .ThenBy(key => key, StringComparer.Ordinal)
            .FirstOrDefault();

    private static bool IsAttempt(string key) => key == Resent || NameParts.Of(key) is var parts && parts.Any(WordRoles.Again.Contains);

    /// <param name="plan">What is read the same way whatever is asked.</param>
    public static QuestionPlan Read(ReadingContext context, QuestionPlan plan)
    {
        var s = context.Sentence;
        foreach (
            var mark in s.MarksOf(Concept.Retry, Concept.Count, Concept.Calls, Concept.Modal, Concept.Do, Concept.Request, Concept.Span)
                .ToList()
        )
            s.Use(mark);
        var (caller, key) = Sender(context)!.Value;
        var where = new List<FieldExpression> { Field.Span(key).Compared(FieldOperator.Greater, Literal.Of(0L)) };
        if (context.Subject.Services.FirstOrDefault(x => x != caller) is { } called)
            where.Add(To(context, called.Name));
        return plan with
        {
            Services = [caller],
            Operations = [],
            Frame = new QueryFrame
            {
                Act = FrameAct.Measure,
                Over = FramePopulation.Spans,
                Where = Field.All(where),
                Measures = [FrameMeasure.Plain(MeasureKind.Count)],
            },
        };
    }

    // By whatever the client's span calls the other service; where no value is like its name, by its name.
    private static FieldExpression To(ReadingContext context, string service)
    {
        var seen = Called
            .SelectMany(key => context.Sentence.Index.Attributes.ValuesOf(key).Select(v => (Key: key, v.Value)))
            .Where(v =>
                v.Value.Equals(service, StringComparison.OrdinalIgnoreCase)
                || v.Value.StartsWith(service + ".", StringComparison.OrdinalIgnoreCase)
            )
            .Distinct()
            .ToList();
        return Field.AnyOf(seen.Select(v => (FieldExpression)Field.Span(v.Key).Is(v.Value))) ?? Field.Span(Called[0]).Is(service);
    }
}
