using System.CommandLine;
using Copilot.Cli.Importing;
using Copilot.Cli.Querying;

var root = new RootCommand("The observability copilot's command line.")
{
    ImportCommand.Create(),
    AskCommand.Create(),
    TraceQlCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
