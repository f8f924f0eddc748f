using System.CommandLine;
using Copilot.Instrument;
using Copilot.Instrument.Routes;
using Copilot.Instrument.Scanning;

namespace Copilot.Cli.Instrumenting;

/// <summary>What every verb over a tree of manifests takes.</summary>
internal sealed class FleetOptions
{
    public Argument<string[]> Paths { get; } =
        new("PATH")
        {
            Arity = ArgumentArity.OneOrMore,
            Description = "Folders or files: manifests, Compose files, Dockerfiles, sources beside them.",
        };

    public Option<string[]> EnvironmentFiles { get; } =
        new("--env-file")
        {
            Description = "A file of NAME=value lines for Compose's variables, beside the .env of each folder.",
            HelpName = "FILE",
        };

    public Option<string[]> Languages { get; } =
        new("--language") { Description = "What no file tells: the language of a workload.", HelpName = "WORKLOAD=LANGUAGE" };

    public void AddTo(Command command)
    {
        command.Arguments.Add(Paths);
        command.Options.Add(EnvironmentFiles);
        command.Options.Add(Languages);
        StrayOptions.Refuse(command, Paths);
        command.Validators.Add(parsed =>
        {
            foreach (var told in (parsed.GetValue(Languages) ?? []).Where(told => Told(told) is null))
                parsed.AddError($"--language takes WORKLOAD=LANGUAGE, one of {string.Join(", ", Known())}; '{told}' is none.");
        });
    }

    public ScanResult Scan(ParseResult parsed, ScanProgress progress)
    {
        var told = new Dictionary<string, RuntimeLanguage>(StringComparer.Ordinal);
        foreach (var (name, language) in (parsed.GetValue(Languages) ?? []).Select(Told).OfType<(string, RuntimeLanguage)>())
            told[name] = language;
        var scan = FleetScan.Run(
            new ScanRequest
            {
                Paths = parsed.GetValue(Paths)!,
                EnvironmentFiles = parsed.GetValue(EnvironmentFiles) ?? [],
                Told = told,
                Progress = progress.Step,
            }
        );
        progress.End();
        return scan;
    }

    /// <summary>The language of a name that was checked; null where none was given.</summary>
    public static RuntimeLanguage? Language(string? name) =>
        name is null ? null : Enum.GetValues<RuntimeLanguage>().First(l => l.Word().Equals(name, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<string> Known() =>
        Enum.GetValues<RuntimeLanguage>().Where(language => language != RuntimeLanguage.Unknown).Select(language => language.Word());

    private static (string, RuntimeLanguage)? Told(string text)
    {
        var at = text.IndexOf('=', StringComparison.Ordinal);
        if (at <= 0)
            return null;
        var language = Enum.GetValues<RuntimeLanguage>()
            .FirstOrDefault(l => l.Word().Equals(text[(at + 1)..], StringComparison.OrdinalIgnoreCase));
        return language == RuntimeLanguage.Unknown ? null : (text[..at], language);
    }
}
