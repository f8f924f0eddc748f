using Copilot.Diagnosis.Diagnoses;
using Copilot.Telemetry.Records;
using Xunit;

namespace Copilot.Diagnosis.Tests.Diagnoses;

public sealed class WindowDiagnosisTests
{
    private static readonly DateTimeOffset Start = new(2026, 4, 1, 10, 0, 0, TimeSpan.Zero);

    private static readonly WindowDiagnosis Both = Of("worker") with { Also = [Of("store")] };

    [Fact]
    public void Of_two_troubles_the_one_of_the_service_that_is_asked_about_comes_first()
    {
        var about = Both.About(["store"]);
        Assert.Equal("store", about.Causes[0].Service);
        Assert.Equal(["worker"], about.Also.Select(other => other.Causes[0].Service));
    }

    [Fact]
    public void Whoever_asks_about_nobody_or_about_others_gets_them_as_they_are()
    {
        Assert.Equal("worker", Both.About([]).Causes[0].Service);
        Assert.Equal("worker", Both.About(["desk"]).Causes[0].Service);
        Assert.Equal("worker", Both.About(["worker", "store"]).Causes[0].Service);
    }

    private static WindowDiagnosis Of(string service) =>
        WindowDiagnosis.None(new TimeWindow(Start, Start.AddMinutes(5))) with
        {
            Causes =
            [
                new DiagnosedCause
                {
                    Service = service,
                    Score = 1,
                    Kind = CauseKind.Errors,
                    Why = "",
                },
            ],
        };
}
