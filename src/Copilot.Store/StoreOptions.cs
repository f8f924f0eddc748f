namespace Copilot.Store;

/// <summary>Where the telemetry lives. Bound from the section <c>Store</c>; the connection string from
/// <c>ConnectionStrings:Copilot</c>.</summary>
public sealed record StoreOptions
{
    /// <summary>A Postgres 15 or later of the user's own; null: the managed server.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>The folder of the managed server's data, password and logs.</summary>
    public string DataFolder { get; init; } = DefaultDataFolder();

    /// <summary>The folder of <c>initdb</c>, <c>pg_ctl</c> and <c>postgres</c>; null: found on PATH, then in the distributions'
    /// places.</summary>
    public string? PostgresBinaries { get; init; }

    /// <summary>Who runs the managed server when the app is root, which Postgres refuses to be.</summary>
    public string RunAs { get; init; } = "postgres";

    /// <summary>False gives up durability for speed. Only for tests.</summary>
    public bool Durable { get; init; } = true;

    /// <summary>How many connections the app opens at most.</summary>
    public int MaxConnections { get; init; } = 40;

    /// <summary>
    /// How long one transaction of the intake may take. The server ends what takes longer; a server process that does not even end then
    /// is taken for stuck and ended by force, and the batch is written again on a fresh connection.
    /// </summary>
    public TimeSpan WriteLimit { get; init; } = TimeSpan.FromSeconds(15);

    private static string DefaultDataFolder() =>
        Environment.IsPrivilegedProcess
            ? "/var/lib/observability-copilot"
            : Path.Combine(
                Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
                "observability-copilot"
            );
}
