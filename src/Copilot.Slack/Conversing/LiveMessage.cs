using System.Text;
using Copilot.Agent.Answers;
using Copilot.Slack.Api;
using Copilot.Slack.Text;

namespace Copilot.Slack.Conversing;

/// <summary>A message that shows an answer while it comes about. Rewritten seldom, because Slack counts every rewriting; the last one always comes.</summary>
internal sealed class LiveMessage(SlackApi api, string channel, string ts, TimeProvider time)
{
    private const int LongestText = 2500;
    private const int MostWaits = 4;

    private static readonly TimeSpan BetweenUpdates = TimeSpan.FromSeconds(3);

    private readonly StringBuilder text = new();
    private string progress = "Looking…";
    private DateTimeOffset shownAt = time.GetUtcNow();

    public async Task ShowAsync(AnswerPart part, CancellationToken cancellation)
    {
        progress = part.Progress ?? progress;
        text.Append(part.TextDelta);
        var now = time.GetUtcNow();
        if (part.Complete is not null || now - shownAt < BetweenUpdates)
            return;
        shownAt = now;
        var shown = Mrkdwn.Escape(progress) + (text.Length == 0 ? "" : "\n" + Mrkdwn.Of(Block.Cut(text.ToString(), LongestText)));
        try
        {
            await UpdateAsync(Block.Cut(Mrkdwn.Escape(progress), 300), [Block.Section(shown)], cancellation);
        }
        catch (SlackRateException e)
        {
            shownAt = now + e.RetryAfter;
        }
    }

    /// <summary>The whole, checked answer takes the place of all that was shown.</summary>
    public async Task FinishAsync(string shortText, IReadOnlyList<object>? blocks, CancellationToken cancellation)
    {
        for (var wait = 1; ; wait++)
        {
            try
            {
                await UpdateAsync(shortText, blocks, cancellation);
                return;
            }
            catch (SlackRateException e) when (wait < MostWaits)
            {
                await Task.Delay(e.RetryAfter, time, cancellation);
            }
        }
    }

    private Task UpdateAsync(string shortText, IReadOnlyList<object>? blocks, CancellationToken cancellation) =>
        api.DoAsync("chat.update", new { channel, ts, text = shortText, blocks = blocks ?? [Block.Section(shortText)] }, cancellation);
}
