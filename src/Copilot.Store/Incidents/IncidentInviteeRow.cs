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

    /// <summary>waiting, listed, invited, already_there, not_found or refused.</summary>
    public required string Outcome { get; set; }

    public string? Detail { get; set; }

    /// <summary>waiting, paged or refused; null where nobody asked for a page.</summary>
    public string? Page { get; set; }

    public string? PageDetail { get; set; }

    private sealed class Mapping : IEntityTypeConfiguration<IncidentInviteeRow>
    {
        public void Configure(EntityTypeBuilder<IncidentInviteeRow> builder)
        {
            builder.ToTable("incident_invitees");
            builder.HasKey(row => new { row.IncidentId, row.Place });
        }
    }
}
