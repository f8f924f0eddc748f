using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Copilot.Store.Ownership;

/// <summary>How the last try of one scheduled source went.</summary>
public sealed class CatalogSourceRow
{
    public required string Name { get; init; }

    /// <summary>folder, backstage or pagerduty.</summary>
    public required string Kind { get; set; }

    /// <summary>The folder or address.</summary>
    public required string Place { get; set; }

    public DateTimeOffset? TriedAt { get; set; }

    /// <summary>When it was last read as a whole.</summary>
    public DateTimeOffset? RefreshedAt { get; set; }

    public int Files { get; set; }

    /// <summary>Of the last try; null where it was good.</summary>
    public string? Error { get; set; }

    private sealed class Mapping : IEntityTypeConfiguration<CatalogSourceRow>
    {
        public void Configure(EntityTypeBuilder<CatalogSourceRow> builder)
        {
            builder.ToTable("catalog_sources");
            builder.HasKey(source => source.Name);
        }
    }
}
