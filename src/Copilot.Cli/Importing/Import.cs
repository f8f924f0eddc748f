using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Copilot.Telemetry;
using Copilot.Telemetry.Import;

namespace Copilot.Cli.Importing;

/// <summary>One import, from the paths to the summary.</summary>
internal sealed class Import(ImportClient client, TimeProvider time, TextWriter output, TextWriter errors)
{
    private readonly ImportSummary _summary = new();

    /// <summary>Files that hold something, and what is told where nothing came of it.</summary>
    private readonly List<(string File, string Why)> _held = [];

    /// <summary>
    /// The exit code: 0 when all is in (single refused items are told), 1 when something could not be imported at all, a file that holds
    /// something and gave nothing among it.
    /// </summary>
    public async Task<int> RunAsync(IReadOnlyList<string> paths, bool shiftToNow, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        try
        {
            var skipped = new List<string>();
            var files = ImportPlan.Find(paths, skipped);
            if (files.Count == 0)
                throw new ImportException($"Nothing to import was found in {string.Join(", ", paths)}.{ImportSummary.Skipped(skipped)}");
            _summary.Skip(skipped);
            var shift = shiftToNow ? await ShiftAsync(files, cancellationToken) : TimeSpan.Zero;
            var progress = new ImportProgress(
                errors,
                ReferenceEquals(errors, Console.Error) && !Console.IsErrorRedirected,
                files.Sum(file => file.Length),
                time
            );
            await SendAsync(files, shift, progress, cancellationToken);
            progress.Clear();
            foreach (var (file, why) in _held)
                _summary.Expect(file, why);
            var done = await client.PostAsync("api/v1/import/complete", "{}"u8.ToArray(), cancellationToken);
            if (!done.Taken)
                throw new ImportException($"Everything was sent, but the copilot failed to make it ready: {done.Reason}");
        }
        catch (ImportException failure)
        {
            errors.WriteLine();
            errors.WriteLine(failure.Message);
            return 1;
        }

        _summary.Write(output, time.GetElapsedTime(started));
        return _summary.Failed ? 1 : 0;
    }

    private async Task SendAsync(
        IReadOnlyList<ImportFile> files,
        TimeSpan shift,
        ImportProgress progress,
        CancellationToken cancellationToken
    )
    {
        await SendCatalogueAsync([.. files.Where(file => file.Kind == ImportFileKind.Catalogue)], shift, cancellationToken);
        await using var sender = new TelemetrySender(client, _summary, cancellationToken);
        foreach (var file in files)
        {
            switch (file.Kind)
            {
                case ImportFileKind.Changes:
                    await SendChangesAsync(file, shift, cancellationToken);
                    break;
                case ImportFileKind.Telemetry:
                    await SendTelemetryAsync(file, shift, sender, progress, cancellationToken);
                    break;
                case ImportFileKind.Traces:
                    await SendDocumentAsync(file, shift, sender, progress, cancellationToken);
                    break;
                default:
                    break;
            }

            progress.FileDone(file.Length);
        }

        await sender.CompleteAsync();
    }

    private async Task SendTelemetryAsync(
        ImportFile file,
        TimeSpan shift,
        TelemetrySender sender,
        ImportProgress progress,
        CancellationToken cancellationToken
    )
    {
        var lines = 0;
        try
        {
            await LineReader.ReadAsync(
                file.Path,
                (number, line) =>
                {
                    lines++;
                    return sender.AddAsync(file.Name, number, shift == TimeSpan.Zero ? line : TimeShift.Move(line.Span, shift.Ticks * 100));
                },
                position => progress.At(file.Name, position),
                cancellationToken
            );
        }
        catch (ImportException failure) when (failure.InnerException is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            // What was read of it is in; the other files are none the worse for it.
            _summary.Fail(file.Name, failure.Message);
        }

        await sender.FlushAsync();
        if (lines > 0)
            _held.Add((file.Name, "it holds no spans, log records or metric points"));
    }

