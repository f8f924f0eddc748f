using System.CommandLine;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Copilot.Cli.Guarding;
using Copilot.Cli.Querying;

namespace Copilot.Cli.Keeping;

/// <summary><c>copilot data delete</c>: tells what would go, asks, and follows it until it is gone.</summary>
internal static class DeletionCommand
{
    /// <summary>Attributes have no index: of much telemetry each span is looked at.</summary>
    private static readonly TimeSpan CountingPatience = TimeSpan.FromMinutes(30);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    public static Command Create()
    {
        var service = new Option<string?>("--service") { Description = "Of this service.", HelpName = "NAME" };
        var attribute = new Option<string?>("--attribute")
        {
            Description = "Of whoever an attribute's value names, such as user.id=42: whole traces with their log records.",
            HelpName = "KEY=VALUE",
        };
        var from = Moment.Option("--from", "Not what is older; whole minutes.");
        var to = Moment.Option("--to", "Not what is newer; whole minutes, now where absent.");
        var yes = new Option<bool>("--yes") { Description = "Delete without asking: for scripts that looked before." };
        var url = CopilotUrl.Option();
        var command = new Command(
            "delete",
            "Deletes telemetry. What would go is told first and asked for. Exit code 0: it is gone; 2: nothing was there, or you said no; "
                + "1: it could not be."
        )
        {
            service,
            attribute,
            from,
            to,
            yes,
            url,
        };
        command.SetAction(
            (parsed, cancellationToken) =>
            {
                var scope = new JsonObject();
                if (parsed.GetValue(service) is { } name)
                    scope["service"] = name;
                if (parsed.GetValue(attribute) is { } pair)
                    scope["attribute"] = pair;
                if (parsed.GetValue(from) is { } begin)
                    scope["from"] = DataLines.Time(begin);
                if (parsed.GetValue(to) is { } end)
                    scope["to"] = DataLines.Time(end);
                return RunAsync(
                    parsed.GetValue(url)!,
                    scope,
                    parsed.GetValue(yes) ? null : Console.In.ReadLine,
                    Console.Out,
                    Console.Error,
                    cancellationToken
                );
            }
        );
        return command;
    }

    /// <param name="answer">What whoever is asked says, which is null where nobody is there; null where it was said already.</param>
    internal static Task<int> RunAsync(
        Uri url,
        JsonObject scope,
        Func<string?>? answer,
        TextWriter output,
        TextWriter errors,
        CancellationToken cancellationToken
    ) =>
        GuardedCall.RunAsync(
            url,
            errors,
            http => http.PostAsJsonAsync(new Uri(DataCommand.Path + "deletions/preview", UriKind.Relative), scope, cancellationToken),
            async reply =>
            {
                var preview = await GuardedCall.ReadAsync(reply, cancellationToken);
                if (!await DataLines.PreviewAsync(preview, output))
                    return 2;
                if (answer is not null && !await ConsentsAsync(answer, output, cancellationToken))
                {
                    await output.WriteLineAsync("Nothing was deleted.");
                    return 2;
                }

                return await DeleteAsync(url, preview, output, errors, cancellationToken);
            },
            CountingPatience
        );

    private static async Task<bool> ConsentsAsync(Func<string?> answer, TextWriter output, CancellationToken cancellationToken)
    {
        await output.WriteAsync("Delete it? This cannot be undone but from a backup. [yes/no] ");
        await output.FlushAsync(cancellationToken);
        return answer()?.Trim() is "yes" or "y";
    }

    private static Task<int> DeleteAsync(
        Uri url,
        JsonNode preview,
        TextWriter output,
        TextWriter errors,
        CancellationToken cancellationToken
    )
    {
        // As it was told: its end is that of the preview, however long somebody thought about it.
        var asked = (JsonObject)preview["scope"]!.DeepClone();
        asked["digest"] = (string)preview["digest"]!;
        return GuardedCall.RunAsync(
            url,
            errors,
            http => http.PostAsJsonAsync(new Uri(DataCommand.Path + "deletions/", UriKind.Relative), asked, cancellationToken),
            async reply =>
            {
                var id = (long)(await GuardedCall.ReadAsync(reply, cancellationToken))["id"]!;
                await output.WriteLineAsync($"Deletion {id} goes on; `copilot data deletions` tells how far it is.");
                return await FollowAsync(url, id, output, errors, cancellationToken);
            }
        );
    }

    private static async Task<int> FollowAsync(Uri url, long id, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        while (true)
        {
            JsonNode? state = null;
            var code = await GuardedCall.RunAsync(
                url,
                errors,
                http => http.GetAsync(new Uri($"{DataCommand.Path}deletions/{id}", UriKind.Relative), cancellationToken),
                async reply =>
                {
                    state = await GuardedCall.ReadAsync(reply, cancellationToken);
                    return 0;
                }
            );
            if (code != 0)
                return code;
            if (state!["doneAt"] is not null)
            {
                await output.WriteLineAsync($"Gone: {DataLines.Taken(state)}.");
                return 0;
            }

            // Another process cannot say that it is done; it can only be asked.
            await Task.Delay(Pause, cancellationToken);
        }
    }
}
