using System.Text;
using Copilot.Store.Intake;
using Copilot.Telemetry.Intake;

namespace Copilot.Ingest.Tests;

/// <summary>A writer that remembers what it was given, and that can be told to be busy or down.</summary>
internal sealed class RecordingWriter : ITelemetryWriter
{
    private readonly Lock _door = new();
    private readonly List<string> _names = [];

    public long PendingItems { get; set; }

    public Exception? Failure { get; set; }

    public int Spans { get; private set; }

    public int Shed { get; private set; }

    public int Logs { get; private set; }

    public int Points { get; private set; }

    public bool Imported { get; private set; }

    public IReadOnlyList<string> SpanNames
    {
        get
        {
            lock (_door)
                return [.. _names];
        }
    }

    public Task<WriteResult> WriteAsync(SpanBatch batch, CancellationToken cancellationToken)
    {
        if (Failure is not null)
            return Task.FromException<WriteResult>(Failure);
        lock (_door)
        {
            var shed = 0;
            foreach (ref readonly var row in batch.Rows)
            {
                _names.Add(Encoding.UTF8.GetString(batch.Arena[row.Name]));
                if (row.Shed)
                    shed++;
            }

            Spans += batch.Count;
            Shed += shed;
            Imported = batch.Imported;
            return Task.FromResult(new WriteResult(batch.Count, batch.Count - shed, 0, shed));
        }
    }

    public Task<WriteResult> WriteAsync(LogBatch batch, CancellationToken cancellationToken)
    {
        if (Failure is not null)
            return Task.FromException<WriteResult>(Failure);
        lock (_door)
            Logs += batch.Count;
        return Task.FromResult(new WriteResult(batch.Count, batch.Count, 0, 0));
    }

    public Task<WriteResult> WriteAsync(MetricBatch batch, CancellationToken cancellationToken)
    {
        if (Failure is not null)
            return Task.FromException<WriteResult>(Failure);
        lock (_door)
            Points += batch.Count;
        return Task.FromResult(new WriteResult(batch.Count, batch.Count, 0, 0));
    }
}
