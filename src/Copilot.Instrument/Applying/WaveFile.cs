using System.Text.Json;
using System.Text.Json.Nodes;

namespace Copilot.Instrument.Applying;

/// <summary>The workloads of one wave, out of a plan that <c>copilot instrument plan --output json</c> wrote.</summary>
public static class WaveFile
{
    /// <exception cref="InvalidDataException">The file is no plan, or has no such wave.</exception>
    public static IReadOnlySet<string> Read(string path, int wave)
    {
        JsonNode? plan;
        try
        {
            plan = JsonNode.Parse(File.ReadAllText(path));
        }
        catch (JsonException failure)
        {
            throw new InvalidDataException($"{path}: is no plan: {failure.Message}");
        }

        if ((plan as JsonObject)?["waves"] is not JsonArray waves)
            throw new InvalidDataException($"{path}: is no plan of copilot instrument plan --output json.");
        var chosen = waves
            .OfType<JsonObject>()
            .FirstOrDefault(w => w["number"] is JsonValue number && number.TryGetValue<int>(out var n) && n == wave);
        if (chosen?["workloads"] is not JsonArray workloads)
            throw new InvalidDataException($"{path}: has no wave {wave}; it has {waves.Count}.");
        return workloads
            .OfType<JsonObject>()
            .Select(workload => (string?)workload["id"])
            .OfType<string>()
            .ToHashSet(StringComparer.Ordinal);
    }
}
