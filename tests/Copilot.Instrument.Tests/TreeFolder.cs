using System.Text;

namespace Copilot.Instrument.Tests;

/// <summary>A folder of made-up files, gone with the test.</summary>
internal sealed class TreeFolder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("instrument-").FullName;

    public TreeFolder Add(string file, string text)
    {
        var path = Path.Combine(Root, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, Encoding.UTF8.GetBytes(text));
        return this;
    }

    public string Text(string file) => Encoding.UTF8.GetString(File.ReadAllBytes(Path.Combine(Root, file)));

    /// <summary>Every file's bytes by its path.</summary>
    public IReadOnlyDictionary<string, string> Bytes() =>
        Directory
            .EnumerateFiles(Root, "*", SearchOption.AllDirectories)
            .ToDictionary(path => Path.GetRelativePath(Root, path), path => Convert.ToHexString(File.ReadAllBytes(path)));

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
