using Npgsql;

namespace Copilot.Store.Reads.Commands;

/// <summary>Runs one read on a connection of its own.</summary>
internal static class Querying
{
    public static async Task<List<T>> QueryAsync<T>(
        this CopilotDatabase database, Sql sql, Func<NpgsqlDataReader, T> map, CancellationToken cancellation)
    {
        await using var command = database.DataSource.CreateCommand();
        command.CommandText = sql.Render(command.Parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellation)) rows.Add(map(reader));
        return rows;
    }

    public static T? Nullable<T>(this NpgsqlDataReader reader, int column)
        where T : struct => reader.IsDBNull(column) ? null : reader.GetFieldValue<T>(column);

    public static string? Text(this NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
