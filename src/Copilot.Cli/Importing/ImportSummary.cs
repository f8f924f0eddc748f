using System.Globalization;
using Copilot.Ingest.Otlp;

namespace Copilot.Cli.Importing;

/// <summary>What was imported, and what was refused and why.</summary>
internal sealed class ImportSummary
{
    private const int MostReasons = 20;
    private const int MostLines = 5;

    private readonly Lock door = new();
    private readonly long[] items = new long[3];
    private readonly Dictionary<(string File, string Why), (long Count, List<int> Lines)> refused = [];
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

    /// <param name="line">Where in the file, where that is known.</param>
    public void Refuse(string file, string why, long count = 1, int? line = null)
    {
        lock (door)
        {
            var (before, lines) = refused.GetValueOrDefault((file, why), (0, []));
            if (line is { } number && lines.Count < MostLines) lines.Add(number);
            refused[(file, why)] = (before + count, lines);
        }
    }

    public void Fail(string file, string why)
    {
        Failed = true;
        Refuse(file, why);
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
            foreach (var ((file, why), (count, lines)) in refused.OrderByDescending(entry => entry.Value.Count).Take(MostReasons))
            {
                var where = lines.Count == 0 ? "" : $", line {string.Join(", ", lines.Order())}{(count > lines.Count ? ", …" : "")}";
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {count:N0} × {file}{where}: {why}"));
            }

            if (refused.Count > MostReasons) output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  and {refused.Count - MostReasons} more reasons"));
        }
    }
}
