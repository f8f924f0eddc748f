namespace Copilot.TraceQL.Syntax;

/// <summary>What names of attributes are made of; the lexer reads by it and the printers quote by it.</summary>
internal static class AttributeNames
{
    public static readonly (string Word, AttributeScope Scope)[] ParentScopes =
    [
        ("span.", AttributeScope.Span),
        ("resource.", AttributeScope.Resource),
    ];

    private const string EndsAttribute = "{}()=~!<>&|^,";

    public static bool IsCharacter(char c) => !char.IsWhiteSpace(c) && !EndsAttribute.Contains(c, StringComparison.Ordinal);
}
