namespace Copilot.Store.Traceql;

/// <summary>A value as SQL; null in SQL is TraceQL's nil.</summary>
internal readonly record struct SqlValue(SqlType Type, string Sql)
{
    public string AsNumber() => Type == SqlType.Json ? $"(case when jsonb_typeof({Sql}) = 'number' then ({Sql})::numeric end)" : Type == SqlType.Number ? Sql : "null::numeric";

    public string AsText() => Type == SqlType.Json ? $"(case when jsonb_typeof({Sql}) = 'string' then {Sql} #>> '{{}}' end)" : Type == SqlType.Text ? Sql : "null::text";

    public string AsBoolean() => Type == SqlType.Json ? $"(case when jsonb_typeof({Sql}) = 'boolean' then ({Sql})::boolean end)" : Type == SqlType.Boolean ? Sql : "null::boolean";

    /// <summary>The value as jsonb, for results and groups.</summary>
    public string AsJson() => Type switch
    {
        SqlType.Json => Sql,
        SqlType.Nil => "null::jsonb",
        _ => $"to_jsonb({Sql})",
    };
}
