using System.Globalization;
using Copilot.Store;
using Copilot.Store.Ownership;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Copilot.Ownership.Sources;

/// <summary>Reads every source on a schedule. One that cannot be read leaves what it brought last in use, with the error beside
/// it.</summary>
public sealed class CatalogRefresh(
    IEnumerable<ICatalogSource> sources,
    CatalogIntake intake,
    IDbContextFactory<CopilotContext> contexts,
    CatalogOptions options,
    TimeProvider time,
    ILogger<CatalogRefresh> log
) : BackgroundService
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _one = new(1, 1);

    public override void Dispose()
    {
        _one.Dispose();
        base.Dispose();
    }

    /// <summary>Reads all of them now.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            foreach (var source in sources)
                await RefreshAsync(source, cancellationToken);
        }
        finally
        {
            _one.Release();
        }
    }

    public async Task<IReadOnlyList<CatalogSourceRow>> ListAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Set<CatalogSourceRow>().AsNoTracking().OrderBy(source => source.Name).ToListAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var forgotten = false;
        try
        {
            while (true)
            {
                try
                {
                    if (!forgotten)
                        await intake.ForgetOtherSourcesAsync([.. sources.Select(source => source.Name)], stoppingToken);
                    forgotten = true;
                    await RunAsync(stoppingToken);
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    log.LogError(e, "The catalogue's sources could not be refreshed; trying again");
                }

                await Task.Delay(options.RefreshEvery > ShortestPause ? options.RefreshEvery : ShortestPause, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The app stops.
        }
    }

    private async Task RefreshAsync(ICatalogSource source, CancellationToken cancellationToken)
    {
        string? error;
        int? files = null;
        try
        {
            var read = await source.ReadAsync(cancellationToken);
            var refused = await intake.ReplaceAsync(source.Name, read, cancellationToken);
            files = read.Count - refused.Count;
            error = refused is [var first, ..]
                ? $"{(refused.Count == 1 ? "One file is" : string.Create(CultureInfo.InvariantCulture, $"{refused.Count} files are"))} "
                    + $"left out. {first.Path}: {first.Error}."
                : null;
        }
        catch (CatalogSourceException e)
        {
            error = e.Message;
        }

        if (error is not null)
            log.LogWarning(
                "The catalogue's source {Source} could not be read{Extent}: {Reason}",
                source.Name,
                files is null ? "" : " as a whole",
                error
            );

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await context.Set<CatalogSourceRow>().FindAsync([source.Name], cancellationToken);
        if (row is null)
            context.Add(
                row = new CatalogSourceRow
                {
                    Name = source.Name,
                    Kind = source.Kind,
                    Place = source.Place,
                }
            );
        (row.Kind, row.Place, row.TriedAt, row.Error) = (source.Kind, source.Place, time.GetUtcNow(), error);
        if (files is { } taken)
            (row.RefreshedAt, row.Files) = (row.TriedAt, taken);
        await context.SaveChangesAsync(cancellationToken);
    }
}
