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
    private readonly HashSet<string> _gave = new(StringComparer.Ordinal);
    private long _changes;
    private long _files;

    /// <summary>Whole files or requests were not taken, as opposed to single items of them.</summary>
    public bool Failed { get; private set; }

    public void Take(string file, Signal signal, long count)
    {
        lock (_door)
        {
            _items[(int)signal] += count;
            if (count > 0)
                _gave.Add(file);
        }
    }

    /// <summary>A file that holds something, of which nothing was taken, is none that was imported.</summary>
    /// <param name="why">Where nothing of it was refused.</param>
    public void Expect(string file, string why)
    {
        lock (_door)
        {
            if (_gave.Contains(file))
                return;
            Failed = true;
            if (_refused.Keys.Any(refused => refused.File == file))
                return;
        }

        Refuse(file, why);
    }

    public void TakeChanges(string file, long count)
    {
        lock (_door)
        {
            _changes += count;
            if (count > 0)
                _gave.Add(file);
        }
    }

    public void TakeFile(string file)
    {
        lock (_door)
        {
            _files++;
            _gave.Add(file);
        }
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

    public bool Refused(string file)
    {
        lock (_door)
            return _refused.Keys.Any(refused => refused.File == file);
    }

    public void Fail(string file, string why, int? line = null)
    {
        Failed = true;
        Refuse(file, why, line: line);
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
