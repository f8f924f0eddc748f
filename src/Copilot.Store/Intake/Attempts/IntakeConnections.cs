using System.Globalization;
using Npgsql;

namespace Copilot.Store.Intake.Attempts;

/// <summary>How the intake's connections differ from those of reads.</summary>
internal static class IntakeConnections
{
    /// <summary>What the intake's sessions are called in <c>pg_stat_activity</c>.</summary>
    public const string ApplicationName = "copilot intake";

    private const int MostConnections = 12;

    public static string Of(string connectionString, TimeSpan writeLimit)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString) { ApplicationName = ApplicationName, MaxPoolSize = MostConnections, KeepAlive = 15 };
        var limit = (long)writeLimit.TotalMilliseconds;
        // At the session's start, not by SET: those are forgotten whenever the pool hands the connection on.
        builder.Options = string.Create(
            CultureInfo.InvariantCulture,
            $"{builder.Options} -c statement_timeout={limit} -c lock_timeout={limit / 2} -c idle_in_transaction_session_timeout={limit}"
            + $" -c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3 -c tcp_user_timeout={limit}").Trim();
        return builder.ConnectionString;
    }
}
