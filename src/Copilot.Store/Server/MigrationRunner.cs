using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Copilot.Store.Server;

/// <summary>
/// Brings a database to the schema of this build: every incremental file once and in order, then every idempotent file
/// whose text changed. Several copilots may start at once on one database: one migrates, the others wait.
/// </summary>
internal sealed class MigrationRunner(NpgsqlDataSource source, IReadOnlyList<MigrationScript> scripts, ILogger logger)
{
    private const long LockKey = 0x636f_7069_6c6f_7401; // "copilot", 1

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        try
        {
            await RunAsync(connection, cancellationToken);
        }
        catch (Exception failure) when (Refused(failure) is { } refused)
        {
            var (role, database) = (connection.UserName, connection.Database);
            throw new StoreException(
                $"The role '{role}' may not do in the database '{database}' what the copilot needs ({refused.MessageText}): its tables are "
                    + $"its own. Let the database's owner say: alter database \"{database}\" owner to \"{role}\"",
                failure
            );
        }
    }

    /// <summary>Since version 15 only a database's owner may make tables in the schema public.</summary>
    private static PostgresException? Refused(Exception failure) =>
        failure as PostgresException is { SqlState: PostgresErrorCodes.InsufficientPrivilege } refused ? refused
        : failure is StoreException { InnerException: PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } inner }
            ? inner
        : null;

    private async Task RunAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await ExecuteAsync(connection, $"select pg_advisory_lock({LockKey})", cancellationToken);
        try
        {
            await ExecuteAsync(
                connection,
                """
                create table if not exists schema_migrations (
                    name       text primary key,
                    checksum   text not null,
                    applied_at timestamptz not null default now()
                )
                """,
                cancellationToken
            );
            var applied = await AppliedAsync(connection, cancellationToken);
            RefuseEdited(applied);
            RefuseNewer(applied);
            foreach (
                var script in scripts
                    .Where(script => applied.GetValueOrDefault(script.Name) != script.Checksum)
                    .OrderBy(script => !script.Incremental)
            )
                await ApplyAsync(connection, script, cancellationToken);
        }
        finally
        {
            await ExecuteAsync(connection, $"select pg_advisory_unlock({LockKey})", CancellationToken.None);
        }
    }

    /// <summary>What a newer version did to the schema is not known here: to go on all the same could lose what it wrote.</summary>
    private void RefuseNewer(Dictionary<string, string> applied)
    {
        var known = scripts.Select(script => script.Name).ToHashSet(StringComparer.Ordinal);
        var newer = applied
            .Keys.Where(name => name.StartsWith("incremental/", StringComparison.Ordinal) && !known.Contains(name))
            .Order(StringComparer.Ordinal)
            .ToList();
        if (newer.Count > 0)
            throw new StoreException(
                $"A newer version of the copilot has used this database (migrations/{string.Join(", migrations/", newer)} is unknown to "
                    + "this one): start that version, or restore a backup that was made before it."
            );
    }

    private void RefuseEdited(Dictionary<string, string> applied)
    {
        var edited = scripts
            .Where(script => script.Incremental && applied.TryGetValue(script.Name, out var sum) && sum != script.Checksum)
            .ToList();
        if (edited.Count > 0)
            throw new StoreException(
                $"{string.Join(", ", edited.Select(script => "migrations/" + script.Name))} was changed after this database had run it. "
                    + "Restore the file as it was and put the change into a new file with a higher number."
            );
    }

    private async Task ApplyAsync(NpgsqlConnection connection, MigrationScript script, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        try
        {
            await ExecuteAsync(connection, script.Sql, cancellationToken);
            await using var note = new NpgsqlCommand(
                "insert into schema_migrations (name, checksum) values ($1, $2) on conflict (name) do update set "
                    + "checksum = $2, applied_at = now()",
                connection
            );
            note.Parameters.Add(new NpgsqlParameter<string> { TypedValue = script.Name });
            note.Parameters.Add(new NpgsqlParameter<string> { TypedValue = script.Checksum });
            await note.ExecuteNonQueryAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (PostgresException failure)
        {
            throw new StoreException(
                $"migrations/{script.Name} failed and was rolled back: {failure.MessageText} (SQL state "
                    + $"{failure.SqlState}, position {failure.Position}).",
                failure
            );
        }

        logger.LogInformation("Ran migrations/{Name}.", script.Name);
    }

    private static async Task<Dictionary<string, string>> AppliedAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var applied = new Dictionary<string, string>(StringComparer.Ordinal);
        await using var command = new NpgsqlCommand("select name, checksum from schema_migrations", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            applied[reader.GetString(0)] = reader.GetString(1);
        return applied;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        // No limit: an index over much telemetry takes its time.
        if (string.IsNullOrWhiteSpace(sql))
            return;
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}

/// <summary>One SQL file that came with the app.</summary>
/// <param name="Name">Its path under <c>migrations/</c>, such as <c>incremental/001-telemetry.sql</c>.</param>
internal sealed record MigrationScript(string Name, string Sql)
{
    private const string Prefix = "migrations/";

    /// <summary>Runs once, ever; else: runs at the start after every change of its text.</summary>
    public bool Incremental => Name.StartsWith("incremental/", StringComparison.Ordinal);

    public string Checksum { get; } =
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql.Replace("\r\n", "\n", StringComparison.Ordinal))));

    public static IReadOnlyList<MigrationScript> Embedded()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return assembly
            .GetManifestResourceNames()
            .Select(name => (Name: name.Replace('\\', '/'), Resource: name))
            .Where(file => file.Name.StartsWith(Prefix, StringComparison.Ordinal))
            .OrderBy(file => file.Name, StringComparer.Ordinal)
            .Select(file =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(file.Resource)!);
                return new MigrationScript(file.Name[Prefix.Length..], reader.ReadToEnd());
            })
            .ToList();
    }
}
