using System.Globalization;
using Copilot.Ingest;

namespace Copilot.Cli.Importing;

/// <summary>What was imported, and what was refused and why.</summary>
internal sealed class ImportSummary
{
    private const int MostReasons = 20;
    private const int MostLines = 5;
    private const int MostSkipped = 10;

    private readonly Lock _door = new();
    private readonly long[] _items = new long[3];
    private readonly Dictionary<(string File, string Why), (long Count, List<int> Lines)> _refused = [];
    private readonly HashSet<string> _gave = new(StringComparer.Ordinal);
    private readonly long[] _known = new long[3];
    private IReadOnlyList<string> _skipped = [];
    private long _changes;
    private long _knownChanges;
    private long _files;

    /// <summary>Whole files or requests were not taken, as opposed to single items of them.</summary>
    public bool Failed { get; private set; }

    /// <param name="known">How many of them were there before, from an earlier import for instance.</param>
    public void Take(string file, Signal signal, long count, long known = 0)
    {
        lock (_door)
        {
            _items[(int)signal] += count;
            _known[(int)signal] += known;
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

    public void Skip(IReadOnlyList<string> files) => _skipped = files;

    /// <summary>A sentence with a blank before it; nothing where nothing was skipped.</summary>
    public static string Skipped(IReadOnlyList<string> files)
    {
        if (files.Count == 0)
            return "";
        var told = string.Join(", ", files.Order(StringComparer.Ordinal).Take(MostSkipped));
        var more = files.Count > MostSkipped ? $" and {files.Count - MostSkipped} more" : "";
        return $" Skipped, since nothing is known of them that could be imported: {told}{more}. A file that is named by itself is tried.";
    }

    public void TakeChanges(string file, long count, long known = 0)
    {
        lock (_door)
        {
            _changes += count;
            _knownChanges += known;
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
            if (Known() is { Length: > 0 } known)
                output.WriteLine($"Of these {known} were there before and are there once.");
            if (_skipped.Count > 0)
                output.WriteLine(Skipped(_skipped).TrimStart());
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

    private string Known()
    {
        var parts = new (long Count, string Words)[]
        {
            (_known[(int)Signal.Traces], "spans"),
            (_known[(int)Signal.Logs], "log records"),
            (_known[(int)Signal.Metrics], "metric points"),
            (_knownChanges, "changes"),
        };
        return string.Join(
            ", ",
            parts.Where(part => part.Count > 0).Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Count:N0} {part.Words}"))
        );
    }
}
