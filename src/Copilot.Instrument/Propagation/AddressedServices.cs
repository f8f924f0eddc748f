namespace Copilot.Instrument.Propagation;

/// <summary>Which service an address means, by what spans say of addresses and services.</summary>
public sealed class AddressedServices
{
    private readonly ILookup<string, string> _byPlain;
    private readonly ILookup<string, string> _served;
    private readonly ILookup<string, string> _answered;

    public AddressedServices(IEnumerable<string> services, PropagationSample sample)
    {
        _byPlain = services.Distinct(StringComparer.Ordinal).ToLookup(Plain, StringComparer.Ordinal);
        // What several services say of themselves ("localhost", a gateway's name) names none of them.
        _served = sample
            .Sides.Where(side => side.IsEntry && side.Address is not null)
            .Select(side => (Address: side.Address!, side.Service))
            .Distinct()
            .GroupBy(pair => pair.Address, StringComparer.OrdinalIgnoreCase)
            .Where(same => same.Count() == 1)
            .SelectMany(same => same)
            .ToLookup(pair => pair.Address, pair => pair.Service, StringComparer.OrdinalIgnoreCase);
        _answered = sample
            .Kept.Where(kept => kept.Address is not null)
            .Select(kept => (Address: kept.Address!, kept.Callee))
            .Distinct()
            .ToLookup(pair => pair.Address, pair => pair.Callee, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The services that an address may mean; none where nothing says it.</summary>
    public IReadOnlyList<string> Of(string? address)
    {
        if (address is null)
            return [];
        if (_answered[address].ToArray() is { Length: > 0 } answered)
            return answered;
        var named = _byPlain[Plain(address)].Concat(_byPlain[Plain(HostName.ServicePart(address))]).Concat(_served[address]);
        return [.. named.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Letters and digits only: "ad-service", "AdService" and "adservice" are one name.</summary>
    public static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
