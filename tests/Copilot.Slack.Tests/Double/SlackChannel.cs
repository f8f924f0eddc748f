namespace Copilot.Slack.Tests.Double;

internal sealed class SlackChannel
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string Creator { get; init; }

    public long Created { get; init; }

    public bool Archived { get; set; }

    public bool Private { get; init; }

    public string Topic { get; set; } = "";

    public string Purpose { get; set; } = "";

    public List<string> Members { get; } = [];

    /// <summary>Each person once for every invitation that reached them.</summary>
    public List<string> Invitations { get; } = [];

    public List<SlackMessage> Messages { get; } = [];

    public List<string> Pins { get; } = [];

    public List<string> Bookmarks { get; } = [];

    public object Shape() =>
        new
        {
            id = Id,
            name = Name,
            name_normalized = Name,
            is_channel = true,
            is_archived = Archived,
            creator = Creator,
            created = Created,
            topic = new
            {
                value = Topic,
                creator = Creator,
                last_set = Created,
            },
            purpose = new
            {
                value = Purpose,
                creator = Creator,
                last_set = Created,
            },
        };
}
