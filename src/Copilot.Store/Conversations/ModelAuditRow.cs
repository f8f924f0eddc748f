using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Copilot.Store.Conversations;

/// <summary>What left for a model while one question was answered.</summary>
public sealed class ModelAuditRow
{
    public long Id { get; init; }

    /// <summary>Null until the question has its answer.</summary>
    public string? ConversationId { get; set; }

    public int? Turn { get; set; }

    public DateTimeOffset AskedAt { get; init; }

    public required string Asker { get; init; }

    public required string Provider { get; init; }

    public required string Model { get; init; }

    /// <summary>Scheme and host, where one is configured.</summary>
    public string? Address { get; init; }

    public int Rounds { get; set; }

    public long InputTokens { get; set; }

    public long OutputTokens { get; set; }

    /// <summary>Null where no price is known.</summary>
    public decimal? Cost { get; set; }

    public string? Currency { get; init; }

    /// <summary>asking, answered, or why the built-in interpreter stood in.</summary>
    public required string Outcome { get; set; }

    /// <summary>JSON as the agent writes it.</summary>
    public required string Messages { get; set; }

    private sealed class Mapping : IEntityTypeConfiguration<ModelAuditRow>
    {
        public void Configure(EntityTypeBuilder<ModelAuditRow> builder)
        {
            builder.ToTable("model_audit");
            builder.HasKey(row => row.Id);
            builder.Property(row => row.Id).UseIdentityAlwaysColumn();
            builder.Property(row => row.Messages).HasColumnType("jsonb");
        }
    }
}
