using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Copilot.Store.Ownership;

/// <summary>A catalogue file; <see cref="Content"/> is its last good version.</summary>
public sealed class CatalogFileRow
{
    public required string Path { get; init; }

    /// <summary>backstage, codeowners, oncall, runbook or unknown.</summary>
    public required string Kind { get; set; }

    public string? Content { get; set; }

    public DateTimeOffset? LoadedAt { get; set; }

    public string? Error { get; set; }

    public long? ErrorLine { get; set; }

    public long? ErrorColumn { get; set; }

    public DateTimeOffset? ErrorAt { get; set; }

    /// <summary>The scheduled source that brought it; null where it was handed in.</summary>
    public string? Source { get; set; }

    private sealed class Mapping : IEntityTypeConfiguration<CatalogFileRow>
    {
        public void Configure(EntityTypeBuilder<CatalogFileRow> builder)
        {
            builder.ToTable("catalog_files");
            builder.HasKey(file => file.Path);
        }
    }
}

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
