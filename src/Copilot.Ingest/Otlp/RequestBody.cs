using System.Buffers;
using Copilot.Ingest.Admission;
using Microsoft.IO;

namespace Copilot.Ingest.Otlp;

/// <summary>
/// A request's body, read and decompressed into pooled memory: segment by segment, so that a bomb costs only what came out of it until it
/// was found out, and in one piece once it is whole. What is pooled has a cap; beyond it memory is given back.
/// </summary>
internal sealed class RequestBody : IDisposable
{
    private static readonly RecyclableMemoryStreamManager Pool = new(
        new RecyclableMemoryStreamManager.Options
        {
            BlockSize = 128 * 1024,
            LargeBufferMultiple = 1024 * 1024,
            MaximumBufferSize = 128 * 1024 * 1024,
            UseExponentialLargeBuffer = true,
            AggressiveBufferReturn = true,
            MaximumSmallPoolFreeBytes = 32 * 1024 * 1024,
            // Of each of the sizes 1, 2, 4 and 8 MiB; larger ones are not kept.
            MaximumLargePoolFreeBytes = 8 * 1024 * 1024,
        }
    );

    private readonly RecyclableMemoryStream _stream;

    private RequestBody(RecyclableMemoryStream stream) => this._stream = stream;

    public ReadOnlyMemory<byte> Bytes { get; private set; }

    /// <summary>An empty stream of pooled segments, whose memory goes back when it is disposed of.</summary>
    public static RecyclableMemoryStream Segments() => Pool.GetStream();

    /// <summary>A body that was read already, copied from memory that its reader takes back.</summary>
    public static RequestBody Of(in ReadOnlySequence<byte> read)
    {
        var stream = Segments();
        foreach (var part in read)
            stream.Write(part.Span);
        return Whole(stream);
    }

    /// <summary>Reads to the end.</summary>
    /// <param name="expected">How long the sender says the stream is, or null.</param>
    /// <param name="share">Holds what the body takes.</param>
    /// <exception cref="BodyTooLargeException">More than <paramref name="limit"/> bytes came out: perhaps a bomb, so it is not read
    /// on.</exception>
    /// <exception cref="BodyMemoryExhaustedException">Too many bodies are in memory already.</exception>
    /// <exception cref="InvalidDataException">What says it is gzip is not, or it ends early.</exception>
    public static async Task<RequestBody> ReadAsync(
        Stream stream,
        bool gzip,
        long? expected,
        int limit,
        BodyShare share,
        CancellationToken cancellationToken
    )
    {
        if (expected > limit)
            throw new BodyTooLargeException();
        var read = Segments();
        try
        {
            if (gzip)
            {
                await using var inflated = StrictGzip.Open(stream);
                await FillAsync(read, inflated, limit, share, cancellationToken);
                if (read.Length == 0 && expected is > 0)
                    throw new InvalidDataException("The body is not gzip.");
            }
            else
            {
                await FillAsync(read, stream, limit, share, cancellationToken);
                if (read.Length < expected)
                    throw new InvalidDataException("The body ends before its announced length.");
            }

            return Whole(read);
        }
        catch (InvalidDataException failure) when (gzip)
        {
            await read.DisposeAsync();
            throw new InvalidDataException("The body is not whole gzip: " + failure.Message, failure);
        }
        catch
        {
            await read.DisposeAsync();
            throw;
        }
    }

    /// <summary>Gives the bytes back. The request's share of the memory for bodies stays held until its end: what was decoded of them takes
    /// their place.</summary>
    public void Dispose()
    {
        Bytes = default;
        _stream.Dispose();
    }

    private static RequestBody Whole(RecyclableMemoryStream stream) =>
        new(stream) { Bytes = stream.GetBuffer().AsMemory(0, (int)stream.Length) };

    private static async Task FillAsync(
        RecyclableMemoryStream target,
        Stream source,
        int limit,
        BodyShare share,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            var room = target.GetMemory();
            share.Hold(target.Capacity64);
            var read = await source.ReadAsync(room, cancellationToken);
            if (read == 0)
                return;
            target.Advance(read);
            if (target.Length > limit)
                throw new BodyTooLargeException();
        }
    }
}

/// <summary>A body is larger than the limit, perhaps only after decompression.</summary>
internal sealed class BodyTooLargeException() : Exception("The body is larger than the limit.");
