using System.Collections.Concurrent;
using Copilot.Ingest.Admission;
using Copilot.Ingest.Otlp;
using Copilot.Store;
using Copilot.Store.Intake;

namespace Copilot.Ingest.Monitoring;

/// <summary>Counts what comes in, and reads the counts.</summary>
public sealed class IngestMonitor
{
    private readonly ITelemetryWriter writer;
    private readonly CopilotDatabase database;
    private readonly BodyMemory memory;
    private readonly SpanAdmission admission;
    private readonly TimeProvider time;
    private readonly DateTimeOffset since;
    private readonly SignalCounters[] signals;
    private readonly ConcurrentDictionary<int, long> refused = new();
    private long lastReceivedTicks;

    internal IngestMonitor(ITelemetryWriter writer, CopilotDatabase database, BodyMemory memory, SpanAdmission admission, TimeProvider time)
    {
        this.writer = writer;
        this.database = database;
        this.memory = memory;
        this.admission = admission;
        this.time = time;
        signals = [new(time), new(time), new(time)];
        since = time.GetUtcNow();
    }

    public IngestStatus Read()
    {
        var pending = writer.PendingItems;
        var last = Interlocked.Read(ref lastReceivedTicks);
        return new IngestStatus
        {
            Since = since,
            Signals = SignalNames.All.ToDictionary(signal => signal, signal => signals[(int)signal].Read()),
            Refused = refused.ToDictionary(),
            PendingItems = pending,
            BodyBytes = memory.Used,
            KeptShare = admission.Keep(pending),
            StoreRestarts = database.Server?.Restarts ?? 0,
            LastReceived = last == 0 ? null : new DateTimeOffset(last, TimeSpan.Zero),
        };
    }

    internal SignalCounters Of(Signal signal) => signals[(int)signal];

    internal void Took() => Interlocked.Exchange(ref lastReceivedTicks, time.GetUtcNow().UtcTicks);

    internal void Refuse(int httpStatus) => refused.AddOrUpdate(httpStatus, 1, (_, count) => count + 1);
}
