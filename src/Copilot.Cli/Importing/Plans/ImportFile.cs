namespace Copilot.Cli.Importing.Plans;

/// <summary>A file to import.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Name">How it is called in the copilot: its path within the folder that was named.</param>
internal sealed record ImportFile(string Path, string Name, ImportFileKind Kind)
{
    public long Length { get; } = new FileInfo(Path).Length;
}
