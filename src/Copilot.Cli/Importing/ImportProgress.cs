using System.Globalization;

namespace Copilot.Cli.Importing;

/// <summary>A bar that grows on a terminal; nothing where the output goes into a file.</summary>
internal sealed class ImportProgress(TextWriter output, bool onTerminal, long total, TimeProvider time)
{
    private const int Width = 40;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    private long done;
    private long inFile;
    private long shown;

    public void FileDone(long length)
    {
        done += length;
        inFile = 0;
        Show("", always: true);
    }

    public void At(string file, long position)
    {
        inFile = position;
        Show(file, always: false);
    }

    public void Clear()
    {
        if (onTerminal) output.Write("\r\u001b[K");
    }

    private void Show(string file, bool always)
    {
        if (!onTerminal || total == 0) return;
        if (!always && time.GetElapsedTime(shown) < Pace) return;
        shown = time.GetTimestamp();
        var share = Math.Min(1, (double)(done + inFile) / total);
        var filled = (int)(share * Width);
        output.Write(string.Create(
            CultureInfo.InvariantCulture, $"\r\u001b[K[{new string('#', filled)}{new string('.', Width - filled)}] {share * 100:0} % {file}"));
    }
}
