using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Copilot.Access.Audit;

/// <summary>
/// What holds the entries together. The hash of an entry is SHA-256 over the hash of the one before it and then each member in the order
/// of <see cref="Members"/>, each as its length in bytes (four bytes, the highest first) and its UTF-8: nothing can move between members.
/// </summary>
public static class AuditChain
{
    public const string Beginning = "0000000000000000000000000000000000000000000000000000000000000000";

    public static string Hash(AuditEntry entry)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Convert.FromHexString(entry.Previous));
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (var member in Members(entry))
        {
            var bytes = Encoding.UTF8.GetBytes(member);
            BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The next entry after one of this number and hash.</summary>
    public static AuditEntry Next(long seq, string previous, DateTimeOffset at, AuditEvent what)
    {
        var entry = new AuditEntry
        {
            Seq = seq + 1,
            At = at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMicrosecond)),
            Actor = what.Actor,
            Via = what.Via,
            Action = what.Action,
            Target = what.Target,
            Outcome = what.Outcome,
            Previous = previous,
            Hash = "",
        };
        return entry with { Hash = Hash(entry) };
    }

    private static IEnumerable<string> Members(AuditEntry entry) =>
        [
            entry.Seq.ToString(System.Globalization.CultureInfo.InvariantCulture),
            entry.At.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", System.Globalization.CultureInfo.InvariantCulture),
            entry.Actor,
            entry.Via,
            entry.Action,
            entry.Target,
            entry.Outcome,
        ];
}

/// <summary>Follows a log from its beginning; what does not fit is told in a sentence.</summary>
public sealed class AuditCheck(AuditAnchor anchor)
{
    /// <summary>The last entry that fits; the anchor before any.</summary>
    public (long Seq, string Hash) Head { get; private set; } = (anchor.Seq, anchor.Hash);

    public long Count { get; private set; }

    /// <summary>Null where the entry follows on the one before it.</summary>
    public string? Follow(AuditEntry entry)
    {
        if (entry.Seq != Head.Seq + 1)
            return $"After entry {Head.Seq} comes {entry.Seq}: entries in between are missing, or one was put in.";
        if (entry.Previous != Head.Hash)
            return $"Entry {entry.Seq} does not follow on entry {Head.Seq}: that one was changed or exchanged.";
        if (AuditChain.Hash(entry) != entry.Hash)
            return $"Entry {entry.Seq} was changed: its hash is not that of what it says.";
        Head = (entry.Seq, entry.Hash);
        Count++;
        return null;
    }
}
