namespace Copilot.TraceQL.Tests;

/// <summary>
/// The repository's own conformance cases, written from the language's documentation: one a line, the columns parted by tabs.
/// <c>ok</c>, the query, its canonical form; or <c>Syntax</c>, <c>Invalid</c>, <c>Unsupported</c>, the query, the place as line:column and
/// words
/// of the message; or <c>lenient</c>, an unfinished query, what is made of it. ⏎ and ⇥ stand for a line's end and a tab.
/// </summary>
internal sealed record CaseFile(string Name, IReadOnlyList<QueryCase> Cases)
{
    public static IReadOnlyList<CaseFile> All { get; } =
    [
        .. Directory
            .EnumerateFiles(Material.Get("tests/Copilot.TraceQL.Tests/Cases"), "*.tsv")
            .Order(StringComparer.Ordinal)
            .Select(path => new CaseFile(Path.GetFileNameWithoutExtension(path), [.. File.ReadLines(path).Select(QueryCase.Read)])),
    ];

    public static IEnumerable<QueryCase> Of(params string[] verdicts) =>
        All.SelectMany(f => f.Cases).Where(c => verdicts.Contains(c.Verdict));
}

internal sealed record QueryCase(string Verdict, string Query, string Expected)
{
    public static QueryCase Read(string line) =>
        line.Split('\t') is [var verdict, var query, var expected]
            ? new QueryCase(verdict, Raw(query), Raw(expected))
            : throw new FormatException($"three columns are wanted: {line}");

    private static string Raw(string text) => text.Replace('⏎', '\n').Replace('⇥', '\t');
}
