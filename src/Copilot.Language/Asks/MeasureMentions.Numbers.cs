using Copilot.Language.Frames;
using Copilot.Language.Lexicon;
using Copilot.Language.Linking;
using Copilot.Language.Sentences;
using Copilot.Telemetry.Records;
using Copilot.TraceQL.Syntax;

namespace Copilot.Language.Asks;

/// <summary>The attributes whose numbers are measured, or whose values are told apart.</summary>
internal sealed partial class MeasureMentions
{
    /// <summary>The attribute with numbers that stands close to a word such as "average".</summary>
    private Link? NumberBeside(ConceptMark mark) =>
        Numbers()
            // "how long did they wait on average": one word of a longer name is no name.
            .Where(l => l.Length > 1 || l.Quality >= 0.9)
            .Where(l => l.Start >= mark.End ? Gap(mark.End, l.Start) : Gap(l.End, mark.Start))
            .OrderBy(l => Math.Abs(l.Start - mark.Start))
            .FirstOrDefault()
        ?? Written();

    // "how long did they sit in the queue on average, going by messaging.queue.wait_ms": a name that is written out, wherever it stands.
    private Link? Written() =>
        Numbers().Where(l => l is { Length: > 1, Quality: > 0.98 } && s.Tokens[l.End - 1].Glue is '.' or '_').Take(2).ToList() is [var only]
            ? only
            : null;

    private bool Gap(int from, int to) =>
        to - from <= 4
        && Enumerable
            .Range(from, Math.Max(0, to - from))
            .All(i =>
                s.MeansAt(i, Concept.Preposition, Concept.Article, Concept.Be, Concept.Every) || s.LinkAt(i) is { Kind: LinkKind.Key }
            );

    // "p95 per cart.items" is split by it.
    private IEnumerable<Link> Numbers() =>
        s.LinksOf(LinkKind.Key)
            .Where(l =>
                !s.IsUsed(l.Start)
                && l.Targets.Any(t => t.Type is "int" or "double")
                && !s.MeansAt(l.Start - 1, Concept.By, Concept.BreakDown)
            );

    private FrameMeasure Of(MeasureKind kind, Link key)
    {
        s.Use(key.Start, key.End);
        var target = AttributeReader.Ranked(key.Targets.Where(t => t.Type is "int" or "double"), subject.Services).First();
        return Of(kind, new AttributeReference(target.Scope, target.Key));
    }

    private static FrameMeasure Of(MeasureKind kind, FieldExpression field) => new() { Kind = kind, Of = field };

    // Set once values are counted that no request carries itself.
    private bool _countsInner;

    /// <summary>Over what it is measured: values that only spans within requests carry are counted over spans.</summary>
    public FramePopulation Population =>
        _countsInner
        && over == FramePopulation.Requests
        && subject.Operations.Count == 0
        && !s.MayMean(Concept.Failed, Concept.Succeeded, Concept.Slow)
            ? FramePopulation.Spans
            : over;

    private FieldExpression Reference(Link key)
    {
        // "distinct titles": title.id rather than title.kind.
        var target = AttributeReader
            .Ranked(key.Targets, subject.Services)
            .OrderByDescending(t => NameParts.Of(t.Key)[^1] == FieldNames.Id)
            .First();
        _countsInner |= target.Scope == AttributeScope.Span && !Groups.OnRequests(target, subject);
        return new AttributeReference(target.Scope, target.Key);
    }

    // "how many runs were there" of a service that has no run ids counts what it did.
    private bool IsCarried(Link key) =>
        key.Quality >= 0.9
        || subject.Services.All(x => x.Standing != Questions.ServiceStanding.Instrumented)
        || key.Targets.Any(t => subject.Services.Any(x => t.Services.Contains(x.Name)));

    private static bool IsBoolean(Link key) => key.Targets[0].Type == "bool";

    // "how many handovers" are no kinds of them ("handover.kind"), "how many machine searches" no machines.
    private bool IsOfThings(Link key) =>
        key.Quality > AttributeLinks.OfNamespace
        && !key.Targets.All(t => WordRoles.Kinds.Contains(NameParts.Of(t.Key!)[^1]))
        // "extensions" are no days ("extension.days").
        && !(key.Quality < 0.98 && key.Targets.All(t => t.Type is "int" or "double"))
        && s.LinkAt(key.End) is not { Kind: LinkKind.Operation or LinkKind.Service }
        && !(key.End < s.Tokens.Count && s.IsUsed(key.End) && s.LinkAt(key.End) is null && subject.Operations.Count > 0);
}
