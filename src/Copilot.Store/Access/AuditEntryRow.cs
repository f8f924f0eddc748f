using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Copilot.Store.Access;

/// <summary>An entry of the audit log. The database takes new ones and refuses any change.</summary>
public sealed class AuditEntryRow
{
    public long Seq { get; init; }

    public DateTimeOffset At { get; init; }

    public required string Actor { get; init; }

    public required string Via { get; init; }

    public required string Action { get; init; }

    public required string Target { get; init; }

    public required string Outcome { get; init; }

    /// <summary>The hash of the entry before it.</summary>
    public required byte[] Previous { get; init; }

    public required byte[] Hash { get; init; }

    private sealed class Mapping : IEntityTypeConfiguration<AuditEntryRow>
    {
        public void Configure(EntityTypeBuilder<AuditEntryRow> builder)
        {
            builder.ToTable("audit_entries");
            builder.HasKey(row => row.Seq);
            builder.Property(row => row.Seq).ValueGeneratedNever();
        }
    }
}

/// <summary>Where the chain begins: the last entry that retention has taken.</summary>
public sealed class AuditAnchorRow
{
    public bool Id { get; init; }

    public long Seq { get; set; }

    public required byte[] Hash { get; set; }

    /// <summary>When the last entry that was taken had been written; null where none was.</summary>
    public DateTimeOffset? Until { get; set; }

    private sealed class Mapping : IEntityTypeConfiguration<AuditAnchorRow>
    {
        public void Configure(EntityTypeBuilder<AuditAnchorRow> builder)
        {
            builder.ToTable("audit_anchor");
            builder.HasKey(row => row.Id);
        }
    }
}
