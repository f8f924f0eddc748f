using System.Globalization;

namespace Copilot.Store.Server;

/// <summary>A process of the managed server, as the operating system sees it.</summary>
internal static class BackendProcess
{
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(10);

    /// <summary>Whether it is there and is a child of that server: by now the number may be anybody's.</summary>
    public static async Task<bool> BelongsAsync(int process, int? server) => server is not null && await ParentAsync(process) == Text(server.Value);

    public static Task SignalAsync(string name, int process) =>
        ServerCommand.RunAsync("sh", ["-c", "kill -s \"$1\" \"$2\"", "sh", name, Text(process)], _limit, CancellationToken.None);

    private static async Task<string?> ParentAsync(int process)
    {
        if (!Directory.Exists("/proc/self"))
            return (await ServerCommand.RunAsync("ps", ["-o", "ppid=", "-p", Text(process)], _limit, CancellationToken.None)).Output;
        try
        {
            // After the name, which is in brackets and may hold anything: the state, the parent, …
            var stat = await File.ReadAllTextAsync($"/proc/{Text(process)}/stat");
            return stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
