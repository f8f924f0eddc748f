namespace Copilot.Analysis.Tests.Simulation.Places;

/// <summary>Something that requests are about: a tenant, a means of payment, a flag.</summary>
/// <param name="Key">The attribute.</param>
/// <param name="Values">What it can be; the first ones are the more frequent.</param>
/// <param name="IsOnEntry">Only the span that users reach says it.</param>
/// <param name="Services">The services whose spans say it, where not only the first does; empty: all.</param>
internal sealed record SimTopic(string Key, IReadOnlyList<string> Values, bool IsOnEntry, IReadOnlySet<string> Services)
{
    public bool IsSaidBy(SimService service) => IsOnEntry ? service.Layer == 0 : Services.Count == 0 || Services.Contains(service.Name);
}
