using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using Copilot.Store.Intake;
using Npgsql;

namespace Copilot.Store.Writers;

/// <summary>Inserts into a dictionary that other writers insert into at the same time.</summary>
internal static class DictionaryInsert
{
    private const int Attempts = 5;

    /// <summary>
    /// Runs an insert that returns what it added and what was there. A row that another writer committed in between is in neither part
    /// (one statement sees one snapshot), so the statement is run again until all are seen.
    /// </summary>
    public static async Task InsertAsync(
        this CopilotDatabase database,
        string sql,
        int expected,
        Action<NpgsqlDataReader> read,
        CancellationToken cancellationToken,
        params NpgsqlParameter[] parameters
    )
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            await using var connection = await database.Intake.OpenConnectionAsync(cancellationToken);
            await using var command = new NpgsqlCommand(sql, connection);
            foreach (var parameter in parameters)
                command.Parameters.Add(parameter.Clone());
            var seen = 0;
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                read(reader);
                seen++;
            }

            if (seen >= expected)
                return;
        }

        throw new StoreUnavailableException("The store's dictionaries are changing too fast; the request may be sent again.");
    }
}

/// <summary>An operation's key as bytes (service id, kind, name), so that a span's name is looked up without making a string of
/// it.</summary>
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
