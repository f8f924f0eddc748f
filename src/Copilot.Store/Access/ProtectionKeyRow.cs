using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Copilot.Store.Access;

/// <summary>What cookies are encrypted with, in the framework's own XML.</summary>
public sealed class ProtectionKeyRow
{
    public required string Name { get; init; }

    public required string Xml { get; init; }

    private sealed class Mapping : IEntityTypeConfiguration<ProtectionKeyRow>
    {
        public void Configure(EntityTypeBuilder<ProtectionKeyRow> builder)
        {
            builder.ToTable("protection_keys");
            builder.HasKey(row => row.Name);
        }
    }
}
