using Copilot.Language.Plans;
using Copilot.Language.Questions;
using Copilot.Telemetry.Records;
using Xunit;

namespace Copilot.Language.Tests.Readings;

/// <summary>"Which traces?" after a trouble was told.</summary>
public sealed class TroubleTracesTests
{
    [Theory]
    [InlineData("which traces?")]
    [InlineData("show me the traces")]
    public void They_are_those_that_show_it(string question)
    {
        var plan = Read(question, failing: true);
        Assert.Equal((QuestionKind.Traces, "loyalty"), (plan.Kind, Assert.Single(plan.Services).Name));
        Assert.Equal(new TraceSelection { FailedAtService = true }, plan.Traces);
        Assert.Equal((Told.AsOf.AddMinutes(-3), Told.AsOf), (plan.Window!.Window!.Value.From, plan.Window.Window.Value.To));
        Assert.True(Read(question, failing: false).Traces!.Slow);
    }

    [Fact]
    public void After_why_something_fails_they_are_those_too() =>
        Assert.Equal(
            new TraceSelection { FailedAtService = true },
            Read("which traces?", failing: true, after: "why is ticketing failing?").Traces
        );

    [Theory]
    [InlineData("which slow traces?")]
    [InlineData("the traces of ticketing")]
    [InlineData("which traces between 08:00 and 08:05?")]
    public void What_is_said_of_them_holds(string question)
    {
        var plan = Read(question, failing: true);
        Assert.Equal(QuestionKind.Traces, plan.Kind);
        Assert.False(plan.Traces!.FailedAtService);
    }

    private static QuestionPlan Read(string question, bool failing, string after = "what is going wrong?") =>
        new Interpreter().Interpret(
            new InterpreterRequest
            {
                Question = question,
                AsOf = Told.AsOf,
                Previous = new PreviousTurn
                {
                    Plan = Told.Plan(after),
                    FocusServices = ["loyalty"],
                    Trouble = new TroubleFocus("loyalty", failing, Told.AsOf.AddMinutes(-3), Told.AsOf),
                },
            },
            Airline.Catalogue
        );
}
