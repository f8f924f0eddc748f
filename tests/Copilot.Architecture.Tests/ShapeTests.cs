using System.Text.RegularExpressions;
using Xunit;

namespace Copilot.Architecture.Tests;

/// <summary>What keeps a room readable: one name for a thing, folders worth a look, and arrows that go one way.</summary>
public sealed partial class ShapeTests
{
    private const int FewestFiles = 4;

    /// <summary>Folders that hold what composes their room, and the pages' own, where a component has its style beside it.</summary>
    private static readonly string[] _exempt = ["src/Copilot.Demo"];

    [Fact]
    public void No_type_name_is_declared_twice()
    {
        var twice = Sources()
            .SelectMany(source => source.Types.Select(type => (type, source.File, source.Namespace)))
            .GroupBy(d => d.type)
            .Where(d => d.Select(x => x.Namespace).Distinct().Count() > 1)
            .Select(d => $"{d.Key}: {string.Join(", ", d.Select(x => x.File))}");
        Assert.Empty(twice);
    }

    [Fact]
    public void A_folder_holds_four_files_or_more()
    {
        var small = Repository
            .Files("src", ".cs", ".razor")
            .Select(Repository.Relative)
            .GroupBy(f => Path.GetDirectoryName(f)!.Replace('\\', '/'))
            .Where(folder => folder.Key.Count(c => c == '/') > 1 && !_exempt.Contains(folder.Key) && folder.Count() < FewestFiles)
            .Select(folder => $"{folder.Key}: {folder.Count()}");
        Assert.Empty(small);
    }

    [Fact]
    public void Folders_go_two_levels_deep()
    {
        var deep = Repository.Files("src", ".cs", ".razor").Select(Repository.Relative).Where(f => f.Count(c => c == '/') > 4);
        Assert.Empty(deep);
    }

    /// <summary>
    /// Between folders beside each other, those of a room and those of a folder; what lies in a room's root composes the others and
    /// counts for nothing.
    /// </summary>
    [Fact]
    public void No_arrows_between_folders_go_in_a_circle()
    {
        var sources = Sources().ToList();
        var circles = sources.GroupBy(s => s.Room).SelectMany(room => Circles([.. room])).ToList();
        Assert.Empty(circles);
    }

    private static IEnumerable<string> Circles(IReadOnlyList<Source> room)
    {
        var declared = room.SelectMany(s => s.Types.Select(type => (type, s.Folder))).ToLookup(d => d.type, d => d.Folder);
        var arrows = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var source in room.Where(s => s.Folder.Length > 0))
        {
            foreach (
                var target in source.Words.SelectMany(word => declared[word]).Where(folder => folder.Length > 0 && folder != source.Folder)
            )
            {
                var (from, to) = Beside(source.Folder, target);
                if (from == to || !source.Sees(target))
                    continue;
                if (!arrows.TryGetValue(from, out var known))
                    arrows[from] = known = new HashSet<string>(StringComparer.Ordinal);
                known.Add(to);
            }
        }

        return arrows
            .Keys.Where(folder => Reaches(folder, folder, arrows))
            .Select(folder => $"{room[0].Room}: {folder} → {string.Join(", ", arrows[folder].Where(to => Reaches(to, folder, arrows)))}");
    }

    /// <summary>The two folders at the level where the paths part; a folder and what lies in it are one.</summary>
    private static (string From, string To) Beside(string from, string to)
    {
        var (a, b) = (from.Split('.'), to.Split('.'));
        if (a[0] != b[0])
            return (a[0], b[0]);
        return a.Length > 1 && b.Length > 1 ? (from, to) : (a[0], a[0]);
    }

    private static bool Reaches(string from, string goal, Dictionary<string, HashSet<string>> arrows)
    {
        var (open, seen) = (new Stack<string>(arrows.GetValueOrDefault(from) ?? []), new HashSet<string>(StringComparer.Ordinal));
        while (open.TryPop(out var folder))
        {
            if (folder == goal)
                return true;
            if (!seen.Add(folder))
                continue;
            foreach (var next in arrows.GetValueOrDefault(folder) ?? [])
                open.Push(next);
        }

        return false;
    }

    private static IEnumerable<Source> Sources() => Repository.Files("src", ".cs").Select(Source.Read).OfType<Source>();

    private sealed record Source(
        string File,
        string Room,
        string Namespace,
        string Folder,
        string[] Types,
        HashSet<string> Words,
        string[] Usings
    )
    {
        public static Source? Read(string file)
        {
            var text = System.IO.File.ReadAllText(file);
            if (Declared().Match(text) is not { Success: true } declared)
                return null;
            var name = declared.Groups[1].Value;
            var room = string.Join('.', name.Split('.').Take(2));
            var code = Unsaid().Replace(text, "");
            return new Source(
                Repository.Relative(file),
                room,
                name,
                name.Length > room.Length ? name[(room.Length + 1)..] : "",
                [.. Type().Matches(text).Select(m => m.Groups[1].Value)],
                [.. Word().Matches(code).Select(m => m.Value)],
                [.. Using().Matches(text).Select(m => m.Groups[1].Value)]
            );
        }

        /// <summary>Whether a folder of the room is in reach by a using or by lying above this one.</summary>
        public bool Sees(string folder) =>
            Usings.Any(u => u == $"{Room}.{folder}" || u.StartsWith($"{Room}.{folder}.", StringComparison.Ordinal))
            || Folder.StartsWith(folder + ".", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^namespace (Copilot[\w.]*);", RegexOptions.Multiline)]
    private static partial Regex Declared();

    [GeneratedRegex(
        @"^(?:public|internal|file) (?:(?:sealed|static|abstract|partial|readonly|ref) )*(?:class|record struct|record|struct|interface|enum) (\w+(?:<\w+>)?)",
        RegexOptions.Multiline
    )]
    private static partial Regex Type();

    [GeneratedRegex(@"^using (?:static )?(?:\w+ = )?(Copilot[\w.]*);", RegexOptions.Multiline)]
    private static partial Regex Using();

    [GeneratedRegex(@"\b[A-Z]\w+")]
    private static partial Regex Word();

    [GeneratedRegex(@"//[^\n]*|""(?:[^""\\\n]|\\.)*""")]
    private static partial Regex Unsaid();
}
