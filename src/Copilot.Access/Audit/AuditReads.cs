using System.Runtime.CompilerServices;
using Copilot.Store;
using Copilot.Store.Access;
using Microsoft.EntityFrameworkCore;

namespace Copilot.Access.Audit;

/// <summary>Reads the audit log, newest first for people, from its beginning for an export.</summary>
public sealed class AuditReads(IDbContextFactory<CopilotContext> contexts)
{
    public const int Listed = 500;

    private const string Escape = @"\";

    /// <param name="before">Entries before this number; the newest where null.</param>
    /// <param name="words">Only entries that hold these, whatever their case.</param>
    public async Task<IReadOnlyList<AuditEntry>> NewestAsync(int limit, long? before, string? words, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = context.Set<AuditEntryRow>().AsNoTracking();
        if (before is { } end)
            rows = rows.Where(row => row.Seq < end);
        if (!string.IsNullOrWhiteSpace(words))
        {
            var sought =
                "%"
                + words
                    .Trim()
                    .Replace("\\", @"\\", StringComparison.Ordinal)
                    .Replace("%", @"\%", StringComparison.Ordinal)
                    .Replace("_", @"\_", StringComparison.Ordinal)
                + "%";
            rows = rows.Where(row =>
                EF.Functions.ILike(row.Actor, sought, Escape)
                || EF.Functions.ILike(row.Action, sought, Escape)
                || EF.Functions.ILike(row.Target, sought, Escape)
                || EF.Functions.ILike(row.Outcome, sought, Escape)
            );
        }

        var found = await rows.OrderByDescending(row => row.Seq).Take(Math.Clamp(limit, 1, Listed)).ToListAsync(cancellationToken);
        return [.. found.Select(Of)];
    }

    /// <summary>Anchor and entries as they were at one moment, so that retention meanwhile tears nothing apart.</summary>
    public async IAsyncEnumerable<AuditLine> ExportAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var moment = await context.Database.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellationToken);
        var anchor = await context.Set<AuditAnchorRow>().AsNoTracking().FirstAsync(cancellationToken);
        yield return new AuditLine(new AuditAnchor(anchor.Seq, Convert.ToHexStringLower(anchor.Hash), anchor.Until), null);
        var rows = context.Set<AuditEntryRow>().AsNoTracking().OrderBy(row => row.Seq).AsAsyncEnumerable();
        await foreach (var row in rows.WithCancellation(cancellationToken))
            yield return new AuditLine(null, Of(row));
    }

    private static AuditEntry Of(AuditEntryRow row) =>
        new()
        {
            Seq = row.Seq,
            At = row.At,
            Actor = row.Actor,
            Via = row.Via,
            Action = row.Action,
            Target = row.Target,
            Outcome = row.Outcome,
            Previous = Convert.ToHexStringLower(row.Previous),
            Hash = Convert.ToHexStringLower(row.Hash),
        };
}

/// <summary>A line of an export: the anchor first, then the entries.</summary>
public sealed record AuditLine(AuditAnchor? Anchor, AuditEntry? Entry);
