using Copilot.Slack.Api;

namespace Copilot.Slack.Rooms;

/// <summary>Who the app is in its workspace.</summary>
internal sealed class SlackSelf(SlackApi api)
{
    private string? userId;

    public async Task<string> UserIdAsync(CancellationToken cancellation) =>
        userId ??= (await api.ReadAsync("auth.test", new Dictionary<string, string>(), cancellation)).Text("user_id")!;
}
