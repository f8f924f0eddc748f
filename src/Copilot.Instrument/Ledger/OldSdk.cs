using System.Text.RegularExpressions;
using Copilot.Store.Instrumentation;

namespace Copilot.Instrument.Ledger;

/// <summary>A sender whose SDK is older than what others of the fleet run. What is newest anywhere else is not known here.</summary>
/// <param name="Newest">The newest version of the same SDK or distribution that a service here runs.</param>
/// <param name="RunBy">Such a service.</param>
public sealed partial record OldSdk(string Service, string Language, string Name, string Version, string Newest, string RunBy)
{
    internal static IReadOnlyList<OldSdk> Of(IEnumerable<ServicePresence> services) =>
        [
            .. services
                .SelectMany(Versions)
                .GroupBy(sender => (sender.Language, sender.Name))
                .SelectMany(same =>
                {
                    var newest = same.MaxBy(sender => sender.Parsed)!;
                    return same.Where(sender => IsBehind(sender.Parsed, newest.Parsed))
                        .Select(sender => new OldSdk(
                            sender.Service,
                            sender.Language,
                            sender.Name,
                            sender.Version,
                            newest.Version,
                            newest.Service
                        ));
                })
                .OrderBy(old => old.Language, StringComparer.Ordinal)
                .ThenBy(old => old.Service, StringComparer.Ordinal),
        ];

    /// <summary>By a minor version or more: patches are not worth a deploy.</summary>
    private static bool IsBehind(System.Version one, System.Version newest) =>
        one.Major < newest.Major || (one.Major == newest.Major && one.Minor < newest.Minor);

    private static IEnumerable<Sender> Versions(ServicePresence service)
    {
        if (service.Sdk is not { } sdk)
            yield break;
        if (Parse(sdk.Version) is { } version)
            yield return new Sender(service.Service, sdk.Language, sdk.Name ?? "opentelemetry", sdk.Version!, version);
        if (sdk.Distro is { } distro && Parse(sdk.DistroVersion) is { } other)
            yield return new Sender(service.Service, sdk.Language, distro, sdk.DistroVersion!, other);
    }

    private static System.Version? Parse(string? text) =>
        text is not null && Number().Match(text) is { Success: true } match && System.Version.TryParse(match.Value, out var version)
            ? version
            : null;

    [GeneratedRegex(@"^[0-9]{1,6}\.[0-9]{1,6}(?:\.[0-9]{1,6})?")]
    private static partial Regex Number();

    private sealed record Sender(string Service, string Language, string Name, string Version, System.Version Parsed);
}
