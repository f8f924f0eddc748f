using Copilot.Answers.Contract;
using Copilot.Language.Questions;
using Copilot.Telemetry.Records;
using Copilot.TraceQL.Syntax;
using Xunit;
using Xunit.Abstractions;

namespace Copilot.Answers.Tests.Periods;

/// <summary>Why requests that a condition tells failed, in a recording in which much else failed at other times.</summary>
[Trait("needs", "postgres")]
[Collection(RecordedShopCollection.Name)]
public sealed class RecordedCauseTests(RecordedShop shop, ITestOutputHelper output)
{
    [RequiresFact("shared/worlds/harbor")]
    public async Task The_cause_is_of_the_minutes_in_which_the_requests_that_are_told_failed()
    {
        var world = await shop.OpenAsync();
        var recorded = new TimeWindow(
            DateTimeOffset.Parse("2026-11-22T07:53:00Z", System.Globalization.CultureInfo.InvariantCulture),
            DateTimeOffset.Parse("2026-11-22T08:18:00Z", System.Globalization.CultureInfo.InvariantCulture)
        );
        var answer = await world.AnswerAsync(
            WorldRoom.Plan(QuestionKind.Cause, recorded.To) with
            {
                Window = PlannedWindow.At(recorded, "since …"),
                Trouble = Symptom.Errors,
                Conditions =
                [
                    new AttributeCondition(
                        AttributeScope.Span,
                        "currency",
                        ConditionOperator.Equal,
                        ["CHF"],
                        ConditionValueType.Text,
                        true,
                        "CHF"
                    ),
                ],
            }
        );
        output.WriteLine(answer.Text);
        var services = Assert.IsType<ServicesResult>(answer.Result).Items;
        Assert.Equal(["payment"], services.Where(item => item.Role == "cause").Select(item => item.Service));
    }
}