    private static bool IsOfLines(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf((byte)'\n');
        try
        {
            return end > 0 && OtlpLine.Read(bytes[..end]) is not null;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private async Task SendDocumentAsync(
        ImportFile file,
        TimeSpan shift,
        TelemetrySender sender,
        ImportProgress progress,
        CancellationToken cancellationToken
    )
    {
        var bytes = await File.ReadAllBytesAsync(file.Path, cancellationToken);
        // It is no line file, so one without anything in it is as little a document as one of rubbish.
        _held.Add((file.Name, "it holds no spans, log records or metric points"));
        if (bytes.AsSpan().Trim(" \r\n\t"u8).IsEmpty)
        {
            _summary.Refuse(file.Name, "the file is empty");
            return;
        }

        try
        {
            bytes = ImportedTraces.ToOtlp(bytes) ?? bytes;
        }
        catch (OtlpFormatException failure)
        {
            // Collectors call files of lines by the same name.
            if (IsOfLines(bytes))
                await SendTelemetryAsync(file, shift, sender, progress, cancellationToken);
            else
                _summary.Refuse(file.Name, failure.Message, line: 1);
            return;
        }

        var moved = shift == TimeSpan.Zero ? bytes : TimeShift.Move(bytes, shift.Ticks * 100);
        await sender.AddAsync(file.Name, 1, moved);
        await sender.FlushAsync();
    }

    private async Task SendChangesAsync(ImportFile file, TimeSpan shift, CancellationToken cancellationToken)
    {
        var items = new JsonArray();
        var numbers = new List<int>();
        await LineReader.ReadAsync(
            file.Path,
            (number, line) =>
            {
                try
                {
                    items.Add(JsonNode.Parse(line.Span));
                    numbers.Add(number);
                }
                catch (JsonException failure)
                {
                    _summary.Refuse(file.Name, "not JSON: " + failure.Message.Split(" LineNumber")[0], line: number);
                }

                return ValueTask.CompletedTask;
            },
            _ => { },
            cancellationToken
        );
        if (items.Count == 0)
        {
            // What is wrong with its lines was told; one without lines has no changes to tell.
            if (_summary.Refused(file.Name))
                _held.Add((file.Name, "it holds no changes"));
            return;
        }

        _held.Add((file.Name, "none of its changes was taken"));
        if (shift != TimeSpan.Zero)
            TimeShift.Move(items, shift, "time");
        var outcome = await client.PostAsync("api/v1/changes", Bytes(items), cancellationToken);
        if (!outcome.Taken)
        {
            _summary.Fail(file.Name, outcome.Reason);
            return;
        }

        var accepted = outcome.Answer?["accepted"]?.GetValue<long>() ?? 0;
        _summary.TakeChanges(file.Name, accepted, accepted - (outcome.Answer?["added"]?.GetValue<long>() ?? accepted));
        foreach (var refusal in outcome.Answer?["refused"]?.AsArray() ?? [])
            _summary.Refuse(file.Name, refusal!["message"]!.ToString(), line: numbers[refusal["index"]!.GetValue<int>()]);
    }

    private async Task SendCatalogueAsync(List<ImportFile> files, TimeSpan shift, CancellationToken cancellationToken)
    {
        if (files.Count == 0)
            return;
        var bodies = new JsonArray();
        foreach (var file in files)
        {
            var content = await File.ReadAllTextAsync(file.Path, cancellationToken);
            bodies.Add(
                new JsonObject { ["path"] = file.Name, ["content"] = shift == TimeSpan.Zero ? content : MovedShifts(file, content, shift) }
            );
        }

        var outcome = await client.PostAsync("api/v1/catalog", Bytes(bodies), cancellationToken);
        if (!outcome.Taken)
        {
            _summary.Fail("catalogue", outcome.Reason);
            return;
        }

        foreach (var told in outcome.Answer?["files"]?.AsArray() ?? [])
        {
            var path = told!["path"]!.ToString();
            if (told["accepted"]?.GetValue<bool>() != true)
                _summary.Fail(path, told["error"]?.ToString() ?? "no reason given", told["line"]?.GetValue<int>());
            else if (told["entries"]?.GetValue<int>() == 0)
                _summary.Fail(path, "it holds no entity, rule, shift or guide");
            else
                _summary.TakeFile(path);
        }
    }

    /// <summary>Who was on call then is on call in the moved time too.</summary>
    private static string MovedShifts(ImportFile file, string content, TimeSpan shift)
    {
        if (!file.Name.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
            return content;
        try
        {
            var node = JsonNode.Parse(content);
            TimeShift.Move(node, shift, "start", "end");
            return node?.ToJsonString() ?? content;
        }
        catch (JsonException)
        {
            // The copilot says what is wrong with it.
            return content;
        }
    }

    private async Task<TimeSpan> ShiftAsync(IReadOnlyList<ImportFile> files, CancellationToken cancellationToken)
    {
        var newest = 0L;
        foreach (var file in files.Where(file => file.Kind == ImportFileKind.Traces))
            newest = Math.Max(newest, await NewestAsync(file, cancellationToken));
        foreach (var file in files.Where(file => file.Kind == ImportFileKind.Telemetry))
        {
            await LineReader.ReadAsync(
                file.Path,
                (_, line) =>
                {
                    newest = Math.Max(newest, TimeShift.Newest(line.Span));
                    return ValueTask.CompletedTask;
                },
                _ => { },
                cancellationToken
            );
        }

        if (newest == 0)
            newest = await NewestChangeAsync(files, cancellationToken);
        if (newest == 0)
            throw new ImportException("--shift-to now needs telemetry or changes with times; none was found.");
        var shift = time.GetUtcNow() - DateTimeOffset.UnixEpoch.AddTicks(newest / 100);
        output.WriteLine($"All times are moved by {shift:d\\.hh\\:mm\\:ss}.");
        return shift;
    }

    private static async Task<long> NewestAsync(ImportFile file, CancellationToken cancellationToken)
    {
        var bytes = await File.ReadAllBytesAsync(file.Path, cancellationToken);
        try
        {
            return TimeShift.Newest(ImportedTraces.ToOtlp(bytes) ?? bytes);
        }
        catch (OtlpFormatException)
        {
            // Perhaps it is of lines; what else is wrong with it is told when it is sent.
            return TimeShift.Newest(bytes);
        }
    }

    private static async Task<long> NewestChangeAsync(IReadOnlyList<ImportFile> files, CancellationToken cancellationToken)
    {
        var newest = 0L;
        foreach (var file in files.Where(file => file.Kind == ImportFileKind.Changes))
        {
            await LineReader.ReadAsync(
                file.Path,
                (_, line) =>
                {
                    newest = Math.Max(newest, TimeShift.NewestOf("time", line.Span));
                    return ValueTask.CompletedTask;
                },
                _ => { },
                cancellationToken
            );
        }

        return newest;
    }

    private static byte[] Bytes(JsonNode node) => Encoding.UTF8.GetBytes(node.ToJsonString());
}

/// <summary>The import cannot go on; the message says why and what to do.</summary>
internal sealed class ImportException(string message, Exception? inner = null) : Exception(message, inner);
