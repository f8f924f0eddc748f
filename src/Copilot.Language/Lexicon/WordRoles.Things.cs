namespace Copilot.Language.Lexicon;

/// <summary>Words that stand with a thing to tell which one it is.</summary>
internal static partial class WordRoles
{
    /// <summary>"vehicle.id": what tells the things of a noun from each other.</summary>
    public static IReadOnlySet<string> Identifiers { get; } = Roles["Identifiers"];

    /// <summary>"order.id", "invoice number": what is behind is of one thing alone.</summary>
    public static IReadOnlySet<string> Numbered { get; } = Roles["Numbered"];
}
