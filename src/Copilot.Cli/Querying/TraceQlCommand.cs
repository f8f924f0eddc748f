using System.CommandLine;
using System.Text;

namespace Copilot.Cli.Querying;

/// <summary><c>copilot traceql check|explain|run QUERY</c> and <c>copilot traceql from-english WORDS</c></summary>
internal static class TraceQlCommand
{
    public static Command Create() =>
        new("traceql", "Checks, explains and runs TraceQL queries.") { Check(), Explain(), Run(), FromEnglish() };

    private static Command Check()
    {
        var query = new Argument<string?>("QUERY")
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description = "The query; read from standard input where absent.",
        };
        var lines = new Option<bool>("--jsonl")
        {
            Description = "Reads lines of {\"query\": …} from standard input and answers each with one line.",
        };
        var command = new Command(
            "check",
            "Says whether a query is valid, where it is not, and what was probably meant. Needs no running copilot."
        )
        {
            query,
            lines,
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                using var input = new StreamReader(Console.OpenStandardInput(), new UTF8Encoding(false));
                await using var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false), bufferSize: 1 << 16);
                if (parsed.GetValue(lines))
                    return await CheckLines.RunAsync(input, output, cancellationToken);
                return await CheckText.RunAsync(parsed.GetValue(query) ?? await input.ReadToEndAsync(cancellationToken), output);
            }
        );
        return command;
    }

    private static Command Explain()
    {
        var (query, url, window) = (Query(), CopilotUrl.Option(), new WindowOptions());
        var command = new Command("explain", "Says how a running copilot would answer a query and what that would read.")
        {
            query,
            url,
            window.Since,
            window.From,
            window.To,
        };
        window.Check(command);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                using var client = new QueryClient(parsed.GetValue(url)!, Console.Out, Console.Error);
                return await client.ExplainAsync(parsed.GetValue(query)!, window.Read(parsed), cancellationToken);
            }
        );
        return command;
    }

    private static Command Run()
    {
        var (query, url, window) = (Query(), CopilotUrl.Option(), new WindowOptions());
        var limit = new Option<int>("--limit") { Description = "How many traces at most.", DefaultValueFactory = _ => 20 };
        var json = new Option<bool>("--json") { Description = "Prints the answer as JSON." };
        var command = new Command("run", "Asks a running copilot.") { query, url, window.Since, window.From, window.To, limit, json };
        window.Check(command);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                using var client = new QueryClient(parsed.GetValue(url)!, Console.Out, Console.Error);
                return await client.RunAsync(
                    parsed.GetValue(query)!,
                    window.Read(parsed),
                    parsed.GetValue(limit),
                    parsed.GetValue(json),
                    cancellationToken
                );
            }
        );
        return command;
    }

    private static Command FromEnglish()
    {
        var words = new Argument<string?>("WORDS") { Arity = ArgumentArity.ZeroOrOne, Description = "What is wanted, in plain words." };
        var url = CopilotUrl.Option();
        var offline = new Option<bool>("--offline")
        {
            Description = "Goes by OpenTelemetry's conventions alone; needs no running copilot.",
        };
        var lines = new Option<bool>("--jsonl")
        {
            Description = "Reads lines of {\"english\": …} from standard input and answers each with one line, offline.",
        };
        var command = new Command(
            "from-english",
            "Writes the TraceQL for plain words, with the names that a running copilot knows. Exit code 2: some words were not understood."
        )
        {
            words,
            url,
            offline,
            lines,
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                if (parsed.GetValue(lines))
                {
                    using var input = new StreamReader(Console.OpenStandardInput(), new UTF8Encoding(false));
                    await using var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false), bufferSize: 1 << 16);
                    return await EnglishLines.RunAsync(input, output, TimeProvider.System, cancellationToken);
                }

                var english = parsed.GetValue(words) ?? await Console.In.ReadToEndAsync(cancellationToken);
                if (parsed.GetValue(offline))
                {
                    var translation = EnglishLines.Translate(english, TimeProvider.System);
                    return await EnglishLines.PrintAsync(
                        translation.Score > 0 ? translation.Query?.ToString() : null,
                        translation.Unread,
                        Console.Out,
                        Console.Error
                    );
                }

                using var client = new QueryClient(parsed.GetValue(url)!, Console.Out, Console.Error);
                return await client.TranslateAsync(english, cancellationToken);
            }
        );
        return command;
    }

    private static Argument<string> Query() => new("QUERY") { Description = "The query." };
}
