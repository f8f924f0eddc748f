using Copilot.Store;
using Copilot.Store.Access;
using Microsoft.EntityFrameworkCore;

namespace Copilot.Access.Keys;

/// <summary>Makes, lists, rotates and revokes keys.</summary>
public sealed class KeyStore(IDbContextFactory<CopilotContext> contexts, KeyRing ring, TimeProvider time)
{
    public const int LongestName = 80;

    public async Task<IReadOnlyList<AccessKey>> ListAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.Set<AccessKeyRow>().AsNoTracking().OrderByDescending(row => row.CreatedAt).ToListAsync(cancellationToken);
        return [.. rows.Select(AccessKey.Of)];
    }

    /// <param name="name">Of the program that will carry it, 1 to 80 characters.</param>
    /// <param name="lasts">Null: until it is revoked.</param>
    /// <exception cref="ArgumentException">The name or the scopes are none.</exception>
    public async Task<NewKey> CreateAsync(
        string name,
        IReadOnlyCollection<Permission> scopes,
        TimeSpan? lasts,
        string by,
        CancellationToken cancellationToken
    )
    {
        name = name.Trim();
        if (name.Length is 0 or > LongestName || name.Any(char.IsControl))
            throw new ArgumentException($"A key needs a name of 1 to {LongestName} characters: that of the program that carries it.");
        if (scopes.Count == 0)
            throw new ArgumentException("A key needs at least one scope: ingest, read, ask, act or admin.");
        if (lasts <= TimeSpan.Zero)
            throw new ArgumentException("A key lasts some time.");
        var now = time.GetUtcNow();
        return await AddAsync(name, scopes, now + lasts, by, replaces: null, cancellationToken);
    }

    /// <summary>Makes another key of the same name and scopes. The old one stays good for the overlap, so that programs can change over one
    /// by one. Null where there is no such key or it is no longer good.</summary>
    public async Task<NewKey?> RotateAsync(string id, TimeSpan overlap, string by, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var now = time.GetUtcNow();
        if (await context.Set<AccessKeyRow>().FindAsync([id], cancellationToken) is not { } row || row.ExpiresAt <= now)
            return null;
        var old = AccessKey.Of(row);
        var text = KeyText.Make();
        var made = Row(text, old.Name, old.Scopes, now, Renewed(old, now), by, id);
        row.ExpiresAt = row.ExpiresAt is { } end && end < now + overlap ? end : now + overlap;
        context.Add(made);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await ring.ReadAsync(cancellationToken);
        return new NewKey(AccessKey.Of(made), text.ToString());
    }

    /// <summary>It is not good from now on. False where there is no such key.</summary>
    public async Task<bool> RevokeAsync(string id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        var known = await context.Set<AccessKeyRow>().AnyAsync(row => row.Id == id, cancellationToken);
        await context
            .Set<AccessKeyRow>()
            .Where(row => row.Id == id && (row.ExpiresAt == null || row.ExpiresAt > now))
            .ExecuteUpdateAsync(row => row.SetProperty(key => key.ExpiresAt, now), cancellationToken);
        await ring.ReadAsync(cancellationToken);
        return known;
    }

    /// <summary>A key that was made for a month gets another month.</summary>
    private static DateTimeOffset? Renewed(AccessKey old, DateTimeOffset now) =>
        old.ExpiresAt is { } end ? now + (end - old.CreatedAt) : null;

    private async Task<NewKey> AddAsync(
        string name,
        IReadOnlyCollection<Permission> scopes,
        DateTimeOffset? expiresAt,
        string by,
        string? replaces,
        CancellationToken cancellationToken
    )
    {
        var text = KeyText.Make();
        var row = Row(text, name, scopes, time.GetUtcNow(), expiresAt, by, replaces);
        await using (var context = await contexts.CreateDbContextAsync(cancellationToken))
        {
            context.Add(row);
            await context.SaveChangesAsync(cancellationToken);
        }

        await ring.ReadAsync(cancellationToken);
        return new NewKey(AccessKey.Of(row), text.ToString());
    }

    private static AccessKeyRow Row(
        KeyText text,
        string name,
        IEnumerable<Permission> scopes,
        DateTimeOffset now,
        DateTimeOffset? expiresAt,
        string by,
        string? replaces
    ) =>
        new()
        {
            Id = text.Id,
            Name = name,
            Hash = text.Hash(),
            Scopes = [.. scopes.Distinct().Order().Select(scope => scope.Word())],
            CreatedAt = now,
            CreatedBy = by,
            ExpiresAt = expiresAt,
            Replaces = replaces,
        };
}
