using System.CommandLine;

namespace Copilot.Cli.Instrumenting;

/// <summary><c>copilot instrument scan|plan|apply|run</c></summary>
internal static class InstrumentCommand
{
    public static Command Create() =>
        new("instrument", "Says what of a fleet is traced and how the rest can be, makes the change, and starts one program traced.")
        {
            ScanCommand.Create(),
            PlanCommand.Create(),
            ApplyCommand.Create(),
            RunCommand.Create(),
        };
}
