using System.Collections;
using System.CommandLine;
using Copilot.Instrument.Running;

namespace Copilot.Cli.Instrumenting;

/// <summary><c>copilot instrument run -- COMMAND</c></summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var words = new Argument<string[]>("COMMAND")
        {
            Arity = ArgumentArity.OneOrMore,
            Description = "The program and its arguments, after --.",
        };
        var endpoint = new Option<string>("--endpoint")
        {
            Description = "Where spans go, OTLP over HTTP.",
            DefaultValueFactory = _ => "http://127.0.0.1:4318",
            HelpName = "URL",
        };
        var service = new Option<string?>("--service")
        {
            Description = "What it is called; its project's or its folder's name else.",
            HelpName = "NAME",
        };
        var agent = new Option<string?>("--agent")
        {
            Description = "Where the agent is, where it is not in a usual place.",
            HelpName = "PATH",
        };
        var language = new Option<string?>("--language")
        {
            Description = "java, nodejs, python or dotnet, where the command does not show it.",
        };
        language.AcceptOnlyFromAmong("java", "nodejs", "python", "dotnet");
        var isDry = new Option<bool>("--dry-run") { Description = "Says what would be set and started, and starts nothing." };
        var command = new Command(
            "run",
            "Starts a program traced on this host: sets the environment of its language's zero-code agent, or says what is missing. "
                + "Ends with the program's own exit code; 127 where it cannot be started traced."
        )
        {
            words,
            endpoint,
            service,
            agent,
            language,
            isDry,
        };
        command.SetAction(
            async (parsed, _) =>
            {
                var plan = RunPlanner.Plan(
                    new RunRequest
                    {
                        Command = parsed.GetValue(words)!,
                        Folder = Environment.CurrentDirectory,
                        Endpoint = parsed.GetValue(endpoint)!.TrimEnd('/'),
                        Service = parsed.GetValue(service),
                        Agent = parsed.GetValue(agent) is { } path ? Path.GetFullPath(path) : null,
                        Language = FleetOptions.Language(parsed.GetValue(language)),
                        Environment = Variables(),
                    }
                );
                if (plan.Missing is { } missing)
                {
                    await Console.Error.WriteLineAsync(missing);
                    return 127;
                }

                if (!parsed.GetValue(isDry))
                    return await TracedProcess.RunAsync(plan);
                foreach (var (name, value) in plan.Set)
                    await Console.Out.WriteLineAsync($"{name}={value}");
                await Console.Out.WriteLineAsync(string.Join(' ', plan.Command));
                return 0;
            }
        );
        return command;
    }

    private static Dictionary<string, string> Variables() =>
        Environment
            .GetEnvironmentVariables()
            .Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "", StringComparer.Ordinal);
}
