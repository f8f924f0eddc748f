using Copilot.Store.Server;
using Copilot.Testing;
using Xunit;

namespace Copilot.Store.Tests.Server;

/// <summary>Of the instances on one database one leads, and another does as soon as it is gone.</summary>
public sealed class InstanceLeadTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task One_leads_and_the_next_one_when_it_stops()
    {
        await using var first = new InstanceLead(postgres.Database);
        await using var second = new InstanceLead(postgres.Database);
        Assert.True(await first.HoldsAsync(default));
        Assert.True(await first.HoldsAsync(default));
        Assert.False(await second.HoldsAsync(default));
        await first.EndAsync();
        Assert.True(await second.HoldsAsync(default));
        // Whoever stops does not take it back while it does.
        await second.EndAsync();
        Assert.False(await first.HoldsAsync(default));
    }

    [Fact]
    public async Task A_lead_whose_connection_broke_is_lost_whoever_thinks_otherwise()
    {
        await using var first = new InstanceLead(postgres.Database);
        await using var second = new InstanceLead(postgres.Database);
        Assert.True(await first.HoldsAsync(default));
        // As when its machine is gone: the server ends what it holds.
        await postgres.ScalarAsync(
            "select pg_terminate_backend(pid, 5000) from pg_locks where locktype = 'advisory' and objid = hashtext('copilot lead')::oid"
        );
        Assert.True(await second.HoldsAsync(default));
        Assert.False(await first.HoldsAsync(default));
    }

    [Fact]
    public async Task Of_many_that_ask_at_once_one_leads()
    {
        var all = Enumerable.Range(0, 8).Select(_ => new InstanceLead(postgres.Database)).ToList();
        var held = await Task.WhenAll(all.Select(lead => lead.HoldsAsync(default)));
        Assert.Single(held, true);
        foreach (var lead in all)
            await lead.DisposeAsync();
    }
}
