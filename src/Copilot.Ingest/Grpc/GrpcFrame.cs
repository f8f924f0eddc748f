using System.Buffers.Binary;

namespace Copilot.Ingest.Grpc;

/// <summary>gRPC's frame around a message: a flag that says "compressed", and the length.</summary>
internal static class GrpcFrame
{
    public const int HeadLength = 5;

    /// <summary>Reads the head; null at the end of the stream.</summary>
    /// <exception cref="InvalidDataException">The stream ends within the head, or the flag is none.</exception>
    public static async Task<(bool Compressed, uint Length)?> ReadHeadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var head = new byte[HeadLength];
        var read = await stream.ReadAtLeastAsync(head, HeadLength, throwOnEndOfStream: false, cancellationToken);
        if (read == 0) return null;
        if (read < HeadLength || head[0] > 1) throw new InvalidDataException("The request is no gRPC message.");
        return (head[0] == 1, BinaryPrimitives.ReadUInt32BigEndian(head.AsSpan(1)));
    }

    public static byte[] Write(ReadOnlySpan<byte> message)
    {
        var frame = new byte[HeadLength + message.Length];
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(1), (uint)message.Length);
        message.CopyTo(frame.AsSpan(HeadLength));
        return frame;
    }
}
