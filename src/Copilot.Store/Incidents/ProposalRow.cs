using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Copilot.Store.Incidents;

/// <summary>A preview as it was shown.</summary>
public sealed class ProposalRow
{
    public required string Id { get; init; }

    public required string Digest { get; init; }

    /// <summary>The proposal as JSON.</summary>
    public required string Body { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    private sealed class Mapping : IEntityTypeConfiguration<ProposalRow>
    {
        public void Configure(EntityTypeBuilder<ProposalRow> builder)
        {
            builder.ToTable("proposals");
            builder.HasKey(row => row.Id);
            builder.Property(row => row.Body).HasColumnType("jsonb");
        }
    }
}
