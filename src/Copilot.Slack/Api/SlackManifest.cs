namespace Copilot.Slack.Api;

/// <summary>The app manifest to paste into Slack: "Create New App", "From a manifest".</summary>
public static class SlackManifest
{
    /// <summary>Every scope that is used, and why it is asked for.</summary>
    public static IReadOnlyDictionary<string, string> Scopes { get; } =
        new Dictionary<string, string>
        {
            ["commands"] = "/copilot",
            ["app_mentions:read"] = "answers where it is mentioned",
            ["chat:write"] = "answers, the guide, what became of an incident",
            ["chat:write.public"] = "answers in public channels that it has not joined",
            ["im:history"] = "answers direct messages",
            ["channels:manage"] = "opens incident channels, sets their topic, invites people",
            ["channels:read"] = "finds a channel again after a crash, instead of opening a second one",
            ["channels:history"] = "reads the alert above a thread; finds a posted guide again after a crash, instead of posting it twice",
            ["users:read"] = "goes with users:read.email",
            ["users:read.email"] = "finds the people on call by their addresses",
            ["pins:write"] = "pins the guide",
            ["bookmarks:read"] = "finds a bookmark again after a crash",
            ["bookmarks:write"] = "bookmarks the incident's page",
        };

    /// <param name="site">Where Slack reaches the app; null for Socket Mode, which needs no address.</param>
    public static object For(Uri? site)
    {
        string? Address(string path) => site is null ? null : new Uri(site, path).AbsoluteUri;
        return new
        {
            display_information = new { name = "Copilot", description = "Answers questions about your services and opens incident rooms" },
            features = new
            {
                bot_user = new { display_name = "copilot", always_online = true },
                app_home = new { messages_tab_enabled = true, messages_tab_read_only_enabled = false },
                slash_commands = new[]
                {
                    new
                    {
                        command = "/copilot",
                        description = "Ask about your services",
                        usage_hint = "why is checkout slow since 10:00?",
                        url = Address("/slack/commands"),
                        should_escape = true,
                    },
                },
                shortcuts = new[]
                {
                    new
                    {
                        name = "Ask the copilot about this",
                        type = "message",
                        callback_id = "ask_about",
                        description = "Takes the message as the question",
                    },
                },
            },
            oauth_config = new { scopes = new { bot = Scopes.Keys } },
            settings = new
            {
                event_subscriptions = new { request_url = Address("/slack/events"), bot_events = new[] { "app_mention", "message.im" } },
                interactivity = new { is_enabled = true, request_url = Address("/slack/interactivity") },
                socket_mode_enabled = site is null,
                org_deploy_enabled = false,
                token_rotation_enabled = false,
            },
        };
    }
}
