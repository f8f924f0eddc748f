using System.Text.Json;

namespace Copilot.Cli.Asking;

/// <summary>What a person is told where no copilot answers.</summary>
internal static class Unanswered
{
    /// <summary>Null for a failure of another kind.</summary>
    public static string? Says(Exception failure, Uri? address) => failure switch
    {
        HttpRequestException => $"No copilot answers at {address}: {failure.Message} Start it with deploy/run.sh, or name its address with --url.",
        JsonException => $"What answers at {address} is no copilot.",
        _ => null,
    };
}
