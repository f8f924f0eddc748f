using Copilot.Agent.Interpretation.Linking;
using Copilot.TraceQL.Fields;
using QuestionScope = Copilot.Agent.Questions.Subjects.AttributeScope;

namespace Copilot.Agent.Interpretation.Traceql.Terms;

/// <summary>What the live catalogue knows, as fields and conditions.</summary>
internal static class Catalogued
{
    public static FieldExpression? Field(LinkTarget key) => key.Key.Length == 0 ? null : Reference(key);

    public static FieldExpression? Condition(LinkTarget value) => value.Key.Length == 0 ? null : Reference(value).Compared(FieldOperator.Equal, Literal(value));

    /// <summary>The attributes of exactly this key, in the scopes where spans carry them.</summary>
    public static IReadOnlyList<FieldExpression> Known(CatalogueIndex index, string key) => [.. index.Attributes.Keyed(key).Select(t => (FieldExpression)Reference(t)).Distinct()];

    /// <summary>Of several names of one thing, those that spans carry; all where the catalogue knows none.</summary>
    public static IReadOnlyList<FieldExpression> Narrowed(CatalogueIndex index, IReadOnlyList<FieldExpression> fields)
    {
        if (fields.Count < 2)
            return fields;
        IReadOnlyList<FieldExpression> known = [.. fields.Where(f => f is AttributeReference a && index.Attributes.Keyed(a.Name).Count > 0)];
        return known.Count > 0 ? known : fields;
    }

    private static AttributeReference Reference(LinkTarget target) => target.Scope switch
    {
        QuestionScope.Resource => TraceQL.Fields.Field.Resource(target.Key),
        QuestionScope.Event => TraceQL.Fields.Field.Event(target.Key),
        QuestionScope.Link => TraceQL.Fields.Field.Link(target.Key),
        _ => TraceQL.Fields.Field.Span(target.Key),
    };

    private static Literal Literal(LinkTarget value) => value.Type switch
    {
        "int" when long.TryParse(value.Name, System.Globalization.CultureInfo.InvariantCulture, out var number) => TraceQL.Fields.Literal.Of(number),
        "double" when double.TryParse(value.Name, System.Globalization.CultureInfo.InvariantCulture, out var number) => TraceQL.Fields.Literal.Of(number),
        "bool" when bool.TryParse(value.Name, out var truth) => TraceQL.Fields.Literal.Of(truth),
        _ => TraceQL.Fields.Literal.Of(value.Name),
    };
}
