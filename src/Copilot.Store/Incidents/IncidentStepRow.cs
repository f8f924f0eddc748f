using Copilot.Telemetry.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Copilot.Store.Incidents;

/// <summary>One step of the outbox.</summary>
public sealed class IncidentStepRow : LeasedRow
{
    public required string IncidentId { get; init; }

    public required string Room { get; init; }

    public int Place { get; init; }

    public required StepKind Kind { get; init; }

    public required string Payload { get; init; }

    public StepState State { get; set; } = StepState.Waiting;

    /// <summary>It may have happened outside without being written here.</summary>
    public bool InDoubt { get; set; }

    /// <summary>What the outside calls the thing that was made.</summary>
    public string? ExternalId { get; set; }

    /// <summary>And what people see it as.</summary>
    public string? ExternalName { get; set; }

    public DateTimeOffset? FinishedAt { get; set; }

    private sealed class Mapping : IEntityTypeConfiguration<IncidentStepRow>
    {
        public void Configure(EntityTypeBuilder<IncidentStepRow> builder)
        {
            builder.ToTable("incident_steps");
            builder.HasKey(row => row.Id);
            builder.Property(row => row.Id).ValueGeneratedOnAdd();
            builder.Property(row => row.Payload).HasColumnType("jsonb");
            // A step of a newer build must not keep the others from being handed out.
            builder
                .Property(row => row.Kind)
                .HasConversion(kind => kind.Word(), word => EnumWords.Find<StepKind>(word) ?? StepKind.Unknown);
            builder.Property(row => row.State).HasWords();
        }
    }
}

/// <summary>Hands out the outbox's steps, each to one worker at a time.</summary>
public static class StepClaims
{
    /// <summary>
    /// The next step that is due, now running under a lease; null where none is. A step waits for those before it in the same room,
    /// but nobody's page waits for another's.
    /// A step found running after its lease ended was cut off, so what it did outside is in doubt.
    /// </summary>
    public static async Task<IncidentStepRow?> ClaimStepAsync(
        this CopilotContext context,
        string holder,
        DateTimeOffset now,
        TimeSpan lease,
        CancellationToken cancellationToken
    )
    {
        var until = now + lease;
        var rows = await context
            .Set<IncidentStepRow>()
            .FromSql(
                $"""
                update incident_steps
                set in_doubt = in_doubt or state = 'running', state = 'running', attempts = attempts + 1, lease_until = {until},
                  lease_holder = {holder}
                where id = (
                    select s.id from incident_steps s
                    where s.state in ('waiting', 'running') and s.not_before <= {now} and (s.state = 'waiting' or s.lease_until < {now})
                      and (s.kind = 'page' or not exists (
                          select from incident_steps before
                          where before.incident_id = s.incident_id and before.room = s.room and before.place < s.place
                            and before.state in ('waiting', 'running')))
                    order by s.id limit 1
                    for update skip locked)
                returning *
                """
            )
            .AsNoTracking()
            .ToListAsync(cancellationToken);
        return rows.Count == 0 ? null : rows[0];
    }
}
