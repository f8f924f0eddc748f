using System.Text;
using System.Text.Json;
using Copilot.Answers.Contract;
using Copilot.Slack.Api;
using Copilot.Telemetry;
using Polly;

namespace Copilot.Slack.Conversing;

/// <summary>A message that shows an answer while it comes about. Rewritten seldom, because Slack counts every rewriting; the last one
/// always comes.</summary>
internal sealed class LiveMessage(SlackApi api, string channel, string ts, TimeProvider time)
{
    private readonly ResiliencePipeline<JsonElement> _waiting = CallRetry.Of<JsonElement>(
        SlackPatience.UpdateWaits,
        (outcome, _) => (outcome.Exception as SlackRateException)?.RetryAfter,
        time
    );
    private readonly StringBuilder _text = new();
    private string _progress = "Looking…";
    private DateTimeOffset _shownAt = time.GetUtcNow();

    public async Task ShowAsync(AnswerPart part, CancellationToken cancellationToken)
    {
        _progress = part.Progress ?? _progress;
        _text.Append(part.TextDelta);
        var now = time.GetUtcNow();
        if (part.Complete is not null || now - _shownAt < SlackLimits.BetweenUpdates)
            return;
        _shownAt = now;
        var shown = Mrkdwn.Escape(_progress) + (_text.Length == 0 ? "" : "\n" + Mrkdwn.Of(Block.Cut(_text.ToString(), SlackTelling.Live)));
        try
        {
            await UpdateAsync(Block.Cut(Mrkdwn.Escape(_progress), SlackTelling.Fallback), [Block.Section(shown)], cancellationToken);
        }
        catch (SlackRateException e)
        {
            _shownAt = now + e.RetryAfter;
        }
    }

    /// <summary>The whole, checked answer takes the place of all that was shown.</summary>
    public async Task FinishAsync(string shortText, IReadOnlyList<object>? blocks, CancellationToken cancellationToken)
    {
        await _waiting.ExecuteAsync(async stop => await UpdateAsync(shortText, blocks, stop), cancellationToken);
    }

    private Task<JsonElement> UpdateAsync(string shortText, IReadOnlyList<object>? blocks, CancellationToken cancellationToken) =>
        api.DoAsync(
            "chat.update",
            new
            {
                channel,
                ts,
                text = shortText,
                blocks = blocks ?? [Block.Section(shortText)],
            },
            cancellationToken
        );
}
