using System.Text.RegularExpressions;
using Copilot.Instrument.Reading;

namespace Copilot.Instrument.Languages;

/// <summary>What a command starts, seen through the shells, waiters and init programs before it.</summary>
internal static partial class StartedProgram
{
    private static readonly HashSet<string> Shells = ["sh", "bash", "ash", "dash", "zsh"];
    private static readonly HashSet<string> Wrappers =
    [
        "exec",
        "env",
        "nohup",
        "time",
        "tini",
        "dumb-init",
        "catatonit",
        "gosu",
        "su-exec",
        "nice",
        "numactl",
        "setpriv",
        "sudo",
        "chpst",
        "dockerize",
        "launcher",
        "command",
        "source",
        ".",
    ];
    private const int DeepestWrapping = 6;

    /// <summary>What the words start, with the word that says so; null where nothing known is among them.</summary>
    public static (string Meaning, string Word)? Of(IReadOnlyList<string> words) => Of(words, 0);

    /// <summary>The file that is started, where it is a program of the workload's own by its absolute path.</summary>
    public static string? Executable(IReadOnlyList<string> words)
    {
        var started = words.SkipWhile(word => Wrappers.Contains(Base(word)) || word.StartsWith('-')).FirstOrDefault();
        return
            started is not null
            && started.StartsWith('/')
            && !Shells.Contains(Base(started))
            && !started.EndsWith(".sh", StringComparison.Ordinal)
            && SignTable.Programs.Meaning(Base(started)) is null
            ? started
            : null;
    }

    /// <summary>Options as Go's own flag package takes them, given to a program of the workload's own.</summary>
    public static bool HasGoFlags(string executable, IEnumerable<string> arguments) =>
        !SystemFolder().IsMatch(executable) && arguments.Any(word => GoFlag().IsMatch(word));

    private static (string Meaning, string Word)? Of(IReadOnlyList<string> words, int depth)
    {
        if (words.Count == 0 || depth > DeepestWrapping)
            return null;
        var first = Base(words[0]);
        if (Shells.Contains(first))
            return Line(words, depth);
        if (words.Contains(";"))
            return Segments(words, depth);
        if (SignTable.Programs.Meaning(first) is { } meaning)
            return (meaning, words[0]);
        var separator = words.ToList().IndexOf("--");
        if (separator > 0 && separator < words.Count - 1)
            return Of([.. words.Skip(separator + 1)], depth + 1);
        if (words.Any(word => JavaFlag().IsMatch(word)))
            return ("java", words.First(word => JavaFlag().IsMatch(word)));
        if (
            Wrappers.Contains(first)
            || Script().IsMatch(first)
            || Assignment().IsMatch(words[0])
            || (words[0].StartsWith('-') && depth > 0)
        )
            return Of([.. words.Skip(1)], depth + 1) ?? (first is "gosu" or "su-exec" ? Of([.. words.Skip(2)], depth + 1) : null);
        return null;
    }

    private static (string, string)? Line(IReadOnlyList<string> words, int depth)
    {
        var line = words.Skip(1).SkipWhile(word => word.StartsWith('-')).FirstOrDefault();
        if (line is null)
            return null;
        var isText = words.Skip(1).TakeWhile(word => word.StartsWith('-')).Any(word => word.EndsWith('c') || word.Contains('c'));
        return isText ? Of(CommandWords.Split(line), depth + 1) : Of([.. words.Skip(1)], depth + 1);
    }

    /// <summary>Of several commands the last one that is known is what goes on running.</summary>
    private static (string, string)? Segments(IReadOnlyList<string> words, int depth)
    {
        (string, string)? found = null;
        var segment = new List<string>();
        foreach (var word in words.Append(";"))
        {
            if (word != ";")
            {
                segment.Add(word);
                continue;
            }

            found = Of([.. segment], depth + 1) ?? found;
            segment.Clear();
        }

        return found;
    }

    private static string Base(string word) => word[(word.LastIndexOf('/') + 1)..];

    [GeneratedRegex(@"\.sh$|entrypoint|^run$|^start$")]
    private static partial Regex Script();

    [GeneratedRegex(@"^[A-Za-z_]\w*=")]
    private static partial Regex Assignment();

    [GeneratedRegex(@"^-(jar|javaagent:.*|Xm[xs]\w+|XX:.*|Dspring\..*|Djava\..*|cp|classpath)$")]
    private static partial Regex JavaFlag();

    [GeneratedRegex(@"^-[a-z][a-z]+[\w-]*=|^-[a-z]{4,}[\w-]*$")]
    private static partial Regex GoFlag();

    [GeneratedRegex(@"^/(usr/)?s?bin/")]
    private static partial Regex SystemFolder();
}
