using System.Text;

namespace Copilot.Instrument.Applying;

/// <summary>Writing that leaves either the old file or the new one, and never follows a link out of its root.</summary>
internal static class SafeFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The full path of a file below a root; null where a name leads outside, or a part of the way is a link.</summary>
    public static string? Below(string root, string file)
    {
        if (Reading.ManifestTree.Below("", file) is not { Length: > 0 } relative || relative != file)
            return null;
        var at = root;
        foreach (var part in relative.Split('/'))
        {
            at = Path.Combine(at, part);
            if (new FileInfo(at).LinkTarget is not null || new DirectoryInfo(at).LinkTarget is not null)
                return null;
        }

        return at;
    }

    public static string? Read(string path) => File.Exists(path) ? Utf8.GetString(File.ReadAllBytes(path)) : null;

    public static void Write(string path, string text)
    {
        var draft = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            File.WriteAllBytes(draft, Utf8.GetBytes(text));
            if (!OperatingSystem.IsWindows() && File.Exists(path))
                File.SetUnixFileMode(draft, File.GetUnixFileMode(path));
            File.Move(draft, path, overwrite: true);
        }
        finally
        {
            if (File.Exists(draft))
                File.Delete(draft);
        }
    }
}
