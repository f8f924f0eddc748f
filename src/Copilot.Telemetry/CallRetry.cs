using System.Net;
using Polly;
using Polly.Retry;

namespace Copilot.Telemetry;

/// <summary>
/// How a call to another program is tried again: after as long as the other side asks for, as often as its caller can wait. For calls
/// that somebody waits for; what must outlive the process is a row with its next try.
/// </summary>
public static class CallRetry
{
    /// <param name="tries">Calls in all.</param>
    /// <param name="pause">How long to wait after an outcome, told which try it was (the first is 1); null where it stands.</param>
    public static ResiliencePipeline<T> Of<T>(int tries, Func<Outcome<T>, int, TimeSpan?> pause, TimeProvider time) =>
        new ResiliencePipelineBuilder<T> { TimeProvider = time }
            .AddRetry(
                new RetryStrategyOptions<T>
                {
                    MaxRetryAttempts = tries - 1,
                    ShouldHandle = args => ValueTask.FromResult(pause(args.Outcome, args.AttemptNumber + 1) is not null),
                    DelayGenerator = args => ValueTask.FromResult(pause(args.Outcome, args.AttemptNumber + 1)),
                }
            )
            .Build();

    /// <summary>How long an answer that may pass by itself asks to wait; null for any other answer.</summary>
    /// <param name="usual">Where it names no time.</param>
    public static TimeSpan? Asked(HttpResponseMessage answer, TimeSpan usual, DateTimeOffset now)
    {
        if (
            answer.StatusCode
            is not (
                HttpStatusCode.TooManyRequests
                or HttpStatusCode.BadGateway
                or HttpStatusCode.ServiceUnavailable
                or HttpStatusCode.GatewayTimeout
            )
        )
            return null;
        var asked = answer.Headers.RetryAfter is { } after ? after.Delta ?? after.Date - now : null;
        return asked is { } wait && wait >= TimeSpan.Zero ? wait : usual;
    }
}
