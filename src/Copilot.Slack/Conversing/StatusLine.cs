using Copilot.Answers.Contract;
using Copilot.Slack.Api;

namespace Copilot.Slack.Conversing;

/// <summary>Says below a thread that an answer is coming about. Slack takes it away with the answer, and it makes no phone ring: the
/// answer is
/// the one message that does.</summary>
internal sealed class StatusLine(SlackApi api, string channel, string thread, TimeProvider time)
{
    private DateTimeOffset _shownAt = DateTimeOffset.MinValue;
    private bool _isRefused;

    public async Task ShowAsync(string progress, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (_isRefused || now - _shownAt < SlackLimits.BetweenUpdates)
            return;
        _shownAt = now;
        try
        {
            await api.DoAsync(
                "assistant.threads.setStatus",
                new
                {
                    channel_id = channel,
                    thread_ts = thread,
                    status = Block.Cut(progress, SlackTelling.Status),
                },
                cancellationToken
            );
        }
        catch (Exception e) when (e is SlackErrorException or SlackRateException or HttpRequestException)
        {
            // An answer without a word before it is an answer all the same.
            _isRefused = true;
        }
    }

    public Task ShowAsync(AnswerPart part, CancellationToken cancellationToken) =>
        part.Progress is { } progress ? ShowAsync($"is at work: {progress}", cancellationToken) : Task.CompletedTask;
}
