using System.IO.Compression;

namespace Copilot.Ingest.Otlp;

/// <summary>
/// Unpacking that fails where the packed data breaks off. By default .NET returns what came until then as if it were all;
/// half an export request would be acknowledged.
/// </summary>
public static class StrictGzip
{
    static StrictGzip() => AppContext.SetSwitch("System.IO.Compression.UseStrictValidation", true);

    /// <summary>The runtime reads its switch when it first unpacks anything: this is to be called before.</summary>
    public static void Enable()
    {
        // The static constructor has run.
    }

    /// <summary>Closing it leaves the packed stream open.</summary>
    public static Stream Open(Stream packed) => new GZipStream(packed, CompressionMode.Decompress, leaveOpen: true);
}
