namespace Copilot.Store.Intake;

/// <summary>Tells Postgres' planner about what was loaded: autovacuum would, but only minutes later.</summary>
internal sealed class PlannerStatistics(CopilotDatabase database) : ITelemetryCatchUp
{
    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        await using var command = database.DataSource.CreateCommand("analyze");
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
