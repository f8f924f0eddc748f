using System.Globalization;
using Copilot.Ingest.Otlp;

namespace Copilot.Cli.Importing;

/// <summary>What was imported, and what was refused and why.</summary>
internal sealed class ImportSummary
{
    private const int MostReasons = 20;

    private readonly Lock door = new();
    private readonly long[] items = new long[3];
    private readonly Dictionary<string, long> refused = new(StringComparer.Ordinal);
    private long changes;
    private long files;

    /// <summary>Whole files or requests were not taken, as opposed to single items of them.</summary>
    public bool Failed { get; private set; }

    public void Take(Signal signal, long count)
    {
        lock (door) items[(int)signal] += count;
    }

    public void TakeChanges(long count)
    {
        lock (door) changes += count;
    }

    public void TakeFile()
    {
        lock (door) files++;
    }

    public void Refuse(string what, string why, long count = 1)
    {
        lock (door) refused[$"{what}: {why}"] = refused.GetValueOrDefault($"{what}: {why}") + count;
    }

    public void Fail(string what, string why)
    {
        Failed = true;
        Refuse(what, why);
    }

    public void Write(TextWriter output, TimeSpan elapsed)
    {
        lock (door)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"Imported {items[(int)Signal.Traces]:N0} spans, {items[(int)Signal.Logs]:N0} log records, {items[(int)Signal.Metrics]:N0} metric points, {changes:N0} changes and {files:N0} catalogue files in {elapsed.TotalSeconds:0.0} s."));
            if (refused.Count == 0)
            {
                output.WriteLine("Nothing was refused.");
                return;
            }

            output.WriteLine("Refused:");
            foreach (var (what, count) in refused.OrderByDescending(entry => entry.Value).Take(MostReasons))
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {count:N0} × {what}"));
            if (refused.Count > MostReasons) output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  and {refused.Count - MostReasons} more reasons"));
        }
    }
}
