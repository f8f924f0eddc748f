using Copilot.Language.Lexicon;
using Copilot.Language.Linking;
using Copilot.Language.Questions;
using Copilot.Language.Readings;
using Copilot.Language.Sentences;
using Copilot.Language.Times;
using Copilot.Telemetry.Records;
using Copilot.TraceQL.Syntax;

namespace Copilot.Language.Plans;

/// <summary>Which changes are meant.</summary>
internal static class ChangeSelections
{
    public static ChangeSelection Read(ReadingContext context)
    {
        var s = context.Sentence;
        var kinds = new List<string>();
        var without = new List<string>();
        foreach (
            var (concept, kind) in new[]
            {
                (Concept.Rollback, "rollback"),
                (Concept.Flag, "flag"),
                (Concept.Config, "config"),
                (Concept.Scale, "scale"),
                (Concept.Deploy, "deploy"),
            }
        )
        {
            var marks = s.All(concept).ToList();
            if (marks.Count > 0)
                (marks.TrueForAll(m => IsLeftOut(s, m)) ? without : kinds).Add(kind);
        }

        // "which releases were rolled back": of what was released those that were taken back; "rolled out or reconfigured" is any.
        if (kinds.Contains("rollback") && IsTakenBack(s))
            kinds.Remove("deploy");
        if (kinds is ["deploy"] && s.Mark(Concept.Or) is not null && s.Marks.Any(m => m.Concept == Concept.Change))
            kinds.Clear();
        // "which changes went live": what became of them is no kind.
        if (
            kinds is ["deploy"]
            && s.Marks.FirstOrDefault(m => m.Concept == Concept.Change) is { } noun
            && s.MeansAt(noun.Start - 1, Concept.Which, Concept.What, Concept.Every)
        )
            kinds.Clear();

        // "everything that was changed, deploys and settings alike": of any kind.
        if (kinds.Count > 1 && s.Marks.Any(m => m.Concept == Concept.Change) && s.MayMean(Concept.Every, Concept.Or))
            kinds.Clear();

        var version = s.VersionAt();
        if (version is { } said)
            s.Use(said, said + 1);
        var time = WindowPlanner.Best(s);
        var newest = s.HasAny(Concept.Newest) || s.HasWord("last", "letzte", "letzter", "letzten") && time?.Kind != TimeMentionKind.Last;
        var trouble = s.HasAny(Concept.Failed, Concept.Slow, Concept.Trouble);
        // "what was shipped right before our checkout calls began failing?": whoever shipped it.
        var onset = s.All(Concept.Earlier)
            .Any(e =>
                s.LinksOf(LinkKind.Service).All(l => l.Start >= e.End)
                && s.Concepts.Any(c => c.Concept is Concept.Failed or Concept.Slow or Concept.Trouble && c.Start >= e.End)
            );
        long? near =
            time?.Instant is { } instant
            && time.Kind is TimeMentionKind.At or TimeMentionKind.Before or TimeMentionKind.Around or TimeMentionKind.Since
            && (trouble || time.Kind != TimeMentionKind.Since)
                ? UnixNanos.From(instant)
                : null;
        var selection = new ChangeSelection
        {
            BeforeTrouble = onset && near is not null,
            Kinds = kinds,
            LeftOut = without,
            Version = version is { } number ? s.Tokens[number].Text.TrimStart('v', 'V') : null,
            BehindTrouble = s.HasAny(Concept.Cause, Concept.Why) && trouble,
            NearNs = near,
            Limit =
                Rankings.Limit(s)
                ?? (newest && !s.HasWord("deploys", "changes", "releases", "rollbacks", "deployments", "flips") ? 1 : null),
            Author = context.Subject.People.Count > 0 ? context.Subject.People[0] : null,
        };
        s.UseWords("before", "after", "right", "shortly", "started", "starting", "began", "anyone", "somebody", "ship", "push", "merge");
        s.Use(
            Concept.Change,
            Concept.Deploy,
            Concept.Rollback,
            Concept.Flag,
            Concept.Config,
            Concept.Scale,
            Concept.What,
            Concept.Which,
            Concept.Show,
            Concept.Exist,
            Concept.Every,
            Concept.Newest,
            Concept.Failed,
            Concept.Slow,
            Concept.Trouble,
            Concept.Cause,
            Concept.Earlier,
            Concept.Who,
            Concept.Count
        );
        return selection;
    }

