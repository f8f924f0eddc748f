using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Copilot.Store.Conversations;

/// <summary>A conversation; its turns stand in <see cref="ConversationTurnRow"/>.</summary>
public sealed class ConversationRow
{
    public required string Id { get; init; }

    public required string Asker { get; init; }

    /// <summary>The first question.</summary>
    public required string Title { get; init; }

    /// <summary>What a person called it; null where its first question names it.</summary>
    public string? Name { get; set; }

    /// <summary>Stands before all that are not.</summary>
    public bool Pinned { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }

    public string Called => Name ?? Title;

    private sealed class Mapping : IEntityTypeConfiguration<ConversationRow>
    {
        public void Configure(EntityTypeBuilder<ConversationRow> builder)
        {
            builder.ToTable("conversations");
            builder.HasKey(row => row.Id);
            builder.Ignore(row => row.Called);
        }
    }
}
