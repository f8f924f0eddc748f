using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Copilot.Store.Incidents;

/// <summary>One line of the timeline.</summary>
public sealed class IncidentEventRow
{
    public long Id { get; private set; }

    public required string IncidentId { get; init; }

    public DateTimeOffset At { get; init; }

    public required string Kind { get; init; }

    public required string Actor { get; init; }

    public required string Text { get; init; }

    private sealed class Mapping : IEntityTypeConfiguration<IncidentEventRow>
    {
        public void Configure(EntityTypeBuilder<IncidentEventRow> builder)
        {
            builder.ToTable("incident_events");
            builder.HasKey(row => row.Id);
            builder.Property(row => row.Id).ValueGeneratedOnAdd();
        }
    }
}
