using Copilot.Agent.Interpretation.Lexicon;
using Copilot.Agent.Interpretation.Readings;
using Copilot.Agent.Interpretation.Times;
using Copilot.Agent.Questions.Selections;
using Copilot.Telemetry.Time;

namespace Copilot.Agent.Interpretation.Plans;

/// <summary>Which changes are meant.</summary>
internal static class ChangeSelections
{
    public static ChangeSelection Read(ReadingContext context)
    {
        var s = context.Sentence;
        var kinds = new List<string>();
        foreach (var (concept, kind) in new[] { (Concept.Rollback, "rollback"), (Concept.Flag, "flag"), (Concept.Config, "config"), (Concept.Scale, "scale"), (Concept.Deploy, "deploy") })
        {
            if (s.Has(concept))
                kinds.Add(kind);
        }

        var version = s.VersionAt();
        if (version is { } said)
            s.Use(said, said + 1);
        var time = WindowPlanner.Best(s);
        var newest = s.HasAny(Concept.Newest) || s.HasWord("last", "letzte", "letzter", "letzten") && time?.Kind != TimeMentionKind.Last;
        var trouble = s.HasAny(Concept.Failed, Concept.Slow, Concept.Trouble);
        var selection = new ChangeSelection
        {
            Kinds = kinds,
            Version = version is { } number ? s.Tokens[number].Text.TrimStart('v', 'V') : null,
            BehindTrouble = s.HasAny(Concept.Cause, Concept.Why) && trouble,
            NearNs = time?.Instant is { } instant && time.Kind is TimeMentionKind.At or TimeMentionKind.Before or TimeMentionKind.Around or TimeMentionKind.Since && (trouble || time.Kind != TimeMentionKind.Since)
                ? UnixNanos.From(instant) : null,
            Limit = Rankings.Limit(s) ?? (newest && !s.HasWord("deploys", "changes", "releases", "rollbacks", "deployments", "flips") ? 1 : null),
            Author = context.Subject.People.Count > 0 ? context.Subject.People[0] : null,
        };
        s.UseWords("before", "after", "right", "shortly", "started", "starting", "began", "anyone", "somebody", "ship", "push", "merge");
        s.Use(Concept.Change, Concept.Deploy, Concept.Rollback, Concept.Flag, Concept.Config, Concept.Scale, Concept.What, Concept.Which, Concept.Show, Concept.Exist, Concept.Every, Concept.Newest,
            Concept.Failed, Concept.Slow, Concept.Trouble, Concept.Cause, Concept.Earlier, Concept.Who, Concept.Count);
        return selection;
    }
}
