using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Copilot.Access.Audit;

namespace Copilot.Cli.Guarding;

/// <summary><c>copilot audit verify</c> and <c>copilot audit export</c>. The chain is followed here, not where the log is kept.</summary>
internal static class AuditCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static Command Create() =>
        new("audit", "The audit log: who asked, looked, confirmed and changed what.") { VerifyOf(), ExportOf() };

    private static Command VerifyOf()
    {
        var file = new Option<FileInfo?>("--file") { Description = "An export instead of a running copilot.", HelpName = "FILE" };
        var holds = new Option<string?>("--holds")
        {
            Description = "A head that was printed before, as NUMBER:HASH: the log must still hold it, or its end was cut off.",
            HelpName = "HEAD",
        };
        var url = CopilotUrl.Option();
        var command = new Command(
            "verify",
            "Follows the chain of the log. Exit code 0: it holds; 2: it was changed; 1: it could not be read."
        )
        {
            file,
            holds,
            url,
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var head = parsed.GetValue(holds);
                if (parsed.GetValue(file) is { } given)
                {
                    if (!given.Exists)
                    {
                        await Console.Error.WriteLineAsync($"There is no file {given.FullName}.");
                        return 1;
                    }

                    using var text = given.OpenText();
                    return await VerifyAsync(text, head, Console.Out, Console.Error, cancellationToken);
                }

                return await DownloadAsync(
                    parsed.GetValue(url)!,
                    text => VerifyAsync(text, head, Console.Out, Console.Error, cancellationToken),
                    cancellationToken
                );
            }
        );
        return command;
    }

    private static Command ExportOf()
    {
        var url = CopilotUrl.Option();
        var command = new Command("export", "Prints the whole log, an entry a line.") { url };
        command.SetAction(
            (parsed, cancellationToken) =>
                DownloadAsync(
                    parsed.GetValue(url)!,
                    async text =>
                    {
                        while (await text.ReadLineAsync(cancellationToken) is { } line)
                            await Console.Out.WriteLineAsync(line);
                        return 0;
                    },
                    cancellationToken
                )
        );
        return command;
    }

    internal static async Task<int> VerifyAsync(
        TextReader lines,
        string? holds,
        TextWriter output,
        TextWriter errors,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var first = await lines.ReadLineAsync(cancellationToken) ?? "";
            var anchor = JsonSerializer.Deserialize<AuditAnchor>(first, Json) ?? throw new JsonException("its first line says nothing.");
            var check = new AuditCheck(anchor);
            var found = holds is null || Written(check.Head) == holds;
            while (await lines.ReadLineAsync(cancellationToken) is { } line)
            {
                if (
                    check.Follow(JsonSerializer.Deserialize<AuditEntry>(line, Json) ?? throw new JsonException("a line says nothing.")) is
                    { } wrong
                )
                {
                    await errors.WriteLineAsync(wrong);
                    return 2;
                }

                found |= Written(check.Head) == holds;
            }

            if (!found)
            {
                await errors.WriteLineAsync($"The log does not hold {holds} any more: its end was cut off, or it was written anew.");
                return 2;
            }

            var entries = check.Count == 1 ? "1 entry" : string.Create(CultureInfo.InvariantCulture, $"{check.Count:#,0} entries");
            await output.WriteLineAsync($"The log holds: {entries}, from {anchor.Seq + 1} to {check.Head.Seq}.");
            await output.WriteLineAsync(
                $"Its head is {Written(check.Head)}; kept elsewhere, --holds shows later that its end is still there."
            );
            return 0;
        }
        catch (JsonException broken)
        {
            await errors.WriteLineAsync($"That is no export of an audit log: {broken.Message}");
            return 1;
        }
    }

    private static string Written((long Seq, string Hash) head) => string.Create(CultureInfo.InvariantCulture, $"{head.Seq}:{head.Hash}");

    private static Task<int> DownloadAsync(Uri url, Func<TextReader, Task<int>> read, CancellationToken cancellationToken) =>
        GuardedCall.RunAsync(
            url,
            Console.Error,
            http =>
                http.GetAsync(
                    new Uri("api/v1/audit-log/export", UriKind.Relative),
                    HttpCompletionOption.ResponseHeadersRead,
                    cancellationToken
                ),
            async reply =>
            {
                using var text = new StreamReader(await reply.Content.ReadAsStreamAsync(cancellationToken));
                return await read(text);
            }
        );
}
