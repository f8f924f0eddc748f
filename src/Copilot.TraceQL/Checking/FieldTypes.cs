namespace Copilot.TraceQL.Checking;

/// <summary>What types go together.</summary>
internal static class FieldTypes
{
    public static bool IsNumeric(ValueType type) => type is ValueType.Integer or ValueType.Float or ValueType.Duration;

    public static bool Match(ValueType left, ValueType right) =>
        left == right
        || left is ValueType.Unknown or ValueType.Nil
        || right is ValueType.Unknown or ValueType.Nil
        || (IsNumeric(left) && IsNumeric(right));

    public static string Described(ValueType type) => type switch
    {
        ValueType.Nil => "nil",
        ValueType.Integer => "an integer",
        ValueType.Float => "a number",
        ValueType.Duration => "a duration",
        ValueType.Text => "a string",
        ValueType.Boolean => "true or false",
        ValueType.Status => "a status (ok, error, unset)",
        ValueType.SpanKind => "a span kind (server, client, producer, consumer, internal, unspecified)",
        _ => "an attribute",
    };
}
