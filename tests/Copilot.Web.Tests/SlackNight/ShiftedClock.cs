namespace Copilot.Web.Tests.SlackNight;

/// <summary>A clock that runs, and can be put forward: minutes of a story pass at once.</summary>
internal sealed class ShiftedClock(TimeSpan shift) : TimeProvider
{
    private long _ticks = shift.Ticks;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Interlocked.Read(ref _ticks));

    public void Pass(TimeSpan time) => Interlocked.Add(ref _ticks, time.Ticks);
}
