using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Copilot.Store.Incidents;

/// <summary>Something that another system handed over and was acknowledged.</summary>
public sealed class DeliveryRow
{
    public long Id { get; private set; }

    public required string Source { get; init; }

    public required string Key { get; init; }

    public required string Kind { get; init; }

    /// <summary>As it came; empty once it is done.</summary>
    public required string Body { get; set; }

    public DateTimeOffset ReceivedAt { get; init; }

    /// <summary>waiting, running, done or failed.</summary>
    public string State { get; set; } = "waiting";

    public int Attempts { get; set; }

    public DateTimeOffset NotBefore { get; set; }

    public string? Progress { get; set; }

    public DateTimeOffset? LeaseUntil { get; set; }

    public string? LeaseHolder { get; set; }

    public string? Error { get; set; }

    private sealed class Mapping : IEntityTypeConfiguration<DeliveryRow>
    {
        public void Configure(EntityTypeBuilder<DeliveryRow> builder)
        {
            builder.ToTable("deliveries");
            builder.HasKey(row => row.Id);
            builder.Property(row => row.Id).ValueGeneratedOnAdd();
        }
    }
}
