using Copilot.Language.Lexicon;
using Copilot.Language.Linking;
using Copilot.Language.Tokens;
using Copilot.Telemetry.Records;

namespace Copilot.Language.Asks;

/// <summary>Requests that are counted beside other figures.</summary>
internal sealed partial class MeasureMentions
{
    // "requests, failed requests and error rate": three columns.
    private (ConceptMark Requests, ConceptMark Failed)? Row()
    {
        foreach (var requests in s.MarksOf(Concept.Request).Where(m => WordStem.IsPlural(s.Tokens[m.End - 1].Lower)))
        {
            if (
                requests.End < s.Tokens.Count
                && s.Tokens[requests.End].IsSymbol(",")
                && s.MarkAt(requests.End + 1) is { } failed
                && failed.Senses.Contains(Concept.Failed)
                && (s.MeansAt(failed.End, Concept.Request) || WordRoles.Failures.Contains(s.Tokens[failed.Start].Lower))
                && _found.Exists(f => f.Explicit && f.Start > failed.Start)
            )
                return (requests, failed);
        }

        return null;
    }

    // "requests and error rate per tenant", "hits, p95", "requests + failures per pod": how many, beside another figure.
    private ConceptMark? Beside() =>
        s.MarksOf(Concept.Request, Concept.Calls)
            .FirstOrDefault(m =>
                !s.IsUsed(m.Start)
                && WordStem.IsPlural(s.Tokens[m.End - 1].Lower)
                && (
                    m.Start == 0
                    || s.Tokens[m.Start - 1].Kind == WordTokenKind.Symbol
                    || s.MeansAt(m.Start - 1, Concept.Show, Concept.Joint)
                )
                && (
                    s.MeansAt(m.End, Concept.Joint)
                    || m.End < s.Tokens.Count && s.Tokens[m.End] is { Kind: WordTokenKind.Symbol, Text: "," or "+" or "&" or "/" }
                )
                && (
                    _found.Exists(f => f.Explicit && f.Start == m.End + 1)
                    || WordRoles.Failures.Contains(s.WordAt(m.End + 1) ?? "")
                        && (
                            s.MeansAt(m.End + 2, Concept.By, Concept.Every, Concept.EachStep)
                            // "requests + errors of payment"
                            || s.MeansAt(m.End + 2, Concept.Preposition) && s.LinkAt(m.End + 3) is { Kind: LinkKind.Service }
                        )
                )
            );

    // "the request count and how many failed", "requests and the failure count": where the second of two counts begins.
    private int? NextCount(ConceptMark mark)
    {
        var next = s.MarksOf(Concept.Count).FirstOrDefault(m => m.Start > mark.End);
        if (next is null)
            return null;
        var start = s.MeansAt(next.Start - 1, Concept.Failed, Concept.Succeeded) ? next.Start - 1 : next.Start;
        var joint = s.MeansAt(start - 1, Concept.Article) ? start - 2 : start - 1;
        return joint >= mark.End && (s.MeansAt(joint, Concept.Joint) || s.Tokens[joint].IsSymbol(",")) ? start : null;
    }

    // "requests of checkout and how many failed": how many there were, beside those.
    private ConceptMark? BeforeFailures() =>
        s.MarksOf(Concept.Request)
            .FirstOrDefault(m =>
                !s.IsUsed(m.Start)
                && WordStem.IsPlural(s.Tokens[m.End - 1].Lower)
                && (m.Start == 0 || s.MeansAt(m.Start - 1, Concept.Show, Concept.Article))
                && s.MarksOf(Concept.Count)
                    .Any(count =>
                        count.Start > m.End
                        && s.MeansAt(count.Start - 1, Concept.Joint)
                        && s.MeansAt(count.End, Concept.Failed, Concept.Pronoun)
                        && _found.Exists(f => f.Start == count.Start && f.Measure.Kind is MeasureKind.Failed or MeasureKind.Succeeded)
                    )
            );

    // "total incoming requests", "the total of transfers": the noun that is counted.
    private bool IsOfRequests(ConceptMark sum)
    {
        var at = s.MeansAt(sum.End, Concept.Preposition) ? sum.End + 1 : sum.End;
        if (s.MeansAt(at, Concept.Request) || at > sum.End && s.LinkAt(at) is { Kind: LinkKind.Service or LinkKind.Operation })
            return true;
        return s.MarkAt(at) is null && s.LinkAt(at) is null && s.TimeAt(at) is null && s.MeansAt(at + 1, Concept.Request);
    }
}
