using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Copilot.Store.Incidents;

/// <summary>One person of an incident, and what became of the invitation.</summary>
public sealed class IncidentInviteeRow
{
    public required string IncidentId { get; init; }

    public int Place { get; init; }

    public required string Name { get; init; }

    public string? Contact { get; init; }

    public required string Team { get; init; }

    public required string Why { get; init; }

    public required string Source { get; init; }

    public required InviteOutcome Outcome { get; set; }

    public string? Detail { get; set; }

    /// <summary>Null where nobody asked for a page.</summary>
    public PageState? Page { get; set; }

    public string? PageDetail { get; set; }

    private sealed class Mapping : IEntityTypeConfiguration<IncidentInviteeRow>
    {
        public void Configure(EntityTypeBuilder<IncidentInviteeRow> builder)
        {
            builder.ToTable("incident_invitees");
            builder.HasKey(row => new { row.IncidentId, row.Place });
            builder.Property(row => row.Outcome).HasWords();
            builder.Property(row => row.Page).HasWords();
        }
    }
}
