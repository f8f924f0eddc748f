using System.Globalization;
using Copilot.Language.Questions;
using Xunit;

namespace Copilot.Language.Tests.Readings;

public sealed class BaselineTests
{
    [Theory]
    [InlineData("why is ticketing slow compared with yesterday? look at 08:00-08:10", "21 08:00-08:10")]
    [InlineData("why is ticketing failing between 08:00 and 08:10 compared to last Tuesday?", "17 08:00-08:10")]
    [InlineData("why is ticketing slow compared with before 08:00?", "22 07:42-08:00")]
    [InlineData("why is ticketing slower between 08:00 and 08:07 than between 07:50 and 07:58?", "22 07:50-07:58")]
    [InlineData("Compared with 07:50 to 07:58, why are purchases slow between 08:00 and 08:07?", "22 07:50-07:58")]
    public void A_reason_is_looked_for_against_the_good_time_that_is_named(string question, string expected)
    {
        var plan = Told.Plan(question);
        Assert.Equal(QuestionKind.Cause, plan.Kind);
        var known = plan.Baseline!.Window!.Value;
        Assert.Equal(expected, string.Create(CultureInfo.InvariantCulture, $"{known.From:dd HH:mm}-{known.To:HH:mm}"));
    }

    [Theory]
    [InlineData("why is ticketing slow since 08:00?")]
    [InlineData("why is ticketing slower than usual?")]
    public void No_good_time_is_made_up(string question) => Assert.Null(Told.Plan(question).Baseline);
}
