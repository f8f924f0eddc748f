using Microsoft.Extensions.Logging;

namespace Copilot.Ingest.Monitoring;

/// <summary>Says of requests that cannot be taken what was wrong with one of them, a line a minute at most, and how many there
/// were.</summary>
internal sealed partial class RefusalLog(ILogger<RefusalLog> logger, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly Lock _door = new();
    private DateTimeOffset _quietUntil;
    private long _untold;

    public void Note(string way, string why)
    {
        long others;
        lock (_door)
        {
            var now = time.GetUtcNow();
            if (now < _quietUntil)
            {
                _untold++;
                return;
            }

            _quietUntil = now + Pause;
            (others, _untold) = (_untold, 0);
        }

        Refused(way, why, others);
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "A request over {Way} could not be taken: {Why} ({Others} others since the last line like this.)"
    )]
    private partial void Refused(string way, string why, long others);
}
