using System.CommandLine;
using Copilot.TraceQL.Checking;

namespace Copilot.Cli;

/// <summary>Words that look like options where words of one's own are taken: a slip, and not part of a question or a path.</summary>
internal static class StrayOptions
{
    public static void Refuse(Command command, Argument<string[]> words) =>
        command.Validators.Add(parsed =>
        {
            foreach (var stray in (parsed.GetValue(words) ?? []).Where(word => word.StartsWith("--", StringComparison.Ordinal)))
            {
                var known = command.Options.Select(option => option.Name).ToList();
                var meant = DidYouMean.Closest(stray.Split('=')[0], known) is { } near
                    ? $"did you mean {near}?"
                    : $"it has {string.Join(", ", known)}.";
                parsed.AddError($"copilot {command.Name} has no option {stray}; {meant}");
            }
        });
}
