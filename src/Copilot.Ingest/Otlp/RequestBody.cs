using System.Buffers;
using Copilot.Ingest.Admission;

namespace Copilot.Ingest.Otlp;

/// <summary>A request's body, read and decompressed into pooled memory.</summary>
internal sealed class RequestBody : IDisposable
{
    private byte[] bytes;
    private int length;

    private RequestBody(int capacity) => bytes = ArrayPool<byte>.Shared.Rent(Math.Max(capacity, 4096));

    public ReadOnlyMemory<byte> Bytes => bytes.AsMemory(0, length);

    /// <summary>A body that was read already, copied from memory that its reader takes back.</summary>
    public static RequestBody Of(in ReadOnlySequence<byte> read)
    {
        var body = new RequestBody((int)read.Length) { length = (int)read.Length };
        read.CopyTo(body.bytes);
        return body;
    }

    /// <summary>Reads to the end.</summary>
    /// <param name="expected">How long the sender says the stream is, or null.</param>
    /// <param name="share">Holds what the body takes.</param>
    /// <exception cref="BodyTooLargeException">More than <paramref name="limit"/> bytes came out: perhaps a bomb, so it is not read on.</exception>
    /// <exception cref="BodyMemoryExhaustedException">Too many bodies are in memory already.</exception>
    /// <exception cref="InvalidDataException">What says it is gzip is not, or it ends early.</exception>
    public static async Task<RequestBody> ReadAsync(
        Stream stream, bool gzip, long? expected, int limit, BodyShare share, CancellationToken cancellationToken)
    {
        if (expected > limit) throw new BodyTooLargeException();
        var body = new RequestBody((int)(expected ?? 0) * (gzip ? 4 : 1) is var size && size > 0 && size <= limit ? size : 64 * 1024);
        try
        {
            if (gzip)
            {
                await using var inflated = StrictGzip.Open(stream);
                await body.FillAsync(inflated, limit, share, cancellationToken);
                if (body.length == 0 && expected is > 0) throw new InvalidDataException("The body is not gzip.");
            }
            else
            {
                await body.FillAsync(stream, limit, share, cancellationToken);
                if (body.length < expected) throw new InvalidDataException("The body ends before its announced length.");
            }

            return body;
        }
        catch (InvalidDataException failure) when (gzip)
        {
            body.Dispose();
            throw new InvalidDataException("The body is not whole gzip: " + failure.Message, failure);
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    /// <summary>Gives the bytes back. The request's share of the memory for bodies stays held until its end: what was decoded of them takes their place.</summary>
    public void Dispose()
    {
        var rented = bytes;
        (bytes, length) = ([], 0);
        if (rented.Length > 0) ArrayPool<byte>.Shared.Return(rented);
    }

    private async Task FillAsync(Stream stream, int limit, BodyShare share, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (length == bytes.Length) Grow(limit);
            share.Hold(bytes.Length);
            var read = await stream.ReadAsync(bytes.AsMemory(length), cancellationToken);
            if (read == 0) return;
            length += read;
            if (length > limit) throw new BodyTooLargeException();
        }
    }

    private void Grow(int limit)
    {
        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min((long)bytes.Length * 2, limit + 1L));
        bytes.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(bytes);
        bytes = larger;
    }
}
