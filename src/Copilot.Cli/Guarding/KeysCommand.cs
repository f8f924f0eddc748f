using System.CommandLine;
using System.Net.Http.Json;

namespace Copilot.Cli.Guarding;

/// <summary><c>copilot keys list, create, rotate, revoke</c></summary>
internal static class KeysCommand
{
    private const string Path = "api/v1/keys/";

    public static Command Create() =>
        new("keys", "Keys of programs: who has one, what it may do, when it was last used.")
        {
            ListOf(),
            CreateOf(),
            RotateOf(),
            RevokeOf(),
        };

    private static Command ListOf()
    {
        var url = CopilotUrl.Option();
        var command = new Command("list", "All keys, the newest first.") { url };
        command.SetAction(
            (parsed, cancellationToken) =>
                GuardedCall.RunAsync(
                    parsed.GetValue(url)!,
                    Console.Error,
                    http => http.GetAsync(new Uri(Path, UriKind.Relative), cancellationToken),
                    async reply => await KeyLines.ListAsync(await GuardedCall.ReadAsync(reply, cancellationToken), Console.Out)
                )
        );
        return command;
    }

    private static Command CreateOf()
    {
        var name = new Argument<string>("NAME") { Description = "The program that will carry it." };
        var scopes = new Option<string[]>("--scope")
        {
            Description = "What it may do; once or more.",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
        };
        scopes.AcceptOnlyFromAmong("ingest", "read", "ask", "act", "admin");
        var lasts = new Option<string?>("--lasts")
        {
            Description = "How long it is good, such as 90d; until it is revoked without.",
            HelpName = "TIME",
        };
        var url = CopilotUrl.Option();
        var command = new Command("create", "Makes a key and prints it, this once.") { name, scopes, lasts, url };
        command.SetAction(
            (parsed, cancellationToken) =>
                GuardedCall.RunAsync(
                    parsed.GetValue(url)!,
                    Console.Error,
                    http =>
                        http.PostAsJsonAsync(
                            new Uri(Path, UriKind.Relative),
                            new
                            {
                                name = parsed.GetValue(name),
                                scopes = parsed.GetValue(scopes),
                                lasts = parsed.GetValue(lasts),
                            },
                            cancellationToken
                        ),
                    reply => MadeAsync(reply, cancellationToken)
                )
        );
        return command;
    }

    private static Command RotateOf()
    {
        var id = Id();
        var overlap = new Option<string?>("--overlap") { Description = "How long the old one stays good: 1d without.", HelpName = "TIME" };
        var url = CopilotUrl.Option();
        var command = new Command("rotate", "Makes another key of the same name and scopes; the old one ends after the overlap.")
        {
            id,
            overlap,
            url,
        };
        command.SetAction(
            (parsed, cancellationToken) =>
                GuardedCall.RunAsync(
                    parsed.GetValue(url)!,
                    Console.Error,
                    http =>
                        http.PostAsJsonAsync(
                            new Uri($"{Path}{Uri.EscapeDataString(parsed.GetValue(id)!)}/rotate", UriKind.Relative),
                            new { overlap = parsed.GetValue(overlap) },
                            cancellationToken
                        ),
                    reply => MadeAsync(reply, cancellationToken)
                )
        );
        return command;
    }

    private static Command RevokeOf()
    {
        var id = Id();
        var url = CopilotUrl.Option();
        var command = new Command("revoke", "Ends a key at once.") { id, url };
        command.SetAction(
            (parsed, cancellationToken) =>
                GuardedCall.RunAsync(
                    parsed.GetValue(url)!,
                    Console.Error,
                    http =>
                        http.DeleteAsync(
                            new Uri($"{Path}{Uri.EscapeDataString(parsed.GetValue(id)!)}", UriKind.Relative),
                            cancellationToken
                        ),
                    async _ =>
                    {
                        await Console.Out.WriteLineAsync("It is not good any more.");
                        return 0;
                    }
                )
        );
        return command;
    }

    private static Argument<string> Id() => new("ID") { Description = "Of the key, as `copilot keys list` shows it." };

    private static async Task<int> MadeAsync(HttpResponseMessage reply, CancellationToken cancellationToken) =>
        await KeyLines.MadeAsync(await GuardedCall.ReadAsync(reply, cancellationToken), Console.Out, Console.Error);
}
