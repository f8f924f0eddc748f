using System.IO.Compression;
using Grpc.Net.Compression;

namespace Copilot.Ingest.Otlp;

/// <summary>gRPC's gzip, with an end: the library limits what arrives, not what comes out of it.</summary>
internal sealed class BoundedGzip(int limit) : ICompressionProvider
{
    public string EncodingName => "gzip";

    public Stream CreateDecompressionStream(Stream stream) => new Unpacked(stream, limit);

    public Stream CreateCompressionStream(Stream stream, CompressionLevel? compressionLevel) =>
        new GZipStream(stream, compressionLevel ?? CompressionLevel.Fastest, leaveOpen: true);

    private sealed class Unpacked(Stream packed, int limit) : GZipStream(packed, CompressionMode.Decompress, leaveOpen: true)
    {
        private int _room = limit;

        // The base sends every way of reading here, except copying.
        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = base.Read(buffer, offset, count);
            _room -= read;
            return _room >= 0 ? read : throw new BodyTooLargeException();
        }

        // The library's own stream grows by copying itself: only what is whole and within the limit goes there, in one piece.
        public override void CopyTo(Stream destination, int bufferSize)
        {
            using var whole = RequestBody.Segments();
            for (var segment = whole.GetSpan(); Read(segment) is var read and > 0; segment = whole.GetSpan())
                whole.Advance(read);
            if (destination is MemoryStream { Length: 0 } memory)
                memory.Capacity = (int)whole.Length;
            whole.WriteTo(destination);
        }
    }
}

/// <summary>
/// Unpacking that fails where the packed data breaks off. By default .NET returns what came until then as if it were all;
/// half an export request would be acknowledged.
/// </summary>
public static class StrictGzip
{
    static StrictGzip() => AppContext.SetSwitch("System.IO.Compression.UseStrictValidation", true);

    /// <summary>The runtime reads its switch when it first unpacks anything: this is to be called before.</summary>
    public static void Enable()
    {
        // The static constructor has run.
    }

    /// <summary>Closing it leaves the packed stream open.</summary>
    public static Stream Open(Stream packed) => new GZipStream(packed, CompressionMode.Decompress, leaveOpen: true);
}
