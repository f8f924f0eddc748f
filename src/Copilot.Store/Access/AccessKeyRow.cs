using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Copilot.Store.Access;

/// <summary>A key of a program; of its secret the hash alone.</summary>
public sealed class AccessKeyRow
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required byte[] Hash { get; init; }

    public required string[] Scopes { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public required string CreatedBy { get; init; }

    /// <summary>Null where it is good until somebody revokes it.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>To the minute.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }

    /// <summary>The id of the key that this one was made from by rotation.</summary>
    public string? Replaces { get; init; }

    private sealed class Mapping : IEntityTypeConfiguration<AccessKeyRow>
    {
        public void Configure(EntityTypeBuilder<AccessKeyRow> builder)
        {
            builder.ToTable("access_keys");
            builder.HasKey(row => row.Id);
        }
    }
}
