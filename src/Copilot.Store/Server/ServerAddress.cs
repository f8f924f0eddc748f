using Npgsql;

namespace Copilot.Store.Server;

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
