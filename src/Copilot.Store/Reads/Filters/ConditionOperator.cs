namespace Copilot.Store.Reads.Filters;

/// <summary>How an attribute is compared. A span without the attribute meets none of these but <see cref="Missing"/>.</summary>
public enum ConditionOperator
{
    /// <summary>Equal to one of the values.</summary>
    Equal,

    /// <summary>Different from every value.</summary>
    NotEqual,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,

    /// <summary>Contains one of the texts, whatever its case.</summary>
    Contains,

    /// <summary>Contains none of the texts, whatever its case.</summary>
    NotContains,
    Exists,
    Missing,
}
