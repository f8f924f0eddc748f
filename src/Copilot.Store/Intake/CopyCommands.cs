using Npgsql;

namespace Copilot.Store.Intake;

/// <summary>Sends a finished buffer of rows.</summary>
internal static class CopyCommands
{
    public static async Task CopyAsync(
        this NpgsqlConnection connection,
        string table,
        string columns,
        CopyBuffer rows,
        CancellationToken cancellationToken
    )
    {
        if (rows.Rows == 0)
            return;
        await using var stream = await connection.BeginRawBinaryCopyAsync(
            $"copy {table} ({columns}) from stdin (format binary)",
            cancellationToken
        );
        await stream.WriteAsync(rows.Complete(), cancellationToken);
    }

    public static async Task<int> ExecuteAsync(this NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
