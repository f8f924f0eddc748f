using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Copilot.Store.Incidents;

/// <summary>One step of the outbox.</summary>
public sealed class IncidentStepRow
{
    public long Id { get; private set; }

    public required string IncidentId { get; init; }

    public required string Room { get; init; }

    public int Place { get; init; }

    public required string Kind { get; init; }

    public required string Payload { get; init; }

    public string State { get; set; } = "waiting";

    /// <summary>It may have happened outside without being written here.</summary>
    public bool InDoubt { get; set; }

    public int Attempts { get; set; }

    public DateTimeOffset NotBefore { get; set; }

    public DateTimeOffset? LeaseUntil { get; set; }

    public string? LeaseHolder { get; set; }

    /// <summary>What the outside calls the thing that was made.</summary>
    public string? ExternalId { get; set; }

    /// <summary>And what people see it as.</summary>
    public string? ExternalName { get; set; }

    public string? Error { get; set; }

    public DateTimeOffset? FinishedAt { get; set; }

    private sealed class Mapping : IEntityTypeConfiguration<IncidentStepRow>
    {
        public void Configure(EntityTypeBuilder<IncidentStepRow> builder)
        {
            builder.ToTable("incident_steps");
            builder.HasKey(row => row.Id);
            builder.Property(row => row.Id).ValueGeneratedOnAdd();
            builder.Property(row => row.Payload).HasColumnType("jsonb");
        }
    }
}
