using Copilot.Testing;
using Xunit;

namespace Copilot.Store.Tests.Server;

public sealed class TestingFixtureTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task A_test_class_gets_a_migrated_database()
    {
        Assert.Equal(0L, await postgres.ScalarAsync("select count(*) from spans"));
        Assert.True((long)(await postgres.ScalarAsync("select count(*) from schema_migrations"))! >= 1);
    }

    [Fact]
    public async Task Contexts_open_on_that_database()
    {
        await using var context = await postgres.Contexts.CreateDbContextAsync();
        Assert.True(await context.Database.CanConnectAsync());
    }
}
