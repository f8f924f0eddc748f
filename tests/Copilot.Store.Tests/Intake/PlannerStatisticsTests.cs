using Copilot.Store.Intake;
using Copilot.Testing;
using Xunit;

namespace Copilot.Store.Tests.Intake;

public sealed class PlannerStatisticsTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private readonly PlannerStatistics _statistics = new(postgres.Database);

    [Fact]
    public async Task Only_what_has_grown_is_looked_at()
    {
        await postgres.ScalarAsync("create table whole (at int, text text) partition by range (at)");
        for (var part = 0; part < 40; part++)
            await postgres.ScalarAsync($"create table whole_{part} partition of whole for values from ({part}) to ({part + 1})");
        await postgres.ScalarAsync("insert into whole select i % 40, repeat('x', 100) from generate_series(1, 8000) i");
        Assert.Contains("whole", await _statistics.AnalyzeAsync(CancellationToken.None));
        Assert.Equal(8000d, await postgres.ScalarAsync("select reltuples::float8 from pg_class where relname = 'whole'"));

        // Nothing is pending.
        Assert.Empty(await _statistics.AnalyzeAsync(CancellationToken.None));

        // One of forty partitions got more: the others stay as they were.
        await postgres.ScalarAsync("insert into whole select 7, repeat('x', 100) from generate_series(1, 200) i");
        Assert.Equal(["whole_7"], await _statistics.AnalyzeAsync(CancellationToken.None));
    }
}
