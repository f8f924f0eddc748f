using Copilot.Answers.Conversations;
using Copilot.Answers.Tests.Drafts;
using Copilot.Language.Linking;
using Copilot.Ownership.Catalog;
using Copilot.Ownership.Sources;
using Copilot.Store;
using Copilot.Store.AttributeIndexing;
using Copilot.Telemetry.Spans;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit;

namespace Copilot.Answers.Tests.Conversations;

[Trait("needs", "postgres")]
public sealed class KnownNamesTests(AnsweringRoom room) : IClassFixture<AnsweringRoom>, IAsyncLifetime
{
    private KnownNamesLoader Loader => room.Services.GetRequiredService<KnownNamesLoader>();

    private CopilotDatabase Database => room.Services.GetRequiredService<CopilotDatabase>();

    public Task InitializeAsync() => room.ClearAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task What_came_in_bit_by_bit_is_known_as_if_it_were_read_at_once()
    {
        var about = new Dictionary<string, object> { ["tier"] = "gold" };
        await room.Rows.SpanAsync("till", "GET /carts", 0, 5, attributes: about);
        await IndexAsync(0);
        await Loader.CurrentAsync(default);
        for (var i = 1; i <= 4; i++)
        {
            var root = await room.Rows.SpanAsync("till", "tick " + i, i, 5, kind: SpanKind.Internal);
            await room.Rows.SpanAsync(
                $"shop-{i}",
                $"POST /orders/{i}",
                i,
                5,
                root,
                attributes: new Dictionary<string, object> { ["tier"] = "t" + i }
            );
            await IndexAsync(i);
            await Loader.CurrentAsync(default);
        }

        // A name that was inside a trace first, and a trace's own later.
        var parent = await room.Rows.SpanAsync("till", "GET /carts", 5, 5);
        await room.Rows.SpanAsync("till", "sweep", 5, 5, parent, SpanKind.Internal);
        Assert.False(Assert.Single((await Loader.CurrentAsync(default)).Operations, o => o.Name == "sweep").Entry);
        await room.Rows.SpanAsync("till", "sweep", 6, 5, kind: SpanKind.Internal);
        await IndexAsync(6);

        var grown = await Loader.CurrentAsync(default);
        var whole = (await room.Services.GetRequiredService<KnownNamesReader>().ReadAsync(null, default)).Names;
        Assert.Equal(Told(whole), Told(grown));
        Assert.True(Assert.Single(grown.Operations, o => o.Name == "sweep").Entry);
        Assert.Contains(grown.Values, v => v is { Key: "tier", Service: "shop-4", Value: "t4" });
    }

    [Fact]
    public async Task A_service_that_sends_spans_is_called_by_its_title_in_the_catalogue_too()
    {
        await room.Rows.SpanAsync("app-gateway", "GET /m/trips", 0, 5);
        await room
            .Services.GetRequiredService<CatalogIntake>()
            .PutAsync(
                [
                    new CatalogFile(
                        "apps.yaml",
                        "kind: Component\nmetadata: {name: app-gateway, title: Mobile App Backend}\nspec: {owner: apps}\n"
                    ),
                ],
                CancellationToken.None
            );

        var known = (await Loader.CurrentAsync(default)).Services;

        Assert.Equal(["Mobile App Backend"], Assert.Single(known, s => s.Name == "app-gateway").Aliases);
    }

    [Fact]
    public async Task What_commits_late_is_not_missed()
    {
        await Loader.CurrentAsync(default);
        await using var late = await Database.DataSource.OpenConnectionAsync();
        await using var transaction = await late.BeginTransactionAsync();
        await using var insert = new NpgsqlCommand("insert into services (name) values ('late')", late);
        await insert.ExecuteNonQueryAsync();
        await room.Rows.SpanAsync("early", "GET /", 0, 5);
        var meanwhile = await Loader.CurrentAsync(default);
        await transaction.CommitAsync();

        Assert.Contains(meanwhile.Services, s => s.Name == "early");
        Assert.DoesNotContain(meanwhile.Services, s => s.Name == "late");
        Assert.Contains((await Loader.CurrentAsync(default)).Services, s => s.Name == "late");
    }

    [Fact]
    public async Task A_key_that_gets_very_many_values_names_none_any_more()
    {
        for (var i = 0; i < 150; i++)
            await room.Rows.SpanAsync("till", "GET /", i / 10.0, 5, attributes: new Dictionary<string, object> { ["order"] = "o-" + i });
        await IndexAsync(0);
        Assert.Equal(150, (await Loader.CurrentAsync(default)).Values.Count(v => v.Key == "order"));
        for (var i = 150; i < 220; i++)
            await room.Rows.SpanAsync("till", "GET /", i / 10.0, 5, attributes: new Dictionary<string, object> { ["order"] = "o-" + i });
        await IndexAsync(0);

        var names = await Loader.CurrentAsync(default);
        Assert.DoesNotContain(names.Values, v => v.Key == "order");
        Assert.True(Assert.Single(names.Attributes, a => a.Key == "order").ManyValues);
    }

    private async Task IndexAsync(double at)
    {
        await using var note = Database.DataSource.CreateCommand("insert into pending_minutes (pass, minute_ns) values (2, $1)");
        note.Parameters.AddWithValue(room.Rows.Window(Math.Floor(at / 60) * 60, 0).FromNs);
        await note.ExecuteNonQueryAsync();
        await room.Services.GetRequiredService<AttributeIndexUpdater>().CatchUpAsync(default);
    }

    private static List<string> Told(KnownNames names) =>
        [
            .. names
                .Services.Select(s => s.ToString().Replace(s.Aliases.ToString()!, "", StringComparison.Ordinal))
                .Concat(names.Operations.Select(o => o.ToString()))
                .Concat(names.Attributes.Select(a => a.ToString()))
                .Concat(names.Values.Select(v => (v with { Seen = 0 }).ToString()))
                .Order(StringComparer.Ordinal),
        ];
}
