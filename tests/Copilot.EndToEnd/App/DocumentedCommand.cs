using System.Text.RegularExpressions;

namespace Copilot.EndToEnd.App;

/// <summary>A command that a document tells people to give: a line of a shell block, one in code, or "GET /path" in code.</summary>
/// <param name="Place">Document and line.</param>
/// <param name="Shell">What a shell runs.</param>
internal sealed partial record DocumentedCommand(string Place, string Shell)
{
    private static readonly string[] ShellBlocks = ["```sh", "```bash", "```shell", "```console"];

    /// <summary>What is said in a line of text is a command where it begins like one.</summary>
    private static readonly string[] Beginnings = ["curl ", "copilot ", "deploy/"];

    /// <summary>The app's usual address, which a GET in code leaves out.</summary>
    private const string Usual = "http://127.0.0.1:5080";

    public static IReadOnlyList<DocumentedCommand> All() =>
        [
            .. Directory
                .EnumerateFiles(Repository.Root, "*.md")
                .Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories))
                .Order(StringComparer.Ordinal)
                .SelectMany(In),
        ];

    /// <summary>The same with another address of the app; nothing else of it is changed.</summary>
    public string At(Uri url) => UsualPorts().Replace(Shell, url.GetLeftPart(UriPartial.Authority));

    private static IEnumerable<DocumentedCommand> In(string file)
    {
        var name = Path.GetRelativePath(Repository.Root, file);
        var lines = File.ReadAllLines(file);
        var fence = "";
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Trim();
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                fence = fence.Length > 0 ? "" : line;
                continue;
            }

            var place = $"{name}:{i + 1}";
            if (ShellBlocks.Contains(fence) && line.Length > 0 && !line.StartsWith('#'))
            {
                while (line.EndsWith('\\'))
                    line = line[..^1] + lines[++i].Trim();
                yield return new DocumentedCommand(place, line);
            }

            if (fence.Length > 0)
                continue;
            foreach (var code in Code().Matches(lines[i]).Select(match => match.Groups[1].Value))
            {
                // Cut short, or with a place for words of one's own: for people to fill in; two words name a command.
                if (
                    code.Count(letter => letter == ' ') > 1
                    && Beginnings.Any(b => code.StartsWith(b, StringComparison.Ordinal))
                    && !Unfilled().IsMatch(code)
                )
                    yield return new DocumentedCommand(place, code);
                else if (Get().Match(code) is { Success: true } get)
                    yield return new DocumentedCommand(place, $"curl '{Usual}{get.Groups[1].Value}'");
            }
        }
    }

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"^GET (/[a-z0-9/_.-]*(\?([a-z]+=[a-z0-9:._-]+&?)+)?)$")]
    private static partial Regex Get();

    [GeneratedRegex(@"…|\||\b[A-Z]{2,}\b(?!=)|\.sh$|\.md$|^deploy/$")]
    private static partial Regex Unfilled();

    [GeneratedRegex(@"http://127\.0\.0\.1:(5080|5090|4318)(?=[/'"" ]|$)")]
    private static partial Regex UsualPorts();
}
