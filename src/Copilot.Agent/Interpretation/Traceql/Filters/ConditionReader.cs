using Copilot.Agent.Interpretation.Linking;
using Copilot.Agent.Interpretation.Traceql.Predicates;
using Copilot.Agent.Interpretation.Traceql.Terms;

namespace Copilot.Agent.Interpretation.Traceql.Filters;

/// <summary>Reads what is said of spans, from left to right; connectives, denials and what was said last are remembered.</summary>
internal sealed class ConditionReader
{
    private readonly TermCursor cursor;
    private readonly IdiomClauses idioms;
    private readonly FieldClauses fields;
    private readonly NameClauses names;
    private readonly List<Clause> clauses = [];
    private readonly List<Term> unread = [];
    private Joint joint;
    private bool denied, chained, excluding;

    private ConditionReader(IReadOnlyList<Term> terms, CatalogueIndex index, bool traces)
    {
        cursor = new TermCursor(terms);
        idioms = new IdiomClauses(cursor);
        fields = new FieldClauses(cursor, index, traces);
        names = new NameClauses(cursor, index);
    }

    /// <param name="terms">The words about the spans.</param>
    /// <param name="index">What names there are.</param>
    /// <param name="traces">A length of time with nothing beside it is the trace's.</param>
    public static Clauses Read(IReadOnlyList<Term> terms, CatalogueIndex index, bool traces = false)
    {
        var reader = new ConditionReader(terms, index, traces);
        while (!reader.cursor.AtEnd)
            reader.Step();
        if (reader.denied)
            reader.unread.Add(terms.Last(t => t.Kind == TermKind.Not || t.Lower == "nor"));
        foreach (var guess in reader.clauses.Where(c => c.Weak && reader.clauses.Any(o => !o.Weak && o.Key == c.Key)).ToList())
        {
            reader.clauses.Remove(guess);
            reader.unread.Add(terms[guess.At]);
        }

        // "a and b or c": which of them belong together?
        for (var i = 1; i < reader.clauses.Count; i++)
        {
            var (before, clause) = (reader.clauses[i - 1], reader.clauses[i]);
            if (clause.Joint == Joint.Or && before.Joint == Joint.And && clause.Key != before.Key)
                reader.unread.Add(terms.Take(clause.At).Last(t => t.Kind == TermKind.Or));
        }

        // "failing with a 404": the code says it, and a server's span of it is no error.
        reader.clauses.RemoveAll(c => terms[c.At].Lower is "failing" or "failed" or "fail" or "fails" && terms[c.At].Kind == TermKind.Condition && c.At + 1 < terms.Count && terms[c.At + 1].Kind is TermKind.With or TermKind.Returned
            && reader.clauses.Any(o => o.At > c.At && o.At <= c.At + 4 && o.Key.EndsWith("http.status_code", StringComparison.Ordinal)));
        var vague = reader.clauses.Any(c => c.IsLength) ? [] : terms.Where(t => t.Kind == TermKind.Vague);
        return new Clauses(Lists.Joined(Implied.Dropped(reader.clauses)), [.. reader.unread, .. vague]);
    }

    private void Step()
    {
        var term = cursor.Current!;
        switch (term.Kind)
        {
            case TermKind.Break:
                (joint, denied, chained, excluding) = (Joint.And, false, false, false);
                break;
            case TermKind.Comma:
                joint = Joint.Comma;
                break;
            case TermKind.And or TermKind.Also:
                joint = joint == Joint.Comma ? joint : Joint.And;
                excluding &= chained;
                chained = false;
                break;
            case TermKind.Or:
                joint = Joint.Or;
                denied |= chained || term.Lower == "nor";
                break;
            case TermKind.Not:
                denied = !denied;
                excluding = term.Lower is not ("not" or "never" or "no");
                break;
            case TermKind.Unknown when term.Lower is "excluded" or "excepted" && clauses.Count > 0:
                clauses[^1] = clauses[^1] with { Denied = !clauses[^1].Denied };
                break;
            default:
                Say(term);
                return;
        }

        cursor.Skip();
    }

    private void Say(Term term)
    {
        var at = cursor.At;
        IReadOnlyList<Clause>? said = idioms.Read() ?? fields.Read(ref denied) ?? names.Read(clauses.LastOrDefault());
        if (said is null)
        {
            cursor.GoTo(at + 1);
            if (IsContent(term, at))
                unread.Add(term);
            return;
        }

        // "all but a and b": neither.
        denied |= excluding && !chained && clauses.Count > 0 && said.Count > 0 && said[0].Key == clauses[^1].Key && clauses[^1].Denied && joint is Joint.And or Joint.Comma;
        foreach (var clause in said)
        {
            clauses.Add(clause with { At = at, Joint = clauses.Count == 0 ? Joint.Beside : clause == said[0] ? joint : clause.Joint, Denied = clause.Denied ^ denied });
            joint = Joint.Beside;
        }

        (chained, denied, joint) = (denied, false, Joint.Beside);
    }

    /// <summary>A word that should have meant something. Nouns that only say what is counted or grouped are none.</summary>
    private bool IsContent(Term term, int at) => term.Kind switch
    {
        TermKind.Unknown or TermKind.Name or TermKind.Text or TermKind.Path or TermKind.Id or TermKind.Number or TermKind.Duration or TermKind.Operation or TermKind.Match or TermKind.Compare
            or TermKind.Between or TermKind.Kin or TermKind.Extreme or TermKind.Quantile or TermKind.Differ or TermKind.Aggregate or TermKind.Histogram or TermKind.Share or TermKind.Most or TermKind.Sign => true,
        TermKind.Field => term.Tag == "written" || !(cursor.Peek(at - 1) is null or { Kind: TermKind.Function or TermKind.Article or TermKind.Condition or TermKind.Operation or TermKind.Name or TermKind.Extreme or TermKind.Prep }),
        _ => false,
    };
}
