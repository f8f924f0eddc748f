using System.Text.Json;
using System.Text.RegularExpressions;
using Copilot.Instrument.Reading;
using Copilot.Instrument.Workloads;

namespace Copilot.Instrument.Sources;

/// <summary>What a Dockerfile says of the image that it makes: its last stage, what is copied into it, and what it starts.</summary>
public sealed partial record DockerfileFacts
{
    public required string File { get; init; }

    /// <summary>The image that the last stage starts from, through stages that only build on others; null where a variable hides
    /// it.</summary>
    public ImageName? Base { get; init; }

    /// <summary>Whether the last stage starts from nothing.</summary>
    public bool FromScratch { get; init; }

    /// <summary>The images of the stages from which the last one copies, and the folder's files that it copies.</summary>
    public IReadOnlyList<ImageName> CopiedFrom { get; init; } = [];

    public IReadOnlyList<string> Entrypoint { get; init; } = [];

    public IReadOnlyList<string> Command { get; init; } = [];

    public IReadOnlyList<EnvironmentEntry> Environment { get; init; } = [];

    public IReadOnlyList<int> Ports { get; init; } = [];

    /// <summary>What every stage runs, as lines, to see what a build is asked for.</summary>
    public IReadOnlyList<string> Runs { get; init; } = [];

    /// <summary>Null where the text holds no FROM: it is no Dockerfile.</summary>
    public static DockerfileFacts? Read(string file, string text)
    {
        var arguments = new Dictionary<string, string>(StringComparer.Ordinal);
        var stages = new List<Stage>();
        var runs = new List<string>();
        foreach (var (word, rest) in Instructions(text))
        {
            if (word == "ARG" && rest.Split('=', 2) is [var name, var value])
                arguments[name.Trim()] = Filled(value.Trim().Trim('"', '\''), arguments);
            else if (word == "FROM")
                stages.Add(Stage.From(Filled(rest, arguments)));
            else if (stages.Count > 0)
                stages[^1].Add(word, Filled(rest, arguments), arguments);
            if (word == "RUN")
                runs.Add(rest);
        }

        if (stages.Count == 0)
            return null;
        var (last, chain) = (stages[^1], Chain(stages, stages[^1]));
        return new DockerfileFacts
        {
            File = file,
            Base = ImageName.Parse(Known(chain[^1].Image)),
            FromScratch = chain[^1].Image == "scratch",
            CopiedFrom = [.. chain.SelectMany(stage => stage.Copies).Select(name => Origin(stages, name)).OfType<ImageName>().Distinct()],
            Entrypoint = chain.Select(stage => stage.Entrypoint).FirstOrDefault(words => words.Count > 0) ?? [],
            Command =
                last.Command.Count > 0 ? last.Command : chain.Select(stage => stage.Command).FirstOrDefault(words => words.Count > 0) ?? [],
            Environment = [.. chain.AsEnumerable().Reverse().SelectMany(stage => stage.Environment)],
            Ports = [.. chain.SelectMany(stage => stage.Ports)],
            Runs = runs,
        };
    }

    private static List<Stage> Chain(List<Stage> stages, Stage last)
    {
        var chain = new List<Stage> { last };
        while (stages.FirstOrDefault(s => s.Name is not null && s.Name == chain[^1].Image && !chain.Contains(s)) is { } below)
            chain.Add(below);
        return chain;
    }

    private static ImageName? Origin(List<Stage> stages, string name)
    {
        var stage =
            stages.FirstOrDefault(s => s.Name == name) ?? (int.TryParse(name, out var number) ? stages.ElementAtOrDefault(number) : null);
        return ImageName.Parse(Known(stage is null ? name : Chain(stages, stage)[^1].Image));
    }

    private static string? Known(string image) => image == "scratch" || image.Contains('$', StringComparison.Ordinal) ? null : image;

    private static IEnumerable<(string Word, string Operands)> Instructions(string text)
    {
        var line = "";
        foreach (var raw in text.Replace("\r\n", "\n").TrimStart('\uFEFF').Split('\n'))
        {
            if (raw.TrimStart().StartsWith('#'))
                continue;
            line += raw;
            if (line.TrimEnd().EndsWith('\\'))
            {
                line = line.TrimEnd()[..^1] + " ";
                continue;
            }

            if (line.Trim().Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries) is [var word, var rest])
                yield return (word.ToUpperInvariant(), rest.Trim());
            line = "";
        }
    }

    private static string Filled(string text, Dictionary<string, string> arguments) =>
        Variable()
            .Replace(
                text,
                match =>
                    arguments.GetValueOrDefault(match.Groups[1].Value) ?? (match.Groups[2].Success ? match.Groups[2].Value : match.Value)
            );

    [GeneratedRegex(@"\$\{?([A-Za-z_]\w*)(?::-([^}]*))?\}?")]
    private static partial Regex Variable();

    private sealed class Stage
    {
        public required string Image { get; init; }

        public string? Name { get; init; }

        public List<string> Copies { get; } = [];

        public IReadOnlyList<string> Entrypoint { get; private set; } = [];

        public IReadOnlyList<string> Command { get; private set; } = [];

        public List<EnvironmentEntry> Environment { get; } = [];

        public List<int> Ports { get; } = [];

        public static Stage From(string rest)
        {
            var words = rest.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Where(word => !word.StartsWith("--", StringComparison.Ordinal))
                .ToList();
            var named = words.Count > 2 && words[1].Equals("as", StringComparison.OrdinalIgnoreCase);
            return new Stage { Image = words.FirstOrDefault() ?? "", Name = named ? words[2] : null };
        }

        public void Add(string word, string rest, Dictionary<string, string> arguments)
        {
            switch (word)
            {
                case "COPY"
                    when rest.StartsWith("--from=", StringComparison.Ordinal) || rest.Contains(" --from=", StringComparison.Ordinal):
                    Copies.Add(rest[(rest.IndexOf("--from=", StringComparison.Ordinal) + 7)..].Split(' ')[0]);
                    break;
                case "ENTRYPOINT":
                    Entrypoint = Words(rest);
                    break;
                case "CMD":
                    Command = Words(rest);
                    break;
                case "ENV":
                    foreach (var (name, value) in Pairs(rest))
                    {
                        Environment.Add(new EnvironmentEntry(name, value));
                        arguments[name] = value;
                    }

                    break;
                case "EXPOSE":
                    Ports.AddRange(rest.Split(' ').Select(p => int.TryParse(p.Split('/')[0], out var port) ? port : 0).Where(p => p > 0));
                    break;
            }
        }

        private static IReadOnlyList<string> Words(string rest)
        {
            try
            {
                return rest.StartsWith('[') ? JsonSerializer.Deserialize<string[]>(rest) ?? [] : CommandWords.Split(rest);
            }
            catch (JsonException)
            {
                return CommandWords.Split(rest);
            }
        }

        private static IEnumerable<(string, string)> Pairs(string rest)
        {
            var words = CommandWords.Split(rest);
            if (words.Count > 0 && !words[0].Contains('=', StringComparison.Ordinal))
                return [(words[0], string.Join(' ', words.Skip(1)))];
            return words.Select(word => word.Split('=', 2)).Where(pair => pair.Length == 2).Select(pair => (pair[0], pair[1]));
        }
    }
}
