using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Copilot.Store.Ownership;

/// <summary>The one row that tells whether the catalogue has changed.</summary>
public sealed class CatalogVersionRow
{
    public int Id { get; init; }

    public long Version { get; init; }

    private sealed class Mapping : IEntityTypeConfiguration<CatalogVersionRow>
    {
        public void Configure(EntityTypeBuilder<CatalogVersionRow> builder)
        {
            builder.ToTable("catalog_version");
            builder.HasKey(row => row.Id);
        }
    }
}
