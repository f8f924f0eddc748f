namespace Copilot.Slack.Tests.Double;

/// <summary>Counts calls as Slack does: by method and minute, and messages by channel.</summary>
internal sealed class SlackRates
{
    // "About one a second, short bursts are tolerated."
    private const int BurstOfMessages = 30;
    private static readonly TimeSpan MessageWindow = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, Queue<DateTimeOffset>> _calls = [];

    /// <summary>Whole seconds to wait, or null where the call may be made.</summary>
    public int? WaitFor(string method, int perMinute) => WaitFor(method, perMinute, Minute);

    public int? WaitForMessage(string channel) => WaitFor("#" + channel, BurstOfMessages, MessageWindow);

    private int? WaitFor(string what, int most, TimeSpan window)
    {
        lock (_calls)
        {
            var now = DateTimeOffset.UtcNow;
            if (!_calls.TryGetValue(what, out var made))
                _calls.Add(what, made = new Queue<DateTimeOffset>());
            while (made.TryPeek(out var oldest) && now - oldest >= window)
                made.Dequeue();
            if (made.Count >= most)
                return Math.Max(1, (int)Math.Ceiling((made.Peek() + window - now).TotalSeconds));
            made.Enqueue(now);
            return null;
        }
    }
}
