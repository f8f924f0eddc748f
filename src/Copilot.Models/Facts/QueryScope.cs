using Copilot.Models.Phrases;
using Copilot.TraceQL;
using Copilot.TraceQL.Syntax;

namespace Copilot.Models.Facts;

/// <summary>What a query that ran says of its figures: whose they are, which values they have, and the thresholds of its
/// conditions.</summary>
internal sealed class QueryScope
{
    private readonly List<(string Attribute, string Value)> _values = [];
    private readonly List<(double Value, FactUnit Unit)> _numbers = [];

    /// <summary>Conditions of the form <c>attribute = "value"</c>, the service among them.</summary>
    public IReadOnlyList<(string Attribute, string Value)> Values => _values;

    /// <summary>Numbers that something is compared with; durations in milliseconds.</summary>
    public IReadOnlyList<(double Value, FactUnit Unit)> Numbers => _numbers;

    public static QueryScope Of(IEnumerable<string> queries)
    {
        var scope = new QueryScope();
        foreach (var filter in queries.SelectMany(Filters))
            scope.Read(filter);
        return scope;
    }

    // What runs is told as one or more filters with words behind; each filter is TraceQL by itself.
    private static IEnumerable<FieldExpression> Filters(string query)
    {
        for (var at = query.IndexOf('{', StringComparison.Ordinal); at >= 0; at = query.IndexOf('{', at + 1))
        {
            var end = End(query, at);
            if (end < 0)
                yield break;
            if (TraceQlParser.TryParse(query[at..(end + 1)], out var read, out _) && read.SingleFilter is { } filter)
                yield return filter.Condition;
            at = end;
        }
    }

    private static int End(string query, int at)
    {
        var quote = '\0';
        for (var i = at + 1; i < query.Length; i++)
        {
            if (quote != '\0')
            {
                if (query[i] == '\\')
                    i++;
                else if (query[i] == quote)
                    quote = '\0';
            }
            else if (query[i] is '"' or '`')
                quote = query[i];
            else if (query[i] == '}')
                return i;
        }

        return -1;
    }

    private void Read(FieldExpression condition)
    {
        switch (condition)
        {
            case FieldBinary { Operator: FieldOperator.And or FieldOperator.Or } both:
                Read(both.Left);
                Read(both.Right);
                break;
            case FieldBinary { Right: Literal { Kind: LiteralKind.Duration } threshold }:
                _numbers.Add((threshold.Integer / 1e6, FactUnit.Duration));
                break;
            case FieldBinary { Right: Literal { IsNumber: true } threshold } compared:
                if (compared.Left is AttributeReference of)
                {
                    _numbers.Add((threshold.Number, FactUnit.Plain));
                    _values.Add((of.Name, threshold.ToString()));
                }

                break;
            case FieldBinary
            {
                Operator: FieldOperator.Equal or FieldOperator.Matches,
                Left: AttributeReference attribute,
                Right: Literal { Kind: LiteralKind.Text } text
            }:
                _values.Add((attribute.Name, text.Text));
                break;
            default:
                break;
        }
    }
}
