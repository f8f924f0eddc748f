using Xunit;

namespace Copilot.EndToEnd.Journeys;

/// <summary>Pages that are looked at in one and the same app: each start of one costs seconds, and calls are counted minutes later.</summary>
[CollectionDefinition(Name)]
public sealed class PagesOfTheShop : ICollectionFixture<ShopFixture>
{
    public const string Name = "pages of the shop";
}
