namespace Copilot.TraceQL.Completion;

/// <summary>What can stand at a place of a query.</summary>
public enum CompletionKind
{
    /// <summary>Attributes and intrinsics.</summary>
    Attribute,

    /// <summary>Values of one attribute.</summary>
    Value,

    /// <summary>One of a few words.</summary>
    Word,
}