    private static bool IsTakenBack(Sentence s) =>
        s.All(Concept.Rollback).Any(m => s.MeansAt(m.Start - 1, Concept.Be) && s.All(Concept.Deploy).Any(d => d.End <= m.Start));

    // "no deploys and no config edits", "leaving out rollbacks, flags and configuration"
    private static bool IsLeftOut(Sentence s, ConceptMark mark)
    {
        // "the rollback does not count"
        if (
            s.MarkAt(mark.End) is { } denied
            && (denied.Senses.Contains(Concept.LeftOut) || denied.Senses.Contains(Concept.Negation) && denied.End - denied.Start > 1)
        )
        {
            s.Use(denied.Start, denied.End + 1);
            return true;
        }

        for (var i = mark.Start - 1; i >= 0; i--)
        {
            if (s.MeansAt(i, Concept.Negation, Concept.Without, Concept.NotEquals))
            {
                s.Use(s.MarkAt(i));
                return true;
            }

            if (
                !s.Tokens[i].IsSymbol(",")
                && !s.MeansAt(i, Concept.Article, Concept.Joint, Concept.Or, Concept.Flag, Concept.Config, Concept.Rollback, Concept.Deploy)
            )
                return false;
        }

        return false;
    }
}

/// <summary>"p95 of failed requests", "how many successful calls": whether the requests that are measured failed.</summary>
internal static class StatusConditions
{
    public static IEnumerable<AttributeCondition> Read(ReadingContext context, QuestionKind kind)
    {
        var s = context.Sentence;
        if (kind is not (QuestionKind.Measure or QuestionKind.Series or QuestionKind.Breakdown) || context.Measure is not { } measure)
            yield break;
        var counted = measure.Measure is Measure.RequestCount or Measure.Throughput or Measure.Share;
        if (!counted && !measure.Measure.IsLatency())
            yield break;
        if (OfRequests(s, Concept.Fine) is { } fine)
            yield return Condition(s, fine, ConditionOperator.NotEqual);
        else if ((measure.Measure.IsLatency() || measure.Measure == Measure.Share) && OfRequests(s, Concept.Failed) is { } failed)
            yield return Condition(s, failed, ConditionOperator.Equal);
    }

    // "failed requests", "requests that failed", "for failed ones"
    private static ConceptMark? OfRequests(Sentence s, Concept state) =>
        s.All(state)
            .FirstOrDefault(mark =>
                s.ConceptAt(mark.End)?.Concept == Concept.Request
                || s.WordAt(mark.End) is "ones" or "calls"
                || s.LinkAt(mark.End) is { Kind: LinkKind.Service } && s.ConceptAt(s.LinkAt(mark.End)!.End)?.Concept == Concept.Request
                || s.WordAt(mark.Start - 1) is "that" or "which" or "have" or "were"
                    && s.Concepts.Any(c => c.Concept == Concept.Request && c.End <= mark.Start && mark.Start - c.End <= 2)
                || s.ConceptAt(mark.Start - 1)?.Concept is Concept.Request or Concept.Count or Concept.Which or Concept.Pronoun
                    && s.Has(Concept.Request)
            );

    private static AttributeCondition Condition(Sentence s, ConceptMark mark, ConditionOperator op)
    {
        s.Use(mark);
        s.Use(Concept.Request);
        return new AttributeCondition(
            AttributeScope.Intrinsic,
            "status",
            op,
            ["error"],
            ConditionValueType.Keyword,
            true,
            s.Words(mark.Start, mark.End)
        );
    }
}
