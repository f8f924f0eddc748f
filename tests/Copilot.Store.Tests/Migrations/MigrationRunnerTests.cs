using Copilot.Store.Server;
using Copilot.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Copilot.Store.Tests.Migrations;

public sealed class MigrationRunnerTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task An_incremental_file_runs_once_and_starting_again_changes_nothing()
    {
        MigrationScript[] scripts = [new("incremental/900-once.sql", "create table once (n int); insert into once values (1);")];
        await RunAsync(scripts);
        await RunAsync(scripts);
        Assert.Equal(1L, await postgres.ScalarAsync("select count(*) from once"));
    }

    [Fact]
    public async Task An_edited_incremental_file_is_refused_by_name()
    {
        await RunAsync([new("incremental/901-edited.sql", "create table edited (n int);")]);
        var refused = await Assert.ThrowsAsync<StoreException>(() =>
            RunAsync([new("incremental/901-edited.sql", "create table edited (m int);")])
        );
        Assert.Contains("migrations/incremental/901-edited.sql", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_idempotent_file_runs_again_when_its_text_changed()
    {
        await RunAsync([new("idempotent/answer.sql", "create or replace function answer() returns int language sql as $$ select 1; $$;")]);
        await RunAsync([new("idempotent/answer.sql", "create or replace function answer() returns int language sql as $$ select 2; $$;")]);
        Assert.Equal(2, await postgres.ScalarAsync("select answer()"));
    }

    [Fact]
    public async Task Incremental_files_run_before_idempotent_ones()
    {
        await RunAsync([
            new("idempotent/a.sql", "create or replace view seen as select n from seen_base;"),
            new("incremental/902-base.sql", "create table seen_base (n int);"),
        ]);
        Assert.Equal(0L, await postgres.ScalarAsync("select count(*) from seen"));
    }

    [Fact]
    public async Task A_failing_file_is_rolled_back_whole_and_named()
    {
        var failed = await Assert.ThrowsAsync<StoreException>(() =>
            RunAsync([new("incremental/903-broken.sql", "create table half (n int); select nonsense;")])
        );
        Assert.Contains("903-broken.sql", failed.Message, StringComparison.Ordinal);
        Assert.Null(await postgres.ScalarAsync("select to_regclass('half')::text"));
    }

    [Fact]
    public async Task A_role_that_may_not_make_tables_is_told_with_what_its_database_owner_has_to_say()
    {
        await postgres.ScalarAsync("create role guest login password 'guest'");
        try
        {
            await using var database = new CopilotDatabase(
                new StoreOptions
                {
                    ConnectionString = new Npgsql.NpgsqlConnectionStringBuilder(postgres.ConnectionString)
                    {
                        Username = "guest",
                        Password = "guest",
                    }.ConnectionString,
                },
                NullLoggerFactory.Instance,
                TimeProvider.System
            );
            var refused = await Assert.ThrowsAsync<StoreException>(() => database.StartAsync(CancellationToken.None));
            Assert.Contains("The role 'guest'", refused.Message, StringComparison.Ordinal);
            Assert.EndsWith("owner to \"guest\"", refused.Message, StringComparison.Ordinal);
            Assert.Single(refused.Message.Split('\n'));
        }
        finally
        {
            await postgres.ScalarAsync("drop role guest");
        }
    }

    [Fact]
    public async Task Two_that_start_at_once_run_each_file_once()
    {
        MigrationScript[] scripts =
        [
            new("incremental/904-slow.sql", "create table slow (n int); select pg_sleep(0.2); insert into slow values (1);"),
        ];
        await RunAsync([]);
        await Task.WhenAll(ReadyAsync(scripts), ReadyAsync(scripts), ReadyAsync(scripts));
        Assert.Equal(1L, await postgres.ScalarAsync("select count(*) from slow"));
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_refused_with_what_to_do()
    {
        await RunAsync([new("incremental/905-now.sql", "create table now_there (n int);"), new("incremental/906-later.sql", "select 1;")]);
        var refused = await Assert.ThrowsAsync<StoreException>(() =>
            ReadyAsync([new("incremental/905-now.sql", "create table now_there (n int);")])
        );
        Assert.Contains("migrations/incremental/906-later.sql is unknown to this one", refused.Message, StringComparison.Ordinal);
        Assert.Contains("a backup that was made before it", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>As if nothing else had ever run on this database, which the tests share.</summary>
    private async Task RunAsync(IReadOnlyList<MigrationScript> scripts)
    {
        var own = string.Join(", ", scripts.Select(script => $"'{script.Name}'").Append("''"));
        await postgres.ScalarAsync($"delete from schema_migrations where name like 'incremental/%' and name not in ({own})");
        await ReadyAsync(scripts);
    }

    private Task ReadyAsync(IReadOnlyList<MigrationScript> scripts) =>
        new MigrationRunner(postgres.Database.DataSource, scripts, NullLogger.Instance).RunAsync(CancellationToken.None);
}
