namespace Copilot.Cli.Instrumenting;

/// <summary>A bar on the terminal that people watch; nothing where standard error is a file or a pipe.</summary>
internal sealed class ScanProgress(TextWriter output, bool isTerminal, string what)
{
    private const int Width = 30;
    private int _shown = -1;

    public void Step(int done, int all)
    {
        var filled = all == 0 ? Width : done * Width / all;
        if (!isTerminal || (filled == _shown && done != all))
            return;
        _shown = filled;
        output.Write($"\r{what} [{new string('#', filled)}{new string('.', Width - filled)}] {done}/{all} ");
        if (done == all)
            End();
    }

    public void End()
    {
        if (isTerminal && _shown >= 0)
            output.Write($"\r{new string(' ', Width + what.Length + 24)}\r");
        _shown = -1;
    }

    public static ScanProgress Of(string what) => new(Console.Error, !Console.IsErrorRedirected, what);
}
