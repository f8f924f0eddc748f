using Npgsql;

namespace Copilot.Store.Commands;

/// <summary>Runs one read on a connection of its own.</summary>
internal static class Querying
{
    /// <exception cref="QueryTooExpensiveException">The server was reached, and stopped what took too long.</exception>
    /// <exception cref="StoreException">The server cannot be reached, or cannot answer now.</exception>
    public static async Task<List<T>> QueryAsync<T>(
        this CopilotDatabase database,
        Sql sql,
        Func<NpgsqlDataReader, T> map,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await using var command = database.DataSource.CreateCommand();
            command.CommandText = sql.Render(command.Parameters);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            var rows = new List<T>();
            while (await reader.ReadAsync(cancellationToken))
                rows.Add(map(reader));
            return rows;
        }
        catch (NpgsqlException failure) when (QueryTooExpensiveException.Of(failure) is { } tooExpensive)
        {
            throw tooExpensive;
        }
        catch (NpgsqlException failure) when (failure is not PostgresException || failure.IsTransient)
        {
            throw new StoreException($"The store cannot be reached at the moment: {failure.Message} Ask again in a few seconds.", failure);
        }
    }

    public static T? Nullable<T>(this NpgsqlDataReader reader, int column)
        where T : struct => reader.IsDBNull(column) ? null : reader.GetFieldValue<T>(column);

    public static string? Text(this NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
