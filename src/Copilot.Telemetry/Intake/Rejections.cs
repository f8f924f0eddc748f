namespace Copilot.Telemetry.Intake;

/// <summary>What of a request was not taken: how many items, and why, in words for the sender (the first few reasons).</summary>
public sealed class Rejections
{
    private const int ReasonsKept = 5;
    private readonly List<string> _reasons = [];

    public long Count { get; private set; }

    public IReadOnlyList<string> Reasons => _reasons;

    public void Add(string reason, long count = 1)
    {
        Count += count;
        if (_reasons.Count < ReasonsKept && !_reasons.Contains(reason))
            _reasons.Add(reason);
    }

    /// <summary>One line for OTLP's <c>error_message</c>; empty when nothing was rejected.</summary>
    public override string ToString() => string.Join("; ", _reasons);
}
