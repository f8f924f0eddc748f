using System.Text.RegularExpressions;

namespace Copilot.EndToEnd.App;

/// <summary>A request that a document tells people to make: a line of a shell block that calls curl, or "GET /path" in code.</summary>
/// <param name="Place">Document and line.</param>
/// <param name="Shell">What a shell runs.</param>
internal sealed partial record DocumentedCommand(string Place, string Shell)
{
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
        var fenced = false;
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].TrimStart().StartsWith("```", StringComparison.Ordinal))
            {
                fenced = !fenced;
                continue;
            }

            var place = $"{name}:{i + 1}";
            if (fenced && lines[i].TrimStart().StartsWith("curl ", StringComparison.Ordinal))
            {
                var command = lines[i];
                while (command.EndsWith('\\'))
                    command = command[..^1] + lines[++i];
                yield return new DocumentedCommand(place, command.Trim());
            }

            if (fenced)
                continue;
            foreach (var code in Code().Matches(lines[i]).Select(match => match.Groups[1].Value))
            {
                if (code.StartsWith("curl ", StringComparison.Ordinal))
                    yield return new DocumentedCommand(place, code);
                // One with a place for an id, with a parameter without a value, or cut short, is for people to fill in.
                else if (Get().Match(code) is { Success: true } get)
                    yield return new DocumentedCommand(place, $"curl '{Usual}{get.Groups[1].Value}'");
            }
        }
    }

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"^GET (/[a-z0-9/_.-]*(\?([a-z]+=[a-z0-9:._-]+&?)+)?)$")]
    private static partial Regex Get();

    [GeneratedRegex(@"http://127\.0\.0\.1:(5080|4318)(?=[/'"" ]|$)")]
    private static partial Regex UsualPorts();
}
