using System.Globalization;
using Copilot.Ingest;

namespace Copilot.Cli.Importing;

/// <summary>What was imported, and what was refused and why.</summary>
internal sealed class ImportSummary
{
    private const int MostReasons = 20;
    private const int MostLines = 5;

    private readonly Lock _door = new();
    private readonly long[] _items = new long[3];
    private readonly Dictionary<(string File, string Why), (long Count, List<int> Lines)> _refused = [];
    private long _changes;
    private long _files;

    /// <summary>Whole files or requests were not taken, as opposed to single items of them.</summary>
    public bool Failed { get; private set; }

    public void Take(Signal signal, long count)
    {
        lock (_door)
            _items[(int)signal] += count;
    }

    public void TakeChanges(long count)
    {
        lock (_door)
            _changes += count;
    }

    public void TakeFile()
    {
        lock (_door)
            _files++;
    }

    /// <param name="line">Where in the file, where that is known.</param>
    public void Refuse(string file, string why, long count = 1, int? line = null)
    {
        lock (_door)
        {
            var (before, lines) = _refused.GetValueOrDefault((file, why), (0, []));
            if (line is { } number && lines.Count < MostLines)
                lines.Add(number);
            _refused[(file, why)] = (before + count, lines);
        }
    }

    public void Fail(string file, string why)
    {
        Failed = true;
        Refuse(file, why);
    }

    public void Write(TextWriter output, TimeSpan elapsed)
    {
        lock (_door)
        {
            output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Imported {_items[(int)Signal.Traces]:N0} spans, {_items[(int)Signal.Logs]:N0} log records, "
                        + $"{_items[(int)Signal.Metrics]:N0} metric points, {_changes:N0} changes and {_files:N0} catalogue "
                        + $"files in {elapsed.TotalSeconds:0.0} s."
                )
            );
            if (_refused.Count == 0)
            {
                output.WriteLine("Nothing was refused.");
                return;
            }

            output.WriteLine("Refused:");
            foreach (var ((file, why), (count, lines)) in _refused.OrderByDescending(entry => entry.Value.Count).Take(MostReasons))
            {
                var where = lines.Count == 0 ? "" : $", line {string.Join(", ", lines.Order())}{(count > lines.Count ? ", …" : "")}";
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {count:N0} × {file}{where}: {why}"));
            }

            if (_refused.Count > MostReasons)
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  and {_refused.Count - MostReasons} more reasons"));
        }
    }
}
