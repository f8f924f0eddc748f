namespace Copilot.Store.Traceql;

/// <summary>Which SQL alias holds what while a condition is compiled.</summary>
internal sealed record RowAliases(string Span)
{
    /// <summary>The dictionary that the enclosing subquery reads, and its level.</summary>
    public Level Dictionary { get; init; }

    /// <summary>The dictionary's alias; one level of subquery needs one name.</summary>
    public const string DictionaryRow = "d";

    /// <summary>The jsonb of one event and one link, where a subquery goes through them.</summary>
    public string? Event { get; init; }

    public string? Link { get; init; }

    /// <summary>Where the statement's <c>from</c> has the numbers of each span's trace; null: they are worked out span by span.</summary>
    public string? NestedSets { get; init; }

    /// <summary>For <c>.name</c>: which of the two places is meant.</summary>
    public Level AnyIs { get; init; }
}
