using System.Text.Json.Serialization;

namespace Copilot.Access.Audit;

/// <summary>Something that somebody did or set out to do. What came of it stands in the record of the thing itself.</summary>
/// <param name="Actor">Their name; of a program, that of its key.</param>
/// <param name="Via">Where it came in: browser, api, slack, telemetry.</param>
/// <param name="Action">What, as <c>noun.verb</c>.</param>
/// <param name="Target">To what: an id, an address, a question; at most 500 characters.</param>
/// <param name="Outcome"><c>allowed</c>, or why it was refused.</param>
public sealed record AuditEvent(string Actor, string Via, string Action, string Target, string Outcome = AuditEvent.Allowed)
{
    public const string Allowed = "allowed";
}

/// <summary>An entry as it stands in the log, and as an export writes it, a line each.</summary>
public sealed record AuditEntry
{
    public required long Seq { get; init; }

    /// <summary>To the microsecond, since the database keeps no more.</summary>
    public required DateTimeOffset At { get; init; }

    public required string Actor { get; init; }

    public required string Via { get; init; }

    public required string Action { get; init; }

    public required string Target { get; init; }

    public required string Outcome { get; init; }

    /// <summary>Hexadecimal, of the entry before it.</summary>
    public required string Previous { get; init; }

    /// <summary>Hexadecimal; <see cref="AuditChain.Hash"/> says of what.</summary>
    public required string Hash { get; init; }
}

/// <summary>Where a log begins: the last entry that retention has taken, or zeros.</summary>
public sealed record AuditAnchor([property: JsonRequired] long Seq, [property: JsonRequired] string Hash, DateTimeOffset? Until);
