using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Copilot.Store;

/// <summary>
/// The small relational things. Each entity has its <see cref="IEntityTypeConfiguration{TEntity}"/> beside it; columns are the
/// properties' names in snake_case. The SQL files alone define the schema. Spans, logs and metric points never pass through here.
/// </summary>
public sealed class CopilotContext(DbContextOptions<CopilotContext> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(CopilotContext).Assembly);
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()))
        {
            if (property.FindAnnotation(RelationalAnnotationNames.ColumnName) is null)
                property.SetColumnName(SnakeCase(property.Name));
        }
    }

    private static string SnakeCase(string name)
    {
        var text = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            // "TraceId" is trace_id, "HTMLBody" html_body.
            if (i > 0 && char.IsUpper(name[i]) && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1]))))
                text.Append('_');
            text.Append(char.ToLowerInvariant(name[i]));
        }

        return text.ToString();
    }
}

/// <summary>Contexts on the database. It may be constructed before the database has started, as hosted services are; contexts come
/// after.</summary>
public sealed class CopilotContextFactory : IDbContextFactory<CopilotContext>
{
    private readonly Lazy<DbContextOptions<CopilotContext>> _options;

    // A failure is not remembered: whoever asked too early may ask again.
    public CopilotContextFactory(CopilotDatabase database) =>
        _options = new(
            () => new DbContextOptionsBuilder<CopilotContext>().UseNpgsql(database.DataSource).Options,
            LazyThreadSafetyMode.PublicationOnly
        );

    public CopilotContext CreateDbContext() => new(_options.Value);
}
