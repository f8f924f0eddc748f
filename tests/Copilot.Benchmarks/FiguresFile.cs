using System.Text.Json;

namespace Copilot.Benchmarks;

/// <summary>What <c>--json</c> names: every figure of a run by its name.</summary>
internal static class FiguresFile
{
    /// <param name="file">Null: nobody asked for one.</param>
    /// <param name="figures">What was measured.</param>
    public static async Task WriteAsync<T>(string? file, T figures, CancellationToken cancellationToken)
    {
        if (file is not null)
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(figures, JsonSerializerOptions.Web), cancellationToken);
    }
}
