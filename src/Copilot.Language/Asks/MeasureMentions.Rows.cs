using Copilot.Language.Lexicon;
using Copilot.Language.Linking;
using Copilot.Language.Tokens;

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
                        && s.MeansAt(m.End + 2, Concept.By, Concept.Every, Concept.EachStep)
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
