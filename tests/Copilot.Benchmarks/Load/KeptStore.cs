using System.Text.Json;

namespace Copilot.Benchmarks.Load;

/// <summary>What was filled into a store that is kept, written beside it once it is complete.</summary>
/// <param name="Spans">Spans asked for.</param>
/// <param name="Services">Services of the fleet; 0: the small shop.</param>
/// <param name="EndNs">The end of its day.</param>
/// <param name="FillSeconds">How long filling took.</param>
/// <param name="Culprit">The service that goes wrong near the end, where one does.</param>
/// <param name="FaultFromNs">Since when it is in trouble.</param>
/// <param name="FaultToNs">Until when.</param>
internal sealed record KeptStore(int Spans, int Services, long EndNs, double FillSeconds, string? Culprit, long FaultFromNs, long FaultToNs)
{
    private const string FileName = "bench.json";

    /// <summary>Null where the folder holds no complete store.</summary>
    public static async Task<KeptStore?> ReadAsync(string folder, CancellationToken cancellationToken)
    {
        var file = Path.Combine(folder, FileName);
        return File.Exists(file) ? JsonSerializer.Deserialize<KeptStore>(await File.ReadAllTextAsync(file, cancellationToken)) : null;
    }

    public Task WriteAsync(string folder, CancellationToken cancellationToken) =>
        File.WriteAllTextAsync(Path.Combine(folder, FileName), JsonSerializer.Serialize(this), cancellationToken);
}
