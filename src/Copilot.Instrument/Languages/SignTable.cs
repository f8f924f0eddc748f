using System.Reflection;
using System.Text.RegularExpressions;

namespace Copilot.Instrument.Languages;

/// <summary>
/// Signs of languages as data: a line is a language (or the sort of an off-the-shelf software) and patterns, in which <c>*</c> stands for
/// any letters; a line with <c>#</c> is a comment. <c>!</c> before a pattern: it fits whatever the text ends with.
/// </summary>
internal sealed partial class SignTable
{
    private readonly Dictionary<string, string> _exact = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(Regex Pattern, string Meaning, bool Always)> _patterns = [];

    public static SignTable Images { get; } = Load("images");

    public static SignTable OffTheShelf { get; } = Load("off-the-shelf");

    public static SignTable Programs { get; } = Load("programs");

    public static SignTable Variables { get; } = Load("variables");

    public static SignTable Values { get; } = Load("values");

    public static SignTable Mounts { get; } = Load("mounts");

    public static SignTable ProbePaths { get; } = Load("probe-paths");

    public static SignTable NameWords { get; } = Load("name-words");

    public static SignTable Labels { get; } = Load("labels");

    /// <summary>What a text means; null where no pattern fits.</summary>
    public string? Meaning(string text) =>
        _exact.TryGetValue(text, out var meaning)
            ? meaning
            : _patterns.FirstOrDefault(entry => entry.Pattern.IsMatch(text) && (entry.Always || !IsOther(text))).Meaning;

    /// <summary>The language that a meaning names; a sort of off-the-shelf software is infrastructure.</summary>
    public static RuntimeLanguage Language(string meaning) =>
        Enum.TryParse<RuntimeLanguage>(meaning, ignoreCase: true, out var language) ? language : RuntimeLanguage.Infrastructure;

    private static SignTable Load(string name)
    {
        var table = new SignTable();
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"signs/{name}.txt")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0 || line.StartsWith('#'))
                continue;
            foreach (var pattern in line[(colon + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries))
                table.Add(pattern, line[..colon].Trim());
        }

        return table;
    }

    private static bool IsOther(string text) => NamesAnother().IsMatch(text) || Example().IsMatch(text);

    /// <summary>Vendors publish programs to try their own with beside those.</summary>
    [GeneratedRegex(@"/.*(example|sample|demo|tutorial|workshop|quickstart)")]
    private static partial Regex Example();

    /// <summary>A variable that ends so tells of something to talk to: <c>TOMCAT_URL</c> is a client's.</summary>
    [GeneratedRegex(@"_(HOST|HOSTNAME|URL|URI|ADDR|ADDRESS|PORT|ENDPOINT|SERVICE|SERVER|TOKEN|KEY|SECRET|PASSWORD|USER)$")]
    private static partial Regex NamesAnother();

    private void Add(string pattern, string meaning)
    {
        if (pattern.Contains('*', StringComparison.Ordinal))
        {
            var letters = Regex.Escape(pattern.TrimStart('!')).Replace(@"\*", ".*", StringComparison.Ordinal);
            _patterns.Add((new Regex($"^{letters}$", RegexOptions.IgnoreCase), meaning, pattern.StartsWith('!')));
        }
        else
            _exact.TryAdd(pattern, meaning);
    }
}
