namespace Copilot.TraceQL.Spansets;

/// <summary>The operators between spansets. The result holds right-hand spans; the union forms hold both sides'.</summary>
public enum SpansetOperator
{
    And,
    Or,
    Child,
    Parent,
    Descendant,
    Ancestor,
    Sibling,
    NotChild,
    NotParent,
    NotDescendant,
    NotAncestor,
    NotSibling,
    UnionChild,
    UnionParent,
    UnionDescendant,
    UnionAncestor,
    UnionSibling,
}
