namespace Copilot.Analysis.Places.Traits;

/// <summary>A value of an attribute that some requests have and others do not.</summary>
/// <param name="Level"><c>resource</c> or <c>span</c>.</param>
/// <param name="Key">The attribute.</param>
/// <param name="Value">Its value.</param>
internal readonly record struct Trait(string Level, string Key, string Value)
{
    public const string OfResource = "resource";

    public const string OfSpan = "span";

    public string Condition => $"{Key} = {Value}";
}
