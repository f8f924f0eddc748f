using Bunit;
using Copilot.Ingest;
using Copilot.Ingest.Monitoring;
using Copilot.Web.Display;
using Copilot.Web.Settings;
using Copilot.Web.Tests.Display;
using Xunit;

namespace Copilot.Web.Tests.Settings;

public sealed class IntakeSectionTests : ComponentTest
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 3, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_senders_do_wrong_is_told_with_how_often_and_when()
    {
        var section = Drawn([new SenderMistake("TLS came to a port that speaks none.", 1200, Now.AddMinutes(-5))]);
        var mistake = Assert.Single(section.FindAll("li"));
        Assert.Contains("TLS came to a port that speaks none.", mistake.TextContent, StringComparison.Ordinal);
        Assert.Contains("1,200 times", mistake.TextContent, StringComparison.Ordinal);
        Assert.Contains("5 min ago", mistake.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_said_of_mistakes_where_there_are_none() => Assert.Empty(Drawn([]).FindAll("h3"));

    private IRenderedComponent<IntakeSection> Drawn(IReadOnlyList<SenderMistake> mistakes) =>
        Render<IntakeSection>(parameters =>
            parameters
                .Add(
                    section => section.Status,
                    new IngestStatus
                    {
                        Since = Now.AddHours(-1),
                        Signals = new Dictionary<Signal, SignalStatus>(),
                        Refused = new Dictionary<int, long>(),
                        PendingItems = 0,
                        BodyBytes = 0,
                        KeptShare = 1,
                        StoreRestarts = 0,
                        Mistakes = mistakes,
                        LastReceived = null,
                    }
                )
                .Add(section => section.Clock, LocalTime.Utc(Now))
        );
}
