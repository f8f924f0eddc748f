using System.Globalization;
using System.Text;
using Copilot.TraceQL.Syntax;

namespace Copilot.Language.Questions;

/// <summary>The spans that a plan is about, as a TraceQL spanset filter.</summary>
public static class PlanFilter
{
    /// <summary>A failed request, as far as TraceQL can say it: a gRPC status that tells of a server's error counts as well.</summary>
    public const string Failed = "(status = error || span.http.response.status_code >= 500)";

    /// <summary><c>{ … }</c>, or null where the plan is about all spans.</summary>
    public static string? ToTraceQl(QuestionPlan plan)
    {
        var terms = Terms(plan);
        return terms.Count == 0 ? null : $"{{ {string.Join(" && ", terms)} }}";
    }

    private static List<string> Terms(QuestionPlan plan)
    {
        var terms = new List<string>();
        if (plan.Services.Count > 0)
            terms.Add(AnyOf("resource.service.name", plan.Services.Select(s => Quote(s.Name))));
        if (plan.Operations.Count > 0)
            terms.Add(AnyOf("name", plan.Operations.Select(o => Quote(o.Name))));
        terms.AddRange(plan.Conditions.Select(Term));
        if (plan.Traces?.FailedAtService == true || plan.Measure == Measure.FailedCount)
            terms.Add(Failed);
        return terms;
    }

    /// <summary>One condition as TraceQL.</summary>
    public static string Term(AttributeCondition condition)
    {
        if (condition.Also.Count == 0)
            return Term(condition, condition.Key);
        // A span has one of them; a name that it does not have fulfils no comparison.
        var terms = condition.Also.Prepend(condition.Key).Select(key => Term(condition, key));
        return $"({string.Join(condition.Operator == ConditionOperator.Missing ? " && " : " || ", terms)})";
    }

    private static string Term(AttributeCondition condition, string key)
    {
        var field = Field(condition.Scope, key);
        return condition.Operator switch
        {
            ConditionOperator.Exists => $"{field} != nil",
            ConditionOperator.Missing => $"{field} = nil",
            ConditionOperator.Contains => Join(field, "=~", condition.Values.Select(Containing), " || "),
            ConditionOperator.NotContains => Join(field, "!~", condition.Values.Select(Containing), " && "),
            ConditionOperator.NotEqual => Join(field, "!=", Literals(condition), " && "),
            var op => Join(field, Sign(op), Literals(condition), " || "),
        };
    }

    /// <summary>An attribute as TraceQL names it, quoted where its key needs that.</summary>
    public static string Field(AttributeScope scope, string key)
    {
        var bare = key.Length > 0 && key.All(c => char.IsLetterOrDigit(c) || c is '.' or '_' or '-' or '/') ? key : Quote(key);
        return scope switch
        {
            AttributeScope.Intrinsic => key,
            AttributeScope.Resource => "resource." + bare,
            AttributeScope.Event => "event." + bare,
            AttributeScope.Link => "link." + bare,
            AttributeScope.Instrumentation => "instrumentation." + bare,
            _ => "span." + bare,
        };
    }

    public static string Quote(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        foreach (var c in text)
        {
            quoted.Append(
                c switch
                {
                    '"' => "\\\"",
                    '\\' => "\\\\",
                    '\n' => "\\n",
                    '\r' => "\\r",
                    '\t' => "\\t",
                    _ => c.ToString(CultureInfo.InvariantCulture),
                }
            );
        }

        return quoted.Append('"').ToString();
    }

    private static IEnumerable<string> Literals(AttributeCondition condition) =>
        condition.Values.Select(v => condition.Type == ConditionValueType.Text ? Quote(v) : v);

    // Go's regular expressions, as TraceQL has them; the flag makes the match ignore case.
    private static string Containing(string text) => Quote("(?i).*" + Escape(text) + ".*");

    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if ("\\.+*?()|[]{}^$".Contains(c, StringComparison.Ordinal))
                escaped.Append('\\');
            escaped.Append(c);
        }

        return escaped.ToString();
    }

    private static string AnyOf(string field, IEnumerable<string> literals) => Join(field, "=", literals, " || ");

    private static string Join(string field, string sign, IEnumerable<string> literals, string between)
    {
        var terms = literals.Select(l => $"{field} {sign} {l}").ToList();
        return terms.Count == 1 ? terms[0] : $"({string.Join(between, terms)})";
    }

    private static string Sign(ConditionOperator op) =>
        op switch
        {
            ConditionOperator.Greater => ">",
            ConditionOperator.GreaterOrEqual => ">=",
            ConditionOperator.Less => "<",
            ConditionOperator.LessOrEqual => "<=",
            _ => "=",
        };
}
