using Copilot.Telemetry.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Copilot.Store.Incidents;

/// <summary>An incident that somebody confirmed.</summary>
public sealed class IncidentRow
{
    public required string Id { get; init; }

    public int Number { get; private set; }

    public required string ProposalId { get; init; }

    public required string Title { get; init; }

    public required IncidentSeverity Severity { get; set; }

    /// <summary>Open or resolved.</summary>
    public required IncidentState State { get; set; }

    public required string RoomName { get; init; }

    public DateTimeOffset WindowFrom { get; init; }

    public DateTimeOffset WindowTo { get; init; }

    public required string[] Causes { get; init; }

    public required string[] Affected { get; init; }

    public required string CreatedBy { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The owners of its causes, at the confirmation.</summary>
    public required string[] Teams { get; init; }

    /// <summary>Of the first cause.</summary>
    public string? Operation { get; init; }

    public CauseKind? CauseKind { get; init; }

    /// <summary>Of the change that the first cause is laid to.</summary>
    public string? ChangeKind { get; init; }

    public string? ChangeService { get; init; }

    public string? ChangeVersion { get; init; }

    public DateTimeOffset? ChangeAt { get; init; }

    public string? ResolvedBy { get; set; }

    public DateTimeOffset? ResolvedAt { get; set; }

    private sealed class Mapping : IEntityTypeConfiguration<IncidentRow>
    {
        public void Configure(EntityTypeBuilder<IncidentRow> builder)
        {
            builder.ToTable("incidents");
            builder.HasKey(row => row.Id);
            builder.Property(row => row.Number).ValueGeneratedOnAdd();
            builder.Property(row => row.Severity).HasWords();
            builder.Property(row => row.State).HasWords();
            builder.Property(row => row.CauseKind).HasWords();
        }
    }
}
