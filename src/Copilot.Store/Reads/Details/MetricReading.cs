using System.Text.Json;

namespace Copilot.Store.Reads.Details;

/// <summary>What one metric of a resource read around the time of a trace.</summary>
/// <param name="Instance">The pod, host or instance that it is of; null where the resource names none.</param>
/// <param name="Points">Oldest first. For histograms the mean of what the point counts.</param>
/// <param name="Exemplar">A point carries an exemplar of this very trace.</param>
public sealed record MetricReading(
    string Service, string? Instance, string Name, string Unit, JsonElement Attributes, IReadOnlyList<MetricReadingPoint> Points, bool Exemplar);
