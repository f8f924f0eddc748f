using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Copilot.Store.Incidents;

/// <summary>One line of the timeline.</summary>
public sealed class IncidentEventRow
{
    public long Id { get; private set; }

    public required string IncidentId { get; init; }

    public DateTimeOffset At { get; init; }

    public required IncidentEventKind Kind { get; init; }

    public required string Actor { get; init; }

    public required string Text { get; init; }

    private sealed class Mapping : IEntityTypeConfiguration<IncidentEventRow>
    {
        public void Configure(EntityTypeBuilder<IncidentEventRow> builder)
        {
            builder.ToTable("incident_events");
            builder.HasKey(row => row.Id);
            builder.Property(row => row.Id).ValueGeneratedOnAdd();
            builder.Property(row => row.Kind).HasWords();
        }
    }
}

/// <summary>A ticked box of the guide.</summary>
public sealed class IncidentTickRow
{
    public required string IncidentId { get; init; }

    /// <summary>Which tick box of the guide, counted from 0.</summary>
    public int Step { get; init; }

    public required string DoneBy { get; init; }

    public DateTimeOffset DoneAt { get; init; }

    private sealed class Mapping : IEntityTypeConfiguration<IncidentTickRow>
    {
        public void Configure(EntityTypeBuilder<IncidentTickRow> builder)
        {
            builder.ToTable("incident_ticks");
            builder.HasKey(row => new { row.IncidentId, row.Step });
        }
    }
}
