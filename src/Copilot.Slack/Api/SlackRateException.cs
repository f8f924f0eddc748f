namespace Copilot.Slack.Api;

/// <summary>Slack asks to wait; nothing happened.</summary>
public sealed class SlackRateException(string method, TimeSpan retryAfter)
    : Exception(FormattableString.Invariant($"Slack asks to wait {retryAfter.TotalSeconds:0} s before {method}."))
{
    public TimeSpan RetryAfter { get; } = retryAfter;
}
