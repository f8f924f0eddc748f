using System.Text.Json.Serialization;
using Copilot.Store.Access;

namespace Copilot.Access.Keys;

/// <summary>A key as admins see it; the secret is shown once, when it is made.</summary>
public sealed record AccessKey
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required IReadOnlyList<Permission> Scopes { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required string CreatedBy { get; init; }

    /// <summary>Null where it is good until somebody revokes it.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>To the minute; null where it never was used.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>The id of the key that this one was made from by rotation.</summary>
    public string? Replaces { get; init; }

    [JsonIgnore]
    public Caller Caller => new(CallerKind.Key, Id, $"key {Name}", Scopes.ToHashSet()) { Until = ExpiresAt };

    public bool IsGood(DateTimeOffset now) => ExpiresAt is null || now < ExpiresAt;

    internal static AccessKey Of(AccessKeyRow row) =>
        new()
        {
            Id = row.Id,
            Name = row.Name,
            Scopes = [.. row.Scopes.Select(Permissions.Find).OfType<Permission>().Order()],
            CreatedAt = row.CreatedAt,
            CreatedBy = row.CreatedBy,
            ExpiresAt = row.ExpiresAt,
            LastUsedAt = row.LastUsedAt,
            Replaces = row.Replaces,
        };
}

/// <summary>A key that was just made, with what a program carries. It is not to be had again.</summary>
public sealed record NewKey(AccessKey Key, string Text);
