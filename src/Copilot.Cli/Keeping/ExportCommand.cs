using System.CommandLine;
using System.IO.Compression;
using Copilot.Cli.Guarding;
using Copilot.Cli.Querying;

namespace Copilot.Cli.Keeping;

/// <summary><c>copilot data export</c>: traces and logs as a file of OTLP/JSON lines, which Collectors and <c>copilot import</c>
/// read.</summary>
internal static class ExportCommand
{
    private static readonly string[] Signals = ["traces", "logs"];

    public static Command Create()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "Such as telemetry.otlp.jsonl; compressed where it ends in .gz." };
        var service = new Option<string?>("--service") { Description = "Of this service alone.", HelpName = "NAME" };
        var from = Moment.Option("--from", "Not what is older.");
        var to = Moment.Option("--to", "Not what is newer.");
        var url = CopilotUrl.Option();
        var command = new Command("export", "Writes traces and logs as they are stored to a file of OTLP/JSON lines.")
        {
            file,
            service,
            from,
            to,
            url,
        };
        command.SetAction(
            (parsed, cancellationToken) =>
            {
                var narrow = new List<string>();
                if (parsed.GetValue(service) is { } name)
                    narrow.Add("service=" + Uri.EscapeDataString(name));
                if (parsed.GetValue(from) is { } begin)
                    narrow.Add("from=" + Uri.EscapeDataString(DataLines.Time(begin)));
                if (parsed.GetValue(to) is { } end)
                    narrow.Add("to=" + Uri.EscapeDataString(DataLines.Time(end)));
                return RunAsync(
                    parsed.GetValue(url)!,
                    parsed.GetValue(file)!,
                    string.Join('&', narrow),
                    Console.Out,
                    Console.Error,
                    cancellationToken
                );
            }
        );
        return command;
    }

    internal static async Task<int> RunAsync(
        Uri url,
        FileInfo file,
        string narrow,
        TextWriter output,
        TextWriter errors,
        CancellationToken cancellationToken
    )
    {
        if (file.Exists)
        {
            await errors.WriteLineAsync($"{file.FullName} is there already: name another file.");
            return 1;
        }

        var making = file.FullName + ".part";
        try
        {
            await using (var into = Open(making, file.Extension == ".gz"))
            {
                foreach (var signal in Signals)
                {
                    var code = await GuardedCall.RunAsync(
                        url,
                        errors,
                        http =>
                            http.GetAsync(
                                new Uri($"{DataCommand.Path}export?signal={signal}&{narrow}".TrimEnd('&'), UriKind.Relative),
                                HttpCompletionOption.ResponseHeadersRead,
                                cancellationToken
                            ),
                        async reply =>
                        {
                            await reply.Content.CopyToAsync(into, cancellationToken);
                            return 0;
                        }
                    );
                    if (code != 0)
                        return code;
                }
            }

            File.Move(making, file.FullName);
        }
        catch (Exception failure) when (failure is UnauthorizedAccessException or DirectoryNotFoundException)
        {
            await errors.WriteLineAsync($"{file.FullName} cannot be written: {failure.Message}");
            return 1;
        }
        finally
        {
            File.Delete(making);
        }

        await output.WriteLineAsync($"Written to {file.FullName}; `copilot import` and Collectors read it.");
        return 0;
    }

    private static Stream Open(string path, bool compressed)
    {
        var file = new FileStream(path, FileMode.Create, FileAccess.Write);
        return compressed ? new GZipStream(file, CompressionLevel.Optimal) : file;
    }
}
