using Copilot.Agent.Interpretation.Traceql.Terms;
using Copilot.TraceQL;

namespace Copilot.Agent.Interpretation.Traceql.Coverage;

/// <summary>
/// Whether a query says all that the words say. Readers may pass over a word; here nothing is passed over: each number, name, comparison, denial, relation and measure must be found in
/// the query, however it got there. What is not found is named instead of being answered wrongly.
/// </summary>
internal static class WordCoverage
{
    /// <summary>The terms that the query does not account for.</summary>
    public static IReadOnlyList<Term> Missing(IReadOnlyList<Term> terms, TraceQlQuery query)
    {
        var content = QueryContent.Of(query);
        return [.. Enumerable.Range(0, terms.Count).Where(i => !(IsPartOfText(terms[i], content) || ValueCoverage.Covers(terms, i, content) && GrammarCoverage.Covers(terms, i, content) && MeasureCoverage.Covers(terms, i, content))).Select(i => terms[i])];
    }

    // A word of a name or of a message does nothing else.
    private static bool IsPartOfText(Term term, QueryContent content) => term.Kind is not (TermKind.Number or TermKind.Duration) && content.Texts.Any(t => t.Contains(' ', StringComparison.Ordinal) && t.Contains(term.Text, StringComparison.OrdinalIgnoreCase));
}
