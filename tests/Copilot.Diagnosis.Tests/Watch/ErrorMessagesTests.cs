using Copilot.Diagnosis.Watch;
using Copilot.Store.Samples;
using Copilot.Telemetry.Records;
using Xunit;

namespace Copilot.Diagnosis.Tests.Watch;

public sealed class ErrorMessagesTests
{
    private static readonly DateTimeOffset Start = new(2026, 4, 1, 10, 0, 0, TimeSpan.Zero);

    private readonly ErrorMessages _messages = new();
    private readonly HashSet<long> _heard = [];

    [Fact]
    public void A_new_message_all_through_a_minute_is_noticed()
    {
        Assert.Empty(Pass(10));
        Assert.Equal(7, Assert.Single(Pass(1, (7, "cannot reach the vault: 17", 12))).Key);
    }

    [Fact]
    public void A_message_that_always_comes_is_not_and_one_burst_neither()
    {
        Pass(10, (7, "cannot reach the vault: 17", 6));
        Assert.Empty(Pass(1, (7, "cannot reach the vault: 18", 10), (8, "out of paper", 1)));
    }

    [Fact]
    public void Minutes_in_which_nothing_was_received_say_nothing()
    {
        Pass(10);
        _heard.Clear();
        Assert.Empty(Pass(1, (7, "cannot reach the vault", 12)));
    }

    [Fact]
    public void Only_what_is_not_known_yet_is_read_and_the_last_two_minutes_again()
    {
        Assert.Equal(Past(10), _messages.Next(Past(10)));
        Pass(10);
        Assert.Equal(Past(12) with { FromNs = At(8) }, _messages.Next(Past(12)));
    }

    private static TimeWindow Past(int minutes) => new(At(minutes - 10), At(minutes));

    private static long At(int minute) => UnixNanos.From(Start.AddMinutes(minute));

    private int _minute;

    /// <param name="minutes">So many minutes pass alike.</param>
    /// <param name="errors">A service's id, its message, and in how many stretches of five seconds it comes.</param>
    private IReadOnlyDictionary<int, double> Pass(int minutes, params (int Service, string Body, int Stretches)[] errors)
    {
        for (var i = 0; i < minutes; i++, _minute++)
        {
            var minute = new TimeWindow(At(_minute), At(_minute + 1));
            _heard.Add(minute.FromNs);
            _messages.Note(
                minute,
                [
                    .. errors.SelectMany(e =>
                        Enumerable
                            .Range(0, e.Stretches * 5)
                            .Select(second => new SampledLog(
                                minute.FromNs + (second * UnixNanos.PerSecond),
                                default,
                                0,
                                e.Service,
                                0,
                                17,
                                e.Body
                            ))
                    ),
                ]
            );
        }

        return _messages.Find(_heard);
    }
}
