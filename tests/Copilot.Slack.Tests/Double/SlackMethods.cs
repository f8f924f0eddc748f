namespace Copilot.Slack.Tests.Double;

/// <summary>What the double knows of the Web API's methods: the bot scope each needs, how many calls a minute, and whether it takes
/// JSON.</summary>
internal static class SlackMethods
{
    // The documentation's tiers, as calls a minute; the special ones are "hundreds".
    private const int Tier2 = 20;
    private const int Tier3 = 50;
    private const int Tier4 = 100;
    private const int Hundreds = 300;

    public static IReadOnlyDictionary<string, (string? Scope, int PerMinute)> All { get; } =
        new Dictionary<string, (string?, int)>
        {
            ["assistant.threads.setStatus"] = ("chat:write", Hundreds),
            ["auth.test"] = (null, Hundreds),
            ["bookmarks.add"] = ("bookmarks:write", Tier2),
            ["bookmarks.list"] = ("bookmarks:read", Tier3),
            ["chat.postEphemeral"] = ("chat:write", Tier4),
            ["chat.postMessage"] = ("chat:write", Hundreds),
            ["chat.update"] = ("chat:write", Tier3),
            ["conversations.create"] = ("channels:manage", Tier2),
            ["conversations.history"] = ("channels:history", Tier3),
            ["conversations.info"] = ("channels:read", Tier3),
            ["conversations.invite"] = ("channels:manage", Tier3),
            ["conversations.list"] = ("channels:read", Tier2),
            ["conversations.members"] = ("channels:read", Tier4),
            ["conversations.replies"] = ("channels:history", Tier3),
            ["conversations.setPurpose"] = ("channels:manage", Tier2),
            ["conversations.setTopic"] = ("channels:manage", Tier2),
            ["pins.add"] = ("pins:write", Tier2),
            ["users.info"] = ("users:read", Tier4),
            ["users.lookupByEmail"] = ("users:read.email", Tier3),
            ["views.open"] = (null, Tier4),
        };

    /// <summary>Methods that take no JSON: sent so, their arguments are not seen.</summary>
    public static IReadOnlySet<string> FormOnly { get; } =
        new HashSet<string>
        {
            "bookmarks.list",
            "conversations.history",
            "conversations.info",
            "conversations.list",
            "conversations.members",
            "conversations.replies",
            "users.info",
            "users.lookupByEmail",
        };

    /// <summary>Arguments that are JSON also where they come in a form.</summary>
    public static IReadOnlySet<string> JsonArguments { get; } = new HashSet<string> { "attachments", "blocks", "metadata", "view" };
}
