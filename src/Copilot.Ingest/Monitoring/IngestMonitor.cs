using System.Collections.Concurrent;
using Copilot.Ingest.Admission;
using Copilot.Store;
using Copilot.Store.Intake;

namespace Copilot.Ingest.Monitoring;

/// <summary>Counts what comes in, and reads the counts.</summary>
public sealed class IngestMonitor
{
    private readonly ITelemetryWriter _writer;
    private readonly CopilotDatabase _database;
    private readonly BodyMemory _memory;
    private readonly SpanAdmission _admission;
    private readonly TimeProvider _time;
    private readonly DateTimeOffset _since;
    private readonly SignalCounters[] _signals;
    private readonly ConcurrentDictionary<int, long> _refused = new();
    private long _lastReceivedTicks;

    internal IngestMonitor(ITelemetryWriter writer, CopilotDatabase database, BodyMemory memory, SpanAdmission admission, TimeProvider time)
    {
        this._writer = writer;
        this._database = database;
        this._memory = memory;
        this._admission = admission;
        this._time = time;
        _signals = [new(time), new(time), new(time)];
        _since = time.GetUtcNow();
        Mistakes = new SenderMistakes(time);
    }

    /// <summary>What senders got wrong and were not told by their own programs.</summary>
    public SenderMistakes Mistakes { get; }

    public IngestStatus Read()
    {
        var pending = _writer.PendingItems;
        var last = Interlocked.Read(ref _lastReceivedTicks);
        return new IngestStatus
        {
            Since = _since,
            Signals = SignalNames.All.ToDictionary(signal => signal, signal => _signals[(int)signal].Read()),
            Refused = _refused.ToDictionary(),
            PendingItems = pending,
            BodyBytes = _memory.Used,
            KeptShare = _admission.Keep(pending),
            StoreRestarts = _database.Server?.Restarts ?? 0,
            Mistakes = Mistakes.Seen,
            LastReceived = last == 0 ? null : new DateTimeOffset(last, TimeSpan.Zero),
        };
    }

    internal TimeSpan Silence
    {
        get
        {
            var last = Interlocked.Read(ref _lastReceivedTicks);
            return _time.GetUtcNow() - (last == 0 ? _since : new DateTimeOffset(last, TimeSpan.Zero));
        }
    }

    internal SignalCounters Of(Signal signal) => _signals[(int)signal];

    internal void Took() => Interlocked.Exchange(ref _lastReceivedTicks, _time.GetUtcNow().UtcTicks);

    internal void Refuse(int httpStatus) => _refused.AddOrUpdate(httpStatus, 1, (_, count) => count + 1);
}
