using Npgsql;

namespace Copilot.Store.Intake.Dictionaries;

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
        params NpgsqlParameter[] parameters)
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
