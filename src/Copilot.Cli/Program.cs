using System.CommandLine;
using System.CommandLine.Invocation;
using Copilot.Cli.Guarding;
using Copilot.Cli.Importing;
using Copilot.Cli.Instrumenting;
using Copilot.Cli.Keeping;
using Copilot.Cli.Querying;

var root = new RootCommand("The observability copilot's command line.")
{
    ImportCommand.Create(),
    AskCommand.Create(),
    TraceQlCommand.Create(),
    DoctorCommand.Create(),
    InstrumentCommand.Create(),
    KeysCommand.Create(),
    AuditCommand.Create(),
    DataCommand.Create(),
    McpCommand.Create(),
};
var parsed = root.Parse(args);
if (parsed.Action is ParseErrorAction mistaken)
{
    // What is wrong is told; the whole help above it would hide that.
    mistaken.ShowHelp = false;
    mistaken.ShowTypoCorrections = true;
}

return await parsed.InvokeAsync();
