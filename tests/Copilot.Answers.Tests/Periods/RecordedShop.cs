using Xunit;

namespace Copilot.Answers.Tests.Periods;

/// <summary>The recorded shop, read once for all who ask about it.</summary>
public sealed class RecordedShop : IAsyncLifetime
{
    private readonly Lazy<Task<WorldRoom>> _world = new(() => WorldRoom.OpenAsync(Folder));

    internal static string Folder => Material.Get("shared/worlds/harbor");

    internal Task<WorldRoom> OpenAsync() => _world.Value;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_world.IsValueCreated)
            await (await _world.Value).DisposeAsync();
    }
}

[CollectionDefinition(Name)]
public sealed class RecordedShopCollection : ICollectionFixture<RecordedShop>
{
    public const string Name = "recorded shop";
}
