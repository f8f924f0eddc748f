using Copilot.Access.Audit;
using Copilot.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Xunit;

namespace Copilot.Access.Tests;

[Trait("needs", "postgres")]
public sealed class AuditTests : IAsyncLifetime
{
    private readonly PostgresFixture _postgres = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 3, 0, 0, TimeSpan.Zero).AddTicks(7));

    public Task InitializeAsync() => _postgres.InitializeAsync();

    public Task DisposeAsync() => _postgres.DisposeAsync();

    [Fact]
    public async Task Two_instances_write_one_chain_that_holds()
    {
        using var one = await StartAsync();
        using var two = await StartAsync();
        await Task.WhenAll(
            Enumerable
                .Range(0, 100)
                .Select(i => (i % 2 == 0 ? one : two).RecordAsync(Event($"entry {i} \ud83d\ude00 \0 \ud800 'x'"), CancellationToken.None))
        );
        var (check, wrong) = await FollowAsync();
        Assert.Null(wrong);
        Assert.Equal(100, check.Count);
    }

    [Fact]
    public async Task What_was_noted_is_written_before_it_stops()
    {
        using (var log = await StartAsync())
        {
            for (var i = 0; i < 500; i++)
                log.Note(Event("looked at"));
            await log.StopAsync(CancellationToken.None);
        }

        Assert.Equal(500, (await FollowAsync()).Check.Count);
    }

    [Theory]
    [InlineData("update audit_entries set actor = 'eve' where seq = 3")]
    [InlineData("delete from audit_entries where seq = 3")]
    [InlineData("truncate audit_entries")]
    public async Task The_database_refuses_to_change_it(string statement)
    {
        await WriteAsync(5);
        var refused = await Assert.ThrowsAsync<PostgresException>(() => _postgres.ScalarAsync(statement));
        Assert.Contains("appended to", refused.MessageText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("update audit_entries set actor = 'eve' where seq = 3", "Entry 3 was changed")]
    [InlineData("update audit_entries set target = 'y', actor = actor || 'x' where seq = 1", "Entry 1 was changed")]
    [InlineData("delete from audit_entries where seq = 3", "After entry 2 comes 4")]
    [InlineData("delete from audit_entries where seq <= 2", "After entry 0 comes 3")]
    [InlineData("update audit_entries set hash = sha256('x') where seq = 2", "Entry 2 was changed")]
    [InlineData("update audit_anchor set hash = sha256('x')", "Entry 1 does not follow")]
    public async Task Whoever_gets_round_that_is_found_out(string statement, string told)
    {
        await WriteAsync(5);
        await _postgres.ScalarAsync("alter table audit_entries disable trigger user");
        await _postgres.ScalarAsync(statement);
        Assert.StartsWith(told, (await FollowAsync()).Wrong, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Retention_takes_the_oldest_and_the_rest_still_holds()
    {
        await WriteAsync(3);
        _time.Advance(TimeSpan.FromDays(20));
        await WriteAsync(2);
        var upkeep = new AuditUpkeep(
            _postgres.Contexts,
            new AuditLogOptions { KeepFor = TimeSpan.FromDays(10) },
            _time,
            NullLogger<AuditUpkeep>.Instance
        );
        Assert.Equal(3, await upkeep.ForgetAsync(CancellationToken.None));
        Assert.Equal(0, await upkeep.ForgetAsync(CancellationToken.None));
        await WriteAsync(1);
        var (check, wrong) = await FollowAsync();
        Assert.Null(wrong);
        Assert.Equal((3, 6), (check.Count, check.Head.Seq));
        _time.Advance(TimeSpan.FromDays(20));
        Assert.Equal(3, await upkeep.ForgetAsync(CancellationToken.None));
        await WriteAsync(1);
        Assert.Equal((1, 7), ((await FollowAsync()).Check.Count, (await FollowAsync()).Check.Head.Seq));
    }

    [Fact]
    public async Task People_find_entries_by_words_and_no_sign_of_theirs_is_a_pattern()
    {
        using var log = await StartAsync();
        await log.RecordAsync(new AuditEvent("Ada (1)", "browser", "incident.resolve", "i_1"), CancellationToken.None);
        await log.RecordAsync(new AuditEvent("Bo (2)", "browser", "question.ask", "100% of it"), CancellationToken.None);
        var reads = new AuditReads(_postgres.Contexts);
        Assert.Equal("i_1", Assert.Single(await reads.NewestAsync(10, null, "ada", CancellationToken.None)).Target);
        Assert.Equal("Bo (2)", Assert.Single(await reads.NewestAsync(10, null, "0%", CancellationToken.None)).Actor);
        Assert.Empty(await reads.NewestAsync(10, null, "i%1", CancellationToken.None));
        Assert.Equal(1, Assert.Single(await reads.NewestAsync(10, 2, null, CancellationToken.None)).Seq);
    }

    private static AuditEvent Event(string target) => new("Ada (1)", "api", "test.do", target);

    private async Task WriteAsync(int count)
    {
        using var log = await StartAsync();
        for (var i = 0; i < count; i++)
            await log.RecordAsync(Event($"entry {i}"), CancellationToken.None);
    }

    private async Task<AuditLog> StartAsync()
    {
        var log = new AuditLog(_postgres.Contexts, _time, NullLogger<AuditLog>.Instance);
        await log.StartAsync(CancellationToken.None);
        return log;
    }

    private async Task<(AuditCheck Check, string? Wrong)> FollowAsync()
    {
        AuditCheck? check = null;
        await foreach (var line in new AuditReads(_postgres.Contexts).ExportAsync(CancellationToken.None))
        {
            if (line.Anchor is { } anchor)
                check = new AuditCheck(anchor);
            else if (check!.Follow(line.Entry!) is { } wrong)
                return (check, wrong);
        }

        return (check!, null);
    }
}
