using Copilot.Access.Keys;
using Copilot.Testing;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Copilot.Access.Tests;

[Trait("needs", "postgres")]
public sealed class KeyTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 3, 0, 30, TimeSpan.Zero));

    [Fact]
    public async Task A_key_may_what_it_was_made_for_and_its_secret_is_nowhere()
    {
        var (ring, store) = Rooms();
        var made = await store.CreateAsync(" collector ", [Permission.Ingest, Permission.Read], null, "ada", CancellationToken.None);
        var found = ring.Find(made.Text)!;
        Assert.Equal(("key collector", CallerKind.Key), (found.Caller.Name, found.Caller.Kind));
        Assert.True(found.Caller.May(Permission.Ingest) && found.Caller.May(Permission.Read));
        Assert.False(found.Caller.May(Permission.Ask) || found.Caller.May(Permission.Act) || found.Caller.May(Permission.Admin));
        var secret = KeyText.Parse(made.Text)!.Secret;
        Assert.Equal(0L, await postgres.ScalarAsync($"select count(*) from access_keys k where k::text like '%{secret}%'"));
    }

    [Fact]
    public async Task Anything_but_the_whole_key_is_none()
    {
        var (ring, store) = Rooms();
        var made = await store.CreateAsync("a", [Permission.Read], null, "ada", CancellationToken.None);
        var other = await store.CreateAsync("b", [Permission.Read], null, "ada", CancellationToken.None);
        var (text, secret) = (KeyText.Parse(made.Text)!, KeyText.Parse(other.Text)!.Secret);
        Assert.Null(ring.Find(new KeyText(text.Id, secret).ToString()));
        Assert.Null(ring.Find(made.Text[..^1]));
        Assert.Null(ring.Find(made.Text.ToUpperInvariant()));
        Assert.Null(ring.Find(""));
        Assert.NotNull(ring.Find($" {made.Text} "));
    }

    [Fact]
    public async Task A_key_ends_when_it_was_said_to()
    {
        var (ring, store) = Rooms();
        var made = await store.CreateAsync("a", [Permission.Read], TimeSpan.FromDays(30), "ada", CancellationToken.None);
        _time.Advance(TimeSpan.FromDays(30) - TimeSpan.FromSeconds(1));
        Assert.NotNull(ring.Find(made.Text));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(ring.Find(made.Text));
        Assert.Null(await store.RotateAsync(made.Key.Id, TimeSpan.Zero, "ada", CancellationToken.None));
    }

    [Fact]
    public async Task Rotation_leaves_the_old_key_good_for_the_overlap_and_no_longer()
    {
        var (ring, store) = Rooms();
        var old = await store.CreateAsync("a", [Permission.Ask], TimeSpan.FromDays(90), "ada", CancellationToken.None);
        _time.Advance(TimeSpan.FromDays(80));
        var made = (await store.RotateAsync(old.Key.Id, TimeSpan.FromDays(1), "bo", CancellationToken.None))!;
        Assert.Equal(
            (old.Key.Name, old.Key.Id, _time.GetUtcNow().AddDays(90)),
            (made.Key.Name, made.Key.Replaces, made.Key.ExpiresAt!.Value)
        );
        Assert.Equal([Permission.Ask], made.Key.Scopes);
        Assert.NotNull(ring.Find(old.Text));
        _time.Advance(TimeSpan.FromDays(1));
        Assert.Null(ring.Find(old.Text));
        Assert.NotNull(ring.Find(made.Text));
    }

    [Fact]
    public async Task A_key_that_is_revoked_here_is_none_at_another_instance_once_that_has_looked()
    {
        var ((ring, store), (other, _)) = (Rooms(), Rooms());
        var made = await store.CreateAsync("a", [Permission.Read], null, "ada", CancellationToken.None);
        await other.ReadAsync(CancellationToken.None);
        Assert.NotNull(other.Find(made.Text));
        Assert.True(await store.RevokeAsync(made.Key.Id, CancellationToken.None));
        Assert.Null(ring.Find(made.Text));
        await other.ReadAsync(CancellationToken.None);
        Assert.Null(other.Find(made.Text));
        Assert.False(await store.RevokeAsync("000000000000", CancellationToken.None));
    }

    [Fact]
    public async Task When_a_key_was_used_is_kept_to_the_minute()
    {
        var (ring, store) = Rooms();
        var made = await store.CreateAsync("a", [Permission.Read], null, "ada", CancellationToken.None);
        Assert.NotNull(ring.Find(made.Text));
        await ring.KeepUseAsync(CancellationToken.None);
        var kept = (await store.ListAsync(CancellationToken.None)).Single(key => key.Id == made.Key.Id);
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 3, 0, 0, TimeSpan.Zero), kept.LastUsedAt);
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("a\nb", 1)]
    [InlineData("a", 0)]
    public async Task A_key_without_a_name_or_a_scope_is_refused(string name, int scopes) =>
        await Assert.ThrowsAsync<ArgumentException>(() =>
            Rooms().Store.CreateAsync(name, Enumerable.Repeat(Permission.Read, scopes).ToList(), null, "ada", CancellationToken.None)
        );

    private (KeyRing Ring, KeyStore Store) Rooms()
    {
        var ring = new KeyRing(postgres.Contexts, _time);
        return (ring, new KeyStore(postgres.Contexts, ring, _time));
    }
}
