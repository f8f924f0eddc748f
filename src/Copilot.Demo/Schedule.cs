namespace Copilot.Demo;

/// <summary>Three incidents, one after the other, with calm between; then from the start again.</summary>
internal sealed class Schedule(TimeSpan calm, TimeSpan trouble)
{
    /// <summary>Calm before the first incident: long enough to look around, short enough to wait for.</summary>
    private static readonly TimeSpan FirstCalm = TimeSpan.FromMinutes(1);

    private static readonly Fault[] Faults = [new RoundingDeploy(), new StockRecount(), new BrokenIndexPod()];

    public static Schedule Default { get; } = new(TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(5));

    /// <summary>What is wrong so long after the start; null: nothing.</summary>
    public Fault? At(TimeSpan sinceStart)
    {
        var turn = trouble + calm;
        var elapsed = sinceStart - FirstCalm;
        if (elapsed < TimeSpan.Zero)
            return null;
        var (round, rest) = Math.DivRem(elapsed.Ticks, turn.Ticks);
        return rest < trouble.Ticks ? Faults[round % Faults.Length] : null;
    }
}
