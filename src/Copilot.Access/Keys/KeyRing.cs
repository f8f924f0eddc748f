using System.Collections.Concurrent;
using System.Security.Cryptography;
using Copilot.Store;
using Copilot.Store.Access;
using Microsoft.EntityFrameworkCore;

namespace Copilot.Access.Keys;

/// <summary>The keys that are good, in memory: telemetry comes thousands of times a second, and the store may be away meanwhile.</summary>
public sealed class KeyRing(IDbContextFactory<CopilotContext> contexts, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> _used = new(StringComparer.Ordinal);
    private volatile IReadOnlyDictionary<string, Held> _keys = new Dictionary<string, Held>();

    /// <summary>The key that a program carries; null where it is none, or no longer good.</summary>
    /// <param name="text">What came after <c>Bearer</c>.</param>
    public AccessKey? Find(string text)
    {
        if (KeyText.Parse(text) is not { } parsed || !_keys.TryGetValue(parsed.Id, out var held))
            return null;
        // The secret is compared in constant time: how long it takes tells nothing of it.
        if (!CryptographicOperations.FixedTimeEquals(parsed.Hash(), held.Hash) || !held.Key.IsGood(time.GetUtcNow()))
            return null;
        _used[parsed.Id] = time.GetUtcNow();
        return held.Key;
    }

    /// <summary>Whether a key that is known by its id is still good.</summary>
    public bool IsGood(string id) => _keys.TryGetValue(id, out var held) && held.Key.IsGood(time.GetUtcNow());

    /// <summary>Takes over what the store holds, other instances' keys among it.</summary>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.Set<AccessKeyRow>().AsNoTracking().ToListAsync(cancellationToken);
        _keys = rows.ToDictionary(row => row.Id, row => new Held(AccessKey.Of(row), row.Hash), StringComparer.Ordinal);
    }

    /// <summary>Writes when keys were used, to the minute: which key nobody uses any more is all that it is for.</summary>
    public async Task KeepUseAsync(CancellationToken cancellationToken)
    {
        foreach (var (id, at) in _used.ToArray())
        {
            var minute = at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMinute));
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            await context
                .Set<AccessKeyRow>()
                .Where(row => row.Id == id && (row.LastUsedAt == null || row.LastUsedAt < minute))
                .ExecuteUpdateAsync(row => row.SetProperty(key => key.LastUsedAt, minute), cancellationToken);
            _used.TryRemove(new(id, at));
        }
    }

    private sealed record Held(AccessKey Key, byte[] Hash);
}
