using System.Net.Sockets;
using Copilot.Store;
using Copilot.Web.Hosting;
using Npgsql;
using Xunit;

namespace Copilot.Web.Tests.Hosting;

public sealed class StoreTroubleTests
{
    [Fact]
    public void A_store_that_is_away_is_told_however_it_was_met()
    {
        var refused = new NpgsqlException("Failed to connect", new SocketException((int)SocketError.ConnectionRefused));
        Assert.NotNull(StoreFailure.Of(refused));
        Assert.NotNull(
            StoreFailure.Of(
                new InvalidOperationException("An exception has been raised that is likely due to a transient failure.", refused)
            )
        );
        Assert.Equal("Come back later.", StoreFailure.Of(new StoreException("Come back later.")));
    }

    [Fact]
    public void A_defect_is_not_blamed_on_the_store() =>
        Assert.Null(StoreFailure.Of(new InvalidOperationException("A defect.", new FormatException("of ours"))));
}
