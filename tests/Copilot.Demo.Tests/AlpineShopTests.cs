using Xunit;

namespace Copilot.Demo.Tests;

public sealed class AlpineShopTests
{
    [Fact]
    public void At_least_twelve_services_and_every_call_reaches_an_operation_that_exists()
    {
        Assert.True(AlpineShop.Services.Count >= 12);
        var steps = AlpineShop.Services.Values.SelectMany(s => s.Operations).SelectMany(o => o.Steps).ToList();
        foreach (var shopCall in steps.OfType<ShopCall>())
            Assert.NotNull(AlpineShop.Services[shopCall.Service].Operation(shopCall.Operation));
        foreach (var publish in steps.OfType<Publish>())
            Assert.NotNull(AlpineShop.Services[publish.Consumer].Operation(publish.Operation));
        foreach (var (service, operation, _) in AlpineShop.Entrances)
            Assert.NotNull(AlpineShop.Services[service].Operation(operation));
    }
}
