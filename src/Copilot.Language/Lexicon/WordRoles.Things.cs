namespace Copilot.Language.Lexicon;

/// <summary>Words that stand with a thing to tell which one it is.</summary>
internal static partial class WordRoles
{
    /// <summary>"vehicle.id": what tells the things of a noun from each other.</summary>
    public static IReadOnlySet<string> Identifiers { get; } = Roles["Identifiers"];

    /// <summary>"order.id", "invoice number": what is behind is of one thing alone.</summary>
    public static IReadOnlySet<string> Numbered { get; } = Roles["Numbered"];

    /// <summary>"leaving out everything that came over the web"</summary>
    public static IReadOnlySet<string> Everything { get; } = Roles["Everything"];

    /// <summary>"group the exceptions", which is no group of people.</summary>
    public static IReadOnlySet<string> Grouping { get; } = Roles["Grouping"];

    /// <summary>"route.origin": where something comes from.</summary>
    public static IReadOnlySet<string> Origins { get; } = Roles["Origins"];

    /// <summary>"route.destination": where it goes.</summary>
    public static IReadOnlySet<string> Destinations { get; } = Roles["Destinations"];

    /// <summary>"with the word refused"</summary>
    public static IReadOnlySet<string> Worded { get; } = Roles["Worded"];

    /// <summary>"each value of the plan"</summary>
    public static IReadOnlySet<string> Valued { get; } = Roles["Valued"];

    /// <summary>Asks nothing.</summary>
    public static IReadOnlySet<string> Thanks { get; } = Roles["Thanks"];

    /// <summary>"many thanks, that helped"</summary>
    public static IReadOnlySet<string> Thanking { get; } = Roles["Thanking"];

    /// <summary>"and how is it now?"</summary>
    public static IReadOnlySet<string> Asking { get; } = Roles["Asking"];
}
