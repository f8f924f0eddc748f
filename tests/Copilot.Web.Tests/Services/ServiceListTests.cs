using Copilot.Diagnosis.Investigations;
using Copilot.Telemetry.Records;
using Copilot.Web.Services;
using Xunit;

namespace Copilot.Web.Tests.Services;

/// <summary>What stands at the top of the list of services.</summary>
public sealed class ServiceListTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddYears(56);

    private static readonly Investigation Trouble = new()
    {
        Id = "s_1",
        Source = Investigation.Watch,
        OpenedAt = Now,
        LastSeenAt = Now,
        Window = new TimeWindow(Now.AddMinutes(-5), Now),
        Cause = "ledger",
        Kind = null,
        Confidence = 0.9,
        Summary = "ledger fails",
        Services = ["portal", "ledger"],
    };

    [Fact]
    public void What_causes_a_trouble_is_before_what_suffers_from_it_and_what_only_fails()
    {
        ServiceRow[] rows =
        [
            new()
            {
                Service = "archive",
                ErrorRate = 0.9,
                Rate = 50,
            },
            new()
            {
                Service = "portal",
                ErrorRate = 0.5,
                Rate = 40,
                Trouble = Trouble,
            },
            new() { Service = "quiet", Rate = 90 },
            new()
            {
                Service = "ledger",
                ErrorRate = 0.2,
                Rate = 4,
                Trouble = Trouble,
            },
        ];
        Assert.Equal(["ledger", "portal", "archive", "quiet"], Names(ServiceOrder.Trouble, turned: false));
        Assert.Equal(["quiet", "archive", "portal", "ledger"], Names(ServiceOrder.Trouble, turned: true));
        Assert.Equal(["quiet", "archive", "portal", "ledger"], Names(ServiceOrder.Rate, turned: false));

        IEnumerable<string> Names(ServiceOrder order, bool turned) =>
            new ServiceList(string.Empty, string.Empty, order, turned, false).Of(rows, []).Select(line => line.Row!.Service);
    }
}
