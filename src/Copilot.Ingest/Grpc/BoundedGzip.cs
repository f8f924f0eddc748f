using System.IO.Compression;
using Copilot.Ingest.Otlp;
using Grpc.Net.Compression;

namespace Copilot.Ingest.Grpc;

/// <summary>gRPC's gzip, with an end: the library limits what arrives, not what comes out of it.</summary>
internal sealed class BoundedGzip(int limit) : ICompressionProvider
{
    public string EncodingName => "gzip";

    public Stream CreateDecompressionStream(Stream stream) => new Unpacked(stream, limit);

    public Stream CreateCompressionStream(Stream stream, CompressionLevel? compressionLevel) =>
        new GZipStream(stream, compressionLevel ?? CompressionLevel.Fastest, leaveOpen: true);

    private sealed class Unpacked(Stream packed, int limit) : GZipStream(packed, CompressionMode.Decompress, leaveOpen: true)
    {
        private int room = limit;

        // The base sends every way of reading here, except copying.
        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = base.Read(buffer, offset, count);
            room -= read;
            return room >= 0 ? read : throw new BodyTooLargeException();
        }

        // The library's own stream grows by copying itself: only what is whole and within the limit goes there, in one piece.
        public override void CopyTo(Stream destination, int bufferSize)
        {
            using var whole = RequestBody.Segments();
            for (var segment = whole.GetSpan(); Read(segment) is var read and > 0; segment = whole.GetSpan()) whole.Advance(read);
            if (destination is MemoryStream { Length: 0 } memory) memory.Capacity = (int)whole.Length;
            whole.WriteTo(destination);
        }
    }
}
