using Copilot.Answers.Drafts;
using Copilot.Language.Questions;
using Copilot.Telemetry.Records;
using Copilot.TraceQL.Syntax;
using Xunit;

namespace Copilot.Answers.Tests.Drafts;

/// <summary>What can be asked next, complete as it stands.</summary>
public sealed class SuggestionsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 8, 18, 0, TimeSpan.Zero);
    private static readonly TimeWindow Minutes = new(Now.AddMinutes(-15), Now);

    [Theory]
    [InlineData("1006", PlannedWindow.FromDefault, true)]
    [InlineData("gold", PlannedWindow.FromDefault, false)]
    [InlineData("1006", "since 08:03", false)]
    public void One_thing_that_is_not_there_now_may_have_been_there_before(string value, string source, bool offered)
    {
        var plan = new QuestionPlan
        {
            Kind = QuestionKind.Traces,
            AsOfNs = UnixNanos.From(Now),
            Window = PlannedWindow.At(Minutes, source),
            Conditions =
            [
                new AttributeCondition(
                    AttributeScope.Span,
                    "order.id",
                    ConditionOperator.Equal,
                    [value],
                    ConditionValueType.Text,
                    true,
                    value
                ),
            ],
        };

        var suggested = Suggestions.WhereNoTrace(new Inquiry(plan, Minutes, null, null));

        Assert.Equal(offered, suggested.Contains("traces with order.id = 1006 in the last 24 hours"));
    }
}
