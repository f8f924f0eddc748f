using System.CommandLine;
using Copilot.Cli.Querying;

namespace Copilot.Cli.Instrumenting;

/// <summary><c>copilot instrument scan|plan|apply|run|status</c></summary>
internal static class InstrumentCommand
{
    public static Command Create() =>
        new(
            "instrument",
            "Says what of a fleet is traced and how the rest can be, makes the change, starts one program traced, and tells who takes part."
        )
        {
            ScanCommand.Create(),
            PlanCommand.Create(),
            ApplyCommand.Create(),
            RunCommand.Create(),
            InstrumentStatusCommand.Create(),
        };
}
