namespace Copilot.Ownership.Catalog;

/// <summary>A person on call under a policy or schedule. A missing start or end means always.</summary>
/// <param name="Level">The escalation level; 1 is asked first.</param>
public sealed record OnCallShift(
    string? PolicyId,
    string? PolicyName,
    string? ScheduleId,
    string? ScheduleName,
    int Level,
    string PersonName,
    string? Email,
    DateTimeOffset? Start,
    DateTimeOffset? End,
    string Source
)
{
    public bool Covers(DateTimeOffset time) => (Start is null || Start <= time) && (End is null || time < End);
}
