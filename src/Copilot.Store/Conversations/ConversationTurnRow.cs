using System.Text.Json.Serialization;
using Copilot.Store.Incidents;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Copilot.Store.Conversations;

/// <summary>One question of a conversation with its answer. Plan, focus and answer are JSON as the agent writes it.</summary>
public sealed class ConversationTurnRow
{
    public required string ConversationId { get; init; }

    /// <summary>From 1.</summary>
    public int Number { get; init; }

    public DateTimeOffset AskedAt { get; init; }

    public required string Asker { get; init; }

    public required string Question { get; init; }

    public DateTimeOffset AsOf { get; init; }

    public required string TimeZone { get; init; }

    public required AnswerEngine Engine { get; init; }

    public required string Outcome { get; init; }

    public double ElapsedMs { get; init; }

    public string? Plan { get; init; }

    public string? Focus { get; init; }

    public required string Answer { get; init; }

    /// <summary>Null where nobody said.</summary>
    public AnswerVerdict? Feedback { get; set; }

    /// <summary>What the asker had expected instead, in words.</summary>
    public string? Expected { get; set; }

    /// <summary>The same as a scorer reads it: JSON.</summary>
    public string? Expect { get; set; }

    public string? RatedBy { get; set; }

    public DateTimeOffset? RatedAt { get; set; }

    private sealed class Mapping : IEntityTypeConfiguration<ConversationTurnRow>
    {
        public void Configure(EntityTypeBuilder<ConversationTurnRow> builder)
        {
            builder.ToTable("conversation_turns");
            builder.HasKey(row => new { row.ConversationId, row.Number });
            builder.HasOne<ConversationRow>().WithMany().HasForeignKey(row => row.ConversationId);
            builder.Property(row => row.Engine).HasWords();
            builder.Property(row => row.Feedback).HasWords();
            builder.Property(row => row.Plan).HasColumnType("jsonb");
            builder.Property(row => row.Focus).HasColumnType("jsonb");
            builder.Property(row => row.Answer).HasColumnType("jsonb");
            builder.Property(row => row.Expect).HasColumnType("jsonb");
        }
    }
}

/// <summary>What a person said of an answer.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AnswerVerdict>))]
public enum AnswerVerdict
{
    [JsonStringEnumMemberName("right")]
    Right,

    [JsonStringEnumMemberName("wrong")]
    Wrong,
}

/// <summary>Who carries a question out.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AnswerEngine>))]
public enum AnswerEngine
{
    /// <summary>The reader of questions, without a model.</summary>
    [JsonStringEnumMemberName("builtin")]
    BuiltIn,

    /// <summary>A model with tools.</summary>
    [JsonStringEnumMemberName("model")]
    Model,
}
