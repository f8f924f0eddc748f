using Microsoft.EntityFrameworkCore;

namespace Copilot.Store;

/// <summary>Contexts on the database. It may be constructed before the database has started, as hosted services are; contexts come after.</summary>
public sealed class CopilotContextFactory : IDbContextFactory<CopilotContext>
{
    private readonly Lazy<DbContextOptions<CopilotContext>> options;

    // A failure is not remembered: whoever asked too early may ask again.
    public CopilotContextFactory(CopilotDatabase database) => options = new(
        () => new DbContextOptionsBuilder<CopilotContext>().UseNpgsql(database.DataSource).Options, LazyThreadSafetyMode.PublicationOnly);

    public CopilotContext CreateDbContext() => new(options.Value);
}
