using System.Buffers;
using System.IO.Pipelines;
using Copilot.Ingest.Otlp;

namespace Copilot.Cli.Importing;

/// <summary>The lines of a file, unpacked where it is gzip, as bytes.</summary>
internal static class LineReader
{
    /// <summary>Hands each line that is not empty on, with its number and the file's bytes read so far.</summary>
    /// <exception cref="ImportException">The file cannot be read to its end.</exception>
    public static async Task ReadAsync(
        string path,
        Func<int, ReadOnlyMemory<byte>, ValueTask> take,
        Action<long> progress,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await using var file = new FileStream(
                path,
                FileMode.Open,
                FileAccess.Read,
                FileShare.Read,
                1 << 16,
                FileOptions.Asynchronous | FileOptions.SequentialScan
            );
            await using Stream content = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? StrictGzip.Open(file) : file;
            var pipe = PipeReader.Create(content, new StreamPipeReaderOptions(bufferSize: 1 << 18));
            var number = 0;
            while (true)
            {
                var read = await pipe.ReadAsync(cancellationToken);
                var rest = read.Buffer;
                while (NextLine(ref rest, read.IsCompleted, out var line))
                {
                    number++;
                    if (!IsBlank(line))
                        await take(number, line.IsSingleSegment ? line.First : line.ToArray());
                }

                progress(file.Position);
                pipe.AdvanceTo(rest.Start, rest.End);
                if (read.IsCompleted)
                    return;
            }
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new ImportException($"{path} cannot be read to its end: {failure.Message}", failure);
        }
    }

    private static bool NextLine(ref ReadOnlySequence<byte> rest, bool last, out ReadOnlySequence<byte> line)
    {
        if (rest.PositionOf((byte)'\n') is { } end)
        {
            line = rest.Slice(0, end);
            rest = rest.Slice(rest.GetPosition(1, end));
            return true;
        }

        line = rest;
        if (!last || rest.IsEmpty)
            return false;
        rest = rest.Slice(rest.End);
        return true;
    }

    private static bool IsBlank(ReadOnlySequence<byte> line) =>
        line.Length < 3 && line.ToArray().All(value => value is (byte)' ' or (byte)'\r' or (byte)'\t');
}

/// <summary>
/// Puts bare NaN and Infinity, which JSON does not have and many recorders write all the same, into quotes, as OTLP has them.
/// </summary>
internal static class BareNumbers
{
    private static readonly SearchValues<byte> Starts = SearchValues.Create("\"NI-"u8);

    /// <summary>The same text where there is nothing to put right.</summary>
    public static ReadOnlyMemory<byte> Quote(ReadOnlyMemory<byte> json)
    {
        var text = json.Span;
        ArrayBufferWriter<byte>? quoted = null;
        var copied = 0;
        for (var at = 0; at < text.Length; )
        {
            var next = text[at..].IndexOfAny(Starts);
            if (next < 0)
                break;
            at += next;
            if (text[at] == (byte)'"')
            {
                at = EndOfText(text, at);
                continue;
            }

            var length = Bare(text[at..]);
            if (length == 0)
            {
                at++;
                continue;
            }

            quoted ??= new ArrayBufferWriter<byte>(text.Length + 64);
            quoted.Write(text[copied..at]);
            quoted.Write("\""u8);
            quoted.Write(text.Slice(at, length));
            quoted.Write("\""u8);
            at += length;
            copied = at;
        }

        if (quoted is null)
            return json;
        quoted.Write(text[copied..]);
        return quoted.WrittenMemory;
    }

    private static int Bare(ReadOnlySpan<byte> text) =>
        text.StartsWith("NaN"u8) ? 3
        : text.StartsWith("Infinity"u8) ? 8
        : text.StartsWith("-Infinity"u8) ? 9
        : 0;

    private static int EndOfText(ReadOnlySpan<byte> text, int at)
    {
        for (at++; at < text.Length; at++)
        {
            if (text[at] == (byte)'\\')
                at++;
            else if (text[at] == (byte)'"')
                return at + 1;
        }

        return text.Length;
    }
}
