namespace Copilot.Store.Traceql;

/// <summary>What a compiled value is in Postgres.</summary>
internal enum SqlType
{
    /// <summary>An attribute's jsonb, of whatever JSON type; null where it is missing.</summary>
    Json,
    Number,
    Text,
    Boolean,

    /// <summary>A smallint code; only equality makes sense.</summary>
    Code,
    Nil,
}
