using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Copilot.Store.Access;

/// <summary>Somebody who is signed in.</summary>
public sealed class SignInSessionRow
{
    /// <summary>The hash of what the cookie carries.</summary>
    public required byte[] Id { get; init; }

    public required string Subject { get; init; }

    public required string Name { get; init; }

    /// <summary>As the identity provider told them.</summary>
    public required string[] Groups { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }

    private sealed class Mapping : IEntityTypeConfiguration<SignInSessionRow>
    {
        public void Configure(EntityTypeBuilder<SignInSessionRow> builder)
        {
            builder.ToTable("sign_in_sessions");
            builder.HasKey(row => row.Id);
        }
    }
}
