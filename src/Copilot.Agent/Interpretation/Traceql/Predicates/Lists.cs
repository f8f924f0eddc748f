namespace Copilot.Agent.Interpretation.Traceql.Predicates;

/// <summary>Lists of alternatives: "a, b or c"; "GET and POST requests", for no span has two methods.</summary>
internal static class Lists
{
    public static IReadOnlyList<Clause> Joined(IReadOnlyList<Clause> clauses)
    {
        var joined = clauses.ToArray();
        for (var i = joined.Length - 1; i > 0; i--)
        {
            var same = joined[i].Key.Length > 0 && joined[i].Key == joined[i - 1].Key;
            var or = i + 1 < joined.Length && joined[i + 1].Joint == Joint.Or && joined[i + 1].Key == joined[i].Key;
            joined[i] = joined[i] with
            {
                Joint = joined[i].Joint switch
                {
                    Joint.Comma when same && or && joined[i].Denied == joined[i - 1].Denied => Joint.Or,
                    Joint.Comma or Joint.And or Joint.Beside when same && joined[i].IsEquality && joined[i - 1].IsEquality && joined[i].Expression() != joined[i - 1].Expression() => Joint.Or,
                    Joint.Comma => Joint.And,
                    var as_is => as_is,
                },
            };
        }

        return joined;
    }
}
