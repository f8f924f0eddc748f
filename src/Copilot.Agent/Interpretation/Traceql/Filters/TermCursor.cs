using Copilot.Agent.Interpretation.Traceql.Predicates;
using Copilot.Agent.Interpretation.Traceql.Terms;

namespace Copilot.Agent.Interpretation.Traceql.Filters;

/// <summary>A place among terms.</summary>
internal sealed class TermCursor(IReadOnlyList<Term> terms)
{
    public int At { get; private set; }

    public bool AtEnd => At >= terms.Count;

    public Term? Current => Peek(At);

    public Term? Next => Peek(At + 1);

    public Term? Before => Peek(At - 1);

    public Term? Peek(int at) => at >= 0 && at < terms.Count ? terms[at] : null;

    public bool Any(Func<Term, bool> which) => terms.Any(which);

    public void Skip(int count = 1) => At += count;

    public void GoTo(int at) => At = at;

    /// <summary>Back to where a reading began that came to nothing.</summary>
    public IReadOnlyList<Clause>? Back(int to)
    {
        At = to;
        return null;
    }

    /// <summary>The place of the first term from here that is none of these.</summary>
    public int After(int from, params ReadOnlySpan<TermKind> kinds)
    {
        while (Peek(from) is { } term && kinds.Contains(term.Kind))
            from++;
        return from;
    }

    /// <summary>The last term before a place that is none of these.</summary>
    public Term? Preceding(int at, params ReadOnlySpan<TermKind> kinds)
    {
        at--;
        while (Peek(at) is { } term && kinds.Contains(term.Kind))
            at--;
        return Peek(at);
    }
}
