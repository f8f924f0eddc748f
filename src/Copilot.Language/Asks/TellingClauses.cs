using Copilot.Language.Lexicon;
using Copilot.Language.Linking;
using Copilot.Language.Sentences;
using static Copilot.Language.Asks.AskConcepts;

namespace Copilot.Language.Asks;

/// <summary>Clauses that hold a telling noun and ask for nothing, beside others that ask.</summary>
internal static class TellingClauses
{
    // "I am filling in the impact section. What was the error rate?": beside a real question, a sentence that tells something and only
    // holds a telling noun is none, and a wish for "three facts" only leads up to them.
    public static List<AskClause> Demoted(Sentence s, List<AskClause> clauses)
    {
        bool Ends(AskClause c, string sign) => s.Tokens[c.End - 1].IsSymbol(sign);
        bool Asks(AskClause c) => c.Asking == Asking.Surely && (Ends(c, "?") || ClauseBreaks.Asks(s, c.Start, c.End)) && !IsBareWish(s, c);
        var questions = clauses.Exists(c => c.Asking == Asking.Surely && Ends(c, "?"));
        return clauses.Exists(Asks)
            ?
            [
                .. clauses.Select(c =>
                    c.Asking == Asking.Surely
                    && !Ends(c, "?")
                    && (
                        Ends(c, ".") && questions && !HasOpener(s, c) && !AsksWho(s, c)
                        || IsBareWish(s, c)
                        || IsTelling(s, c)
                        || IsState(s, c)
                        || IsUnplaced(s, c)
                    )
                        ? c with
                        {
                            Asking = Asking.Perhaps,
                        }
                        : c
                ),
            ]
            : clauses;
    }

    // "I need facts before I call back.", "I would like three things about X": nothing is named that could be told.
    private static bool IsBareWish(Sentence s, AskClause clause) =>
        !s.Tokens[clause.End - 1].IsSymbol("?")
        && Within(s, clause).Any(m => m.Senses.Any(c => c is Concept.Show or Concept.Explain))
        && !Within(s, clause)
            .Any(m =>
                !m.Senses.Any(c => c is Concept.Show or Concept.Explain)
                && m.Senses.Any(c =>
                    Openers.Contains(c) || Asked.Contains(c) || Weak.Contains(c) || AskedNouns.Contains(c) || Courses.Contains(c)
                )
            )
        && !s.LinksIn(clause.Start, clause.End).Any(l => l.Kind is LinkKind.Metric or LinkKind.Key or LinkKind.Operation)
        && !ErrorNouns.Heads(s, clause.Start, clause.End);

    // "Several patients say that they never received the text message": a whole sentence that begins with who or what it is about.
    private static bool IsTelling(Sentence s, AskClause clause) =>
        !ClauseBreaks.Asks(s, clause.Start, clause.End)
        && Within(s, clause)
            .Any(m => m.Senses.Any(c => c is Concept.Be or Concept.Says or Concept.Person or Concept.Negation or Concept.Modal))
        && (
            IsStatement(s, clause)
            || !Within(s, clause)
                .Any(m => m.Senses.Any(c => c is Concept.Count or Concept.Percentile or Concept.ErrorRate or Concept.Median))
        );

    // "latency was bad from 8:08 to 8:10", "latency regression since 8": a state, and no wish to have it measured.
    private static bool IsState(Sentence s, AskClause clause) =>
        IsSlow(s, clause)
        || Within(s, clause).FirstOrDefault(m => m.Senses.Contains(Concept.Latency)) is { } latency
            && !Within(s, clause)
                .Any(m => m != latency && m.Senses.Any(c => Openers.Contains(c) && c != Concept.What || Measures.Contains(c)))
            && (IsBad(s, latency.End) || s.MeansAt(latency.End, Concept.Be) && IsBad(s, s.MarkAt(latency.End)!.End));

    // "gates been sluggish since 8": not which is the most so.
    private static bool IsSlow(Sentence s, AskClause clause) =>
        Within(s, clause).Where(m => m.Senses.Any(c => Asked.Contains(c) || Openers.Contains(c))).ToList() is [var only]
        && only.Senses.Contains(Concept.Slow)
        && only.Senses.Contains(Concept.Slowest)
        && s.MeansAt(only.Start - 1, Concept.Be);

    private static bool IsBad(Sentence s, int at) =>
        WordRoles.TroubleNouns.Contains(s.WordAt(at) ?? "")
        || s.MarkAt(at) is { } mark && mark.Senses.Any(c => c is Concept.Trouble or Concept.Slow or Concept.Failed or Concept.Up);

    // "Orders is killing my p99.": what is named does something.
    private static bool IsStatement(Sentence s, AskClause clause) =>
        s.Tokens[clause.End - 1].IsSymbol(".")
        && (
            s.LinkAt(clause.Start) is { Kind: LinkKind.Service or LinkKind.Operation } link && s.MeansAt(link.End, Concept.Be)
            || s.MeansAt(clause.Start, Concept.Pronoun) && s.MeansAt(clause.Start + 1, Concept.Be)
        );

    // "The council wants to know how many drivers use the app": neither opened as a question nor about anything that is named.
    private static bool IsUnplaced(Sentence s, AskClause clause) =>
        !ClauseBreaks.Asks(s, clause.Start, clause.End)
        && !s.LinksIn(clause.Start, clause.End)
            .Any(l =>
                l.Kind is LinkKind.Service or LinkKind.Operation or LinkKind.Metric
                || !Within(s, clause).Any(m => m.Senses.Contains(Concept.Show))
            )
        && !s.TimesIn(clause.Start, clause.End).Any()
        && !Within(s, clause).Any(m => m.Senses.Any(c => c is Concept.Pronoun or Concept.SameFor || Courses.Contains(c)));

    private static IEnumerable<ConceptMark> Within(Sentence s, AskClause clause) => s.MarksIn(clause.Start, clause.End);

    // "and which team I may ask about them."
    private static bool AsksWho(Sentence s, AskClause clause) =>
        s.MarkAt(clause.Start) is { } first
        && first.Senses.Any(c => c is Concept.Owner or Concept.OnCall or Concept.Contact)
        && first.End - first.Start > 1;

    private static bool HasOpener(Sentence s, AskClause clause) =>
        s.Marks.Any(m =>
            m.Start >= clause.Start
            && m.End <= clause.End
            && (m.Senses.Any(Openers.Contains) || m.Senses.Any(c => Measures.Contains(c) || c is Concept.Plot or Concept.SameFor))
        );
}
