using Copilot.TraceQL.Fields;

namespace Copilot.Store.Traceql;

/// <summary>Values as labels of groups and series.</summary>
internal static class Labels
{
    /// <summary>Status and kind by their keywords, everything else as it is.</summary>
    public static string Json(FieldExpression value, SqlValue sql) => value switch
    {
        IntrinsicReference { Intrinsic: Intrinsic.Status } => Named(sql.Sql, Literal.StatusNames),
        IntrinsicReference { Intrinsic: Intrinsic.Kind } => Named(sql.Sql, Literal.KindNames),
        _ => sql.AsJson(),
    };

    private static string Named(string code, IReadOnlyList<string> names) =>
        $"to_jsonb((array[{string.Join(',', names.Select(n => $"'{n}'"))}])[{code} + 1])";
}
