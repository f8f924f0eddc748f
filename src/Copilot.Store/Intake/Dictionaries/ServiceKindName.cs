using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Copilot.Store.Intake.Dictionaries;

/// <summary>An operation's key as bytes (service id, kind, name), so that a span's name is looked up without making a string of it.</summary>
internal sealed class ServiceKindName : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
{
    public const int HeadLength = 5;

    public static ServiceKindName Comparer { get; } = new();

    public static int Write(Span<byte> key, int serviceId, byte kind, ReadOnlySpan<byte> name)
    {
        BinaryPrimitives.WriteInt32LittleEndian(key, serviceId);
        key[4] = kind;
        name.CopyTo(key[HeadLength..]);
        return HeadLength + name.Length;
    }

    public static (int ServiceId, byte Kind) ReadHead(ReadOnlySpan<byte> key) => (BinaryPrimitives.ReadInt32LittleEndian(key), key[4]);

    public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

    public int GetHashCode([DisallowNull] byte[] obj) => GetHashCode(obj.AsSpan());

    public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();

    public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

    public int GetHashCode(ReadOnlySpan<byte> alternate)
    {
        var hash = new HashCode();
        hash.AddBytes(alternate);
        return hash.ToHashCode();
    }
}
