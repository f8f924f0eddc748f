using System.Globalization;
using Npgsql;

namespace Copilot.Store.Server;

/// <summary>The managed server's settings, written beside its data at every start.</summary>
internal static class ServerSettings
{
    public const string FileName = "copilot.conf";

    /// <summary>The part of what is free on the disk that the log of writes may take.</summary>
    private const int LogShare = 20;

    /// <param name="freeDisk">Bytes that are free where the data lie.</param>
    public static string Write(string? socketFolder, int port, int maxConnections, bool durable, long freeDisk)
    {
        var log = Math.Clamp((freeDisk >> 20) / LogShare, 512, 4096);
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 20;
        var shared = Math.Clamp(memory / 10, 64, durable ? 1024 : 128);
        var lines = new List<string>
        {
            "# Written by the copilot at every start; settings of your own belong into custom.conf.",
            socketFolder is null ? "listen_addresses = '127.0.0.1'" : "listen_addresses = ''",
            $"unix_socket_directories = '{socketFolder?.Replace("'", "''", StringComparison.Ordinal)}'",
            "unix_socket_permissions = 0700",
            Invariant($"port = {port}"),
            Invariant($"max_connections = {maxConnections + 15}"),
            Invariant($"shared_buffers = {shared}MB"),
            Invariant($"effective_cache_size = {Math.Max(256, memory / 2)}MB"),
            "work_mem = 32MB",
            "maintenance_work_mem = 128MB",
            // Two cores: one helper a query, and no compiling of queries that run for milliseconds.
            "max_worker_processes = 6",
            "max_parallel_workers = 2",
            "max_parallel_workers_per_gather = 1",
            "jit = off",
            "random_page_cost = 1.1",
            // Telemetry arrives in bulk: few, long checkpoints; every full page image after one costs.
            "checkpoint_timeout = 15min",
            // At 10,000 spans a second 4 GB are filled in a quarter of an hour; a small disk is needed for spans.
            Invariant($"max_wal_size = {log}MB"),
            "min_wal_size = 256MB",
            "wal_buffers = 16MB",
            "max_wal_senders = 0",
            "wal_level = minimal",
            "autovacuum_naptime = 30s",
            // A query over a long window touches many partitions, each of which takes locks.
            "max_locks_per_transaction = 512",
            "timezone = 'UTC'",
            "log_timezone = 'UTC'",
            "logging_collector = on",
            "log_directory = 'log'",
            "log_filename = 'postgres-%a.log'",
            "log_truncate_on_rotation = on",
            "log_rotation_age = 1d",
            "log_rotation_size = 0",
            "log_checkpoints = off",
            "password_encryption = 'scram-sha-256'",
        };
        if (!durable)
            lines.AddRange(["fsync = off", "synchronous_commit = off", "full_page_writes = off", "autovacuum = off"]);
        lines.Add("include_if_exists = 'custom.conf'");
        return string.Join('\n', lines) + "\n";
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>How to reach a server: a socket's folder or a host, and who may.</summary>
internal sealed record ServerAddress(string Host, int Port, string User, string Password)
{
    public string ConnectionString(string database, int maxConnections) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = Host,
            Port = Port,
            Username = User,
            Password = Password,
            Database = database,
            MaxPoolSize = maxConnections,
            Timeout = 10,
            ApplicationName = "copilot",
        }.ConnectionString;

    public override string ToString() => $"{Host}:{Port}";
}
