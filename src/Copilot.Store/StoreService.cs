using Microsoft.Extensions.Hosting;

namespace Copilot.Store;

/// <summary>Starts the database before anything that needs it, and stops it after.</summary>
internal sealed class StoreService(CopilotDatabase database) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => database.StartAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => database.StopAsync();
}
