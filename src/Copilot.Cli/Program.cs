using System.CommandLine;
using Copilot.Cli.Asking;
using Copilot.Cli.Importing;

var root = new RootCommand("The observability copilot's command line.")
{
    ImportCommand.Create(),
    AskCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
