using System.Text.RegularExpressions;
using Copilot.Language.Lexicon;
using Copilot.Language.Linking;
using Copilot.Language.Questions;
using Copilot.Language.Readings;
using Copilot.Telemetry.Records;

namespace Copilot.Language.Plans;

/// <summary>Short questions back, where a reading would be a guess.</summary>
internal static class Clarifications
{
    /// <summary>Words that several things are called by: each of them in their place is a question of its own.</summary>
    public static Clarification Which(string question, string words, IReadOnlyList<string> choices) =>
        new(
            $"Which one do you mean by \"{words}\": {string.Join(", ", choices)}?",
            [.. choices.Select(choice => question.Replace(words, choice, StringComparison.OrdinalIgnoreCase))],
            []
        );

    /// <summary>Asks back in the place of what was read.</summary>
    public static QuestionPlan Instead(QuestionPlan read, Clarification clarification) =>
        new()
        {
            Kind = QuestionKind.Clarify,
            AsOfNs = read.AsOfNs,
            Clarification = clarification,
        };

    /// <summary>What is missing or ambiguous; null where the plan stands.</summary>
    public static Clarification? Of(ReadingContext context, QuestionPlan plan, KnownNames catalogue)
    {
        var question = context.Request.Question.Trim();
        if (
            context.Subject.Ambiguous.Count > 0
            && plan.Services.Count == 0
            && plan.Kind is not (QuestionKind.Affected or QuestionKind.Involved or QuestionKind.Overview or QuestionKind.Cause)
        )
        {
            var (words, choices) = context.Subject.Ambiguous[0];
            return Which(question, words, choices);
        }

        if (plan is { Kind: QuestionKind.Measure, Measure: Measure.Share, ShareOf.Count: 0 })
            return new Clarification(
                "The share of which requests? Tell what they have: \"what share of the requests took longer than 1 s\".",
                [],
                context.Sentence.Ignored()
            );
        if (
            context.Sentence.Has(Concept.Share)
            && context.Sentence.HasAny(Concept.Trace, Concept.Span)
            && plan.Kind is QuestionKind.Measure or QuestionKind.Traces
        )
            return new Clarification(
                "I tell shares of requests. Of traces I can tell how many there are and how many of them fit: which do you want?",
                [question.Replace("trace", "request", StringComparison.OrdinalIgnoreCase)],
                []
            );
        if (TwoWays(context, plan) is { } ways)
            return ways;
        if (Restarts(context, plan) is { } restarts)
            return restarts;
        if (plan.Window is { IsDefault: true } && Unplaced(context) is { } unplaced)
            return unplaced;

        if (context.Measure is { Others.Count: > 0 } && plan.Kind == QuestionKind.Measure)
        {
            var all = new[] { context.Measure.Measure }.Concat(context.Measure.Others).ToList();
            return new Clarification(
                $"I answer with one number at a time. Which one first: {string.Join(", ", all.Select(m => m.Name()))}?",
                [.. all.Select(m => Again(m, plan))],
                []
            );
        }

        if (
            plan.Conditions.Any(c => c is { Key: "service.name", Operator: ConditionOperator.NotEqual })
            && plan.Kind
                is not (
                    QuestionKind.Measure
                    or QuestionKind.Traces
                    or QuestionKind.Series
                    or QuestionKind.Breakdown
                    or QuestionKind.Changes
                    or QuestionKind.Callers
                    or QuestionKind.Callees
                    or QuestionKind.Affected
                )
        )
        {
            return new Clarification("I cannot leave out a service here. Shall I answer for all, or for which ones?", [], []);
        }

        if (
            plan.Window is { IsDefault: true }
            && context.Sentence.Ignored().FirstOrDefault(w => LooksLikeTime(w) && !question.Contains("=" + w, StringComparison.Ordinal))
                is { } time
        )
            return new Clarification(
                $"Which time do you mean by \"{time}\"? I read times such as 07:56, 8am or \"last 10 minutes\".",
                [],
                [time]
            );

        if (
            plan is { Kind: QuestionKind.Measure, Services.Count: 0, Operations.Count: 0, Conditions.Count: 0 }
            && context.Measure is { Explicit: false }
            && context.Request.Previous is null
            && context.Sentence.Ignored() is { Count: > 0 } unread
        )
            return Whose(
                $"I do not understand {string.Join(", ", unread.Take(8).Select(w => $"\"{w}\""))} here.",
                "how many requests did {0} get?",
                catalogue
            ) with
            {
                NotUnderstood = unread,
            };

        if (
            plan is { Kind: QuestionKind.Measure or QuestionKind.Series, Services: [var one, var two] }
            && context.Measure is { Explicit: true }
            && context.Subject.Services.Count == 2
        )
            return new Clarification(
                $"Do you mean {one.Name} or {two.Name}?",
                [Again(plan.Measure ?? Measure.RequestCount, one.Name), Again(plan.Measure ?? Measure.RequestCount, two.Name)],
                []
            );

        if (plan is { Kind: QuestionKind.Comparison, Comparison: null } && UsualReader.NewAndOld(context))
        {
            var versions = UsualReader.Versions(context).Select(v => v.Name).ToList();
            var service = context.Subject.Services[0].Name;
            return versions.Count < 2
                ? new Clarification(
                    $"The spans of {service} carry {(versions.Count == 0 ? "no version" : $"only version {versions[0]}")}, so I cannot tell a new from an old one. Shall I compare two windows?",
                    [],
                    []
                )
                : new Clarification(
                    $"Which two versions of {service} do you mean? I know {string.Join(", ", versions)}.",
                    [
                        .. versions
                            .Zip(versions.Skip(1), (old, young) => $"compare error rate of {service} {old} vs {young}")
                            .Reverse()
                            .Take(3),
                    ],
                    []
                );
        }

        if (UnreadWords.Find(context, plan) is { Count: > 0 } left)
            return Unread(context, left);

        var nameless = plan.Services.Count == 0 && plan.Operations.Count == 0;
        if (!nameless || context.Request.Previous is not null)
            return plan.Kind is QuestionKind.Comparison && plan.Comparison is null
                ? new Clarification("What should I compare with what? Name two windows, two services or two values.", [], [])
                : null;
        return plan.Kind switch
        {
            QuestionKind.Owners when plan.Teams.Count + plan.People.Count == 0 && !OwnersOfTrouble.Means(context.Sentence) => Whose(
                "Whose owner do you want to know? Name the service.",
                "who owns {0}?",
                catalogue
            ),
            QuestionKind.Callers => Whose("Callers of which service?", "who calls {0}?", catalogue),
            QuestionKind.Callees => Whose("Dependencies of which service?", "what does {0} call?", catalogue),
            QuestionKind.Overview
            or QuestionKind.Cause
                when plan.Window is { IsDefault: true } && context.Sentence.Has(Concept.Which) && context.Sentence.HasWord("one", "ones") =>
                Whose("Which ones do you mean? I have nothing before this question to choose from.", "error rate of {0}", catalogue),
            _ when Pointers.Points(context) && Pointers.Needs(context, plan) => Whose(
                "Which service do you mean? I have nothing before this question that it could point at.",
                "error rate of {0}",
                catalogue
            ),
            QuestionKind.Comparison when plan.Comparison is null => new Clarification(
                "What should I compare with what? Name two windows, two services or two values.",
                [],
                []
            ),
            _ => null,
        };
    }

    // A process that died is not a request that failed.
    private static Clarification? Restarts(ReadingContext context, QuestionPlan plan)
    {
        var s = context.Sentence;
        var process = context.Subject.Attributes.FirstOrDefault(a =>
            a.Keys.Any(k => k.Key is "k8s.pod.name" or "k8s.container.name" or "service.instance.id" or "k8s.node.name" or "host.name")
        );
        if (
            plan.Kind is not (QuestionKind.Breakdown or QuestionKind.Services or QuestionKind.Overview)
            || process is null
            || !s.HasWord(
                "crashed",
                "crashing",
                "crash",
                "crashes",
                "restarted",
                "restarting",
                "restart",
                "restarts",
                "died",
                "dying",
                "dead",
                "evicted",
                "oomkilled",
                "crashlooping"
            )
        )
            return null;
        var named = s.Words(process.Start, process.End);
        return new Clarification(
            $"I see requests, not whether a process was started again, so I cannot tell that of {named}. Shall I break down failed requests by {named}, or list the changes?",
            [$"failed requests by {named}", "what changed?"],
            []
        );
    }

    /// <summary>"During the outage", "during the flash sale": when that was is not said.</summary>
    public static Clarification? Unplaced(ReadingContext context)
    {
        var s = context.Sentence;
        for (var i = 0; i + 2 < s.Tokens.Count; i++)
        {
            if (
                s.WordAt(i) is "during" or "throughout"
                && s.WordAt(i + 1) is "the" or "that" or "this" or "our"
                && s.Times.Count == 0
                && context.Anchor is null
                && !s.IsUsed(i + 2)
                && s.LinkAt(i + 2) is null
            )
                return When(s.Words(i + 1, Math.Min(s.Tokens.Count, i + 4)));
            if (
                s.WordAt(i) is "during" or "throughout" or "in" or "while" or "within"
                && s.WordAt(i + 1) is "the" or "that" or "this" or "our" or "last"
                && s.WordAt(i + 2) is "outage" or "incident" or "downtime" or "disruption" or "spike"
                && s.Times.Count == 0
            )
                return When(s.Words(i + 1, i + 3));
        }

        return null;
    }

    private static Clarification When(string what) =>
        new($"When was {what.TrimEnd('?', ' ', '.')}? Name a time, such as \"10:00 to 10:15\" or \"the last 30 minutes\".", [], []);

    // "by region and version", "by version for the slowest service": one after the other.
    private static Clarification? TwoWays(ReadingContext context, QuestionPlan plan)
    {
        var s = context.Sentence;
        var grouped = context.Subject.Attributes.Where(a => a.Grouping).ToList();
        if (grouped.Count == 0)
            return null;
        var second = context.Subject.Attributes.FirstOrDefault(a =>
            a.Start > grouped[0].End
            && (a.Grouping || s.WordAt(a.Start - 1) is "and" or "und" or "," or "&" or "+" && a.Start - 1 == grouped[0].End)
            && a.Keys[0].Key != grouped[0].Keys[0].Key
        );
        if (plan.Kind is QuestionKind.Breakdown && second is not null)
            return new Clarification(
                $"I break down by one attribute at a time. First by {s.Words(grouped[0].Start, grouped[0].End)} or by {s.Words(second.Start, second.End)}?",
                [],
                []
            );
        return
            plan.Kind is QuestionKind.Services or QuestionKind.Operations
            && grouped[0].Keys[0].Key != "service.name"
            && context.Measure is not null
            ? new Clarification(
                $"That is two questions: which {(plan.Kind is QuestionKind.Services ? "service" : "operation")}, and then by {s.Words(grouped[0].Start, grouped[0].End)}. Name the {(plan.Kind is QuestionKind.Services ? "service" : "operation")}, or ask for the ranking first.",
                [],
                []
            )
            : null;
    }

    /// <summary>Asks about words that were not read and may change what is found.</summary>
    public static Clarification Unread(ReadingContext context, IReadOnlyList<string> words) =>
        new(
            $"I do not understand {string.Join(", ", words.Take(8).Select(w => $"\"{w}\""))} here, and it may change the number. What do you mean by it, or shall I leave it out?",
            Without(context.Request.Question.Trim(), words),
            words
        );

    public static QuestionPlan NotUnderstood(ReadingContext context, IReadOnlyList<string> words, KnownNames catalogue) =>
        Plan(
            context,
            context.HasSubject && context.Subject.Services is [var named, ..]
                    ? new Clarification(
                        $"What would you like to know about {named.Name}?",
                        [
                            $"error rate of {named.Name}",
                            $"p95 of {named.Name}",
                            $"what is wrong with {named.Name}?",
                            $"who owns {named.Name}?",
                        ],
                        words
                    )
                : Pointers.Points(context)
                    ? Whose(
                        "What do you mean by that? I have nothing before this question that it could point at.",
                        "error rate of {0}",
                        catalogue
                    )
                : words.Count == 0 ? Whose("What would you like to know?", "error rate of {0} in the last 15 minutes", catalogue)
                : Whose(
                    $"I do not understand {string.Join(", ", words.Take(8).Select(w => $"\"{w}\""))} as a question about your services.",
                    "error rate of {0} in the last 15 minutes",
                    catalogue
                ) with
                {
                    NotUnderstood = words,
                }
        );

    public static QuestionPlan Plan(ReadingContext context, Clarification clarification) =>
        new()
        {
            Kind = QuestionKind.Clarify,
            AsOfNs = UnixNanos.From(context.Request.AsOf),
            Clarification = clarification,
            Ignored = clarification.NotUnderstood,
            Confidence = 0,
        };

    // The question as it would be answered, for one click.
    private static IReadOnlyList<string> Without(string question, IReadOnlyList<string> words)
    {
        var rest = words.Aggregate(
            question,
            (text, word) =>
                Regex.Replace(text, $@"(?<!\w){Regex.Escape(word)}(?!\w)", "", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)
        );
        rest = string.Join(' ', rest.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return rest.Length > 3 ? [rest] : [];
    }

    private static string Again(Measure measure, QuestionPlan plan) =>
        plan.Services.Count > 0
            ? Again(measure, string.Join(" and ", plan.Services.Select(s => s.Name)))
            : measure.Name().Replace('_', ' ');

    private static string Again(Measure measure, string service) => $"{measure.Name().Replace('_', ' ')} of {service}";

    private static Clarification Whose(string question, string form, KnownNames catalogue) =>
        new(
            question,
            [
                .. catalogue
                    .Services.Where(s => s.Instrumented)
                    .Take(3)
                    .Select(s => string.Format(System.Globalization.CultureInfo.InvariantCulture, form, s.Name)),
            ],
            []
        );

    // A time that was not read must not be left out: the answer would be about another window.
    private static bool LooksLikeTime(string word) =>
        word.Length is 3 or 4 or 5 or 9 && word.Count(char.IsDigit) >= 3 && word.All(c => char.IsDigit(c) || c is '.' or ':' or '-' or 'h')
        || word is "Uhr" or "o'clock";
}
