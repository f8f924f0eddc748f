using Copilot.Language.Linking;
using Copilot.Language.Queries.Terms;

namespace Copilot.Language.Queries.Filters;

/// <summary>Reads what is said of spans, from left to right; connectives, denials and what was said last are remembered.</summary>
internal sealed class FilterReader
{
    private readonly TermCursor _cursor;
    private readonly IdiomClauses _idioms;
    private readonly FieldClauses _fields;
    private readonly NameClauses _names;
    private readonly List<Clause> _clauses = [];
    private readonly List<Term> _unread = [];
    private Joint _joint;
    private bool _denied,
        _chained,
        _excluding;

    private FilterReader(IReadOnlyList<Term> terms, KnownNamesIndex index, bool traces)
    {
        _cursor = new TermCursor(terms);
        _idioms = new IdiomClauses(_cursor);
        _fields = new FieldClauses(_cursor, index, traces);
        _names = new NameClauses(_cursor, index);
    }

    /// <param name="terms">The words about the spans.</param>
    /// <param name="index">What names there are.</param>
    /// <param name="traces">A length of time with nothing beside it is the trace's.</param>
    public static Clauses Read(IReadOnlyList<Term> terms, KnownNamesIndex index, bool traces = false)
    {
        var reader = new FilterReader(terms, index, traces);
        while (!reader._cursor.AtEnd)
            reader.Step();
        if (reader._denied)
            reader._unread.Add(terms.Last(t => t.Kind == TermKind.Not || t.Lower == "nor"));
        foreach (var guess in reader._clauses.Where(c => c.Weak && reader._clauses.Any(o => !o.Weak && o.Key == c.Key)).ToList())
        {
            reader._clauses.Remove(guess);
            reader._unread.Add(terms[guess.At]);
        }

        // "a and b or c": which of them belong together?
        for (var i = 1; i < reader._clauses.Count; i++)
        {
            var (before, clause) = (reader._clauses[i - 1], reader._clauses[i]);
            if (clause.Joint == Joint.Or && before.Joint == Joint.And && clause.Key != before.Key)
                reader._unread.Add(terms.Take(clause.At).Last(t => t.Kind == TermKind.Or));
        }

        // "failing with a 404": the code says it, and a server's span of it is no error.
        reader._clauses.RemoveAll(c =>
            terms[c.At].Lower is "failing" or "failed" or "fail" or "fails"
            && terms[c.At].Kind == TermKind.Condition
            && c.At + 1 < terms.Count
            && terms[c.At + 1].Kind is TermKind.With or TermKind.Returned
            && reader._clauses.Any(o => o.At > c.At && o.At <= c.At + 4 && o.Key.EndsWith("http.status_code", StringComparison.Ordinal))
        );
        var vague = reader._clauses.Any(c => c.IsLength) ? [] : terms.Where(t => t.Kind == TermKind.Vague);
        return new Clauses(Lists.Joined(Implied.Dropped(reader._clauses)), [.. reader._unread, .. vague]);
    }

    private void Step()
    {
        var term = _cursor.Current!;
        switch (term.Kind)
        {
            case TermKind.Break:
                (_joint, _denied, _chained, _excluding) = (Joint.And, false, false, false);
                break;
            case TermKind.Comma:
                _joint = Joint.Comma;
                break;
            case TermKind.And or TermKind.Also:
                _joint = _joint == Joint.Comma ? _joint : Joint.And;
                _excluding &= _chained;
                _chained = false;
                break;
            case TermKind.Or:
                _joint = Joint.Or;
                _denied |= _chained || term.Lower == "nor";
                break;
            case TermKind.Not:
                _denied = !_denied;
                _excluding = term.Lower is not ("not" or "never" or "no");
                break;
            case TermKind.Unknown when term.Lower is "excluded" or "excepted" && _clauses.Count > 0:
                _clauses[^1] = _clauses[^1] with { Denied = !_clauses[^1].Denied };
                break;
            default:
                Say(term);
                return;
        }

        _cursor.Skip();
    }

    private void Say(Term term)
    {
        var at = _cursor.At;
        IReadOnlyList<Clause>? said = _idioms.Read() ?? _fields.Read(ref _denied) ?? _names.Read(_clauses.LastOrDefault());
        if (said is null)
        {
            _cursor.GoTo(at + 1);
            if (IsContent(term, at))
                _unread.Add(term);
            return;
        }

        // "all but a and b": neither.
        _denied |=
            _excluding
            && !_chained
            && _clauses.Count > 0
            && said.Count > 0
            && said[0].Key == _clauses[^1].Key
            && _clauses[^1].Denied
            && _joint is Joint.And or Joint.Comma;
        foreach (var clause in said)
        {
            _clauses.Add(
                clause with
                {
                    At = at,
                    Joint =
                        _clauses.Count == 0 ? Joint.Beside
                        : clause == said[0] ? _joint
                        : clause.Joint,
                    Denied = clause.Denied ^ _denied,
                }
            );
            _joint = Joint.Beside;
        }

        (_chained, _denied, _joint) = (_denied, false, Joint.Beside);
    }

    /// <summary>A word that should have meant something. Nouns that only say what is counted or grouped are none.</summary>
    private bool IsContent(Term term, int at) =>
        term.Kind switch
        {
            TermKind.Unknown
            or TermKind.Name
            or TermKind.Text
            or TermKind.Path
            or TermKind.Id
            or TermKind.Number
            or TermKind.Duration
            or TermKind.Operation
            or TermKind.Match
            or TermKind.Compare
            or TermKind.Between
            or TermKind.Kin
            or TermKind.Extreme
            or TermKind.Quantile
            or TermKind.Differ
            or TermKind.Aggregate
            or TermKind.Histogram
            or TermKind.Share
            or TermKind.Most
            or TermKind.Sign => true,
            TermKind.Field => term.Tag == "written"
                || !(
                    _cursor.Peek(at - 1)
                    is null
                        or {
                            Kind: TermKind.Function
                                or TermKind.Article
                                or TermKind.Condition
                                or TermKind.Operation
                                or TermKind.Name
                                or TermKind.Extreme
                                or TermKind.Prep
                        }
                ),
            _ => false,
        };
}
