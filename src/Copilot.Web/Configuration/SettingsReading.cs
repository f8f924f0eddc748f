using Copilot.Access;
using Copilot.Ingest;
using Copilot.Store.Retention;
using Copilot.Telemetry.Text;
using Copilot.TraceQL.Checking;
using Copilot.Web.Hosting;

namespace Copilot.Web.Configuration;

/// <summary>Reads all settings at once, before anything is started: what is wrong with any of them is told together.</summary>
public static class SettingsReading
{
    /// <summary>Sections that ASP.NET reads by itself.</summary>
    private static readonly string[] Foreign = ["Logging", "Kestrel"];

    /// <summary>Settings that are gone, and what there is instead.</summary>
    private static readonly Dictionary<string, string> Replaced = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Hosting:SignInProxy"] =
            "the app asks the proxy now who somebody is: set SignIn__Proxy__UserHeader to the header that says it, "
            + "Hosting__Proxies__0 to the proxy's address and SignIn__Admins__0 to who is admin (docs/security.md).",
    };

    private static readonly string[] Own = [.. SettingsTable.All.Select(setting => setting.Section).Distinct()];

    /// <summary>
    /// Checks every value that belongs to a setting, and puts what people write with units in the form that options are bound from.
    /// </summary>
    /// <returns>What is told and does not keep the app from starting, a sentence each.</returns>
    /// <exception cref="SettingsRefusedException">Some cannot be used.</exception>
    public static IReadOnlyList<string> Apply(IConfigurationManager configuration)
    {
        var (problems, notes) = (new List<string>(), new List<string>());
        var canonical = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        var given = configuration.AsEnumerable().Where(entry => entry.Value is not null).OrderBy(e => e.Key, StringComparer.Ordinal);
        foreach (var (key, value) in given)
        {
            var source = SettingSource.Of((IConfigurationRoot)configuration, key);
            if (SettingsTable.All.FirstOrDefault(setting => setting.Is(key)) is not { } setting)
            {
                if (Unknown(key) is { } told)
                    problems.Add($"{Setting.Shown(key)} ({source}): {told}");
                continue;
            }

            // Empty is how an environment says that something is not set.
            var read = value!.Length == 0 ? null : setting.Form.Canonical(value);
            canonical[key] = read ?? SettingsTable.Beginning(setting);
            if (value.Length == 0 || read is not null)
                continue;
            var shown = setting.Form.IsSecret ? "the value" : $"'{Printable(value)}'";
            (setting.Optional ? notes : problems).Add(
                $"{Setting.Shown(key)} ({source}): {shown} is not allowed, but {setting.Form.Allowed}."
            );
        }

        configuration.AddInMemoryCollection(canonical);
        if (problems.Count == 0)
            problems.AddRange(Contradictions(configuration));
        if (problems.Count > 0)
            throw new SettingsRefusedException(problems);
        notes.AddRange(ModelSettings.Incomplete(configuration, wrong: notes.Count > 0));
        return notes;
    }

    private static IEnumerable<string> Contradictions(IConfiguration configuration)
    {
        var retention = configuration.GetSection("Retention").Get<RetentionOptions>() ?? new RetentionOptions();
        if (retention.HotWindow > retention.KeepFor)
        {
            yield return $"Retention__HotWindow is {WrittenAmount.Of(retention.HotWindow)} and longer than Retention__KeepFor, "
                + $"{WrittenAmount.Of(retention.KeepFor)}: what every span outlives cannot go earlier.";
        }

        var hosting = configuration.GetSection("Hosting").Get<HostingOptions>() ?? new HostingOptions();
        foreach (var problem in (configuration.GetSection("SignIn").Get<SignInOptions>() ?? new SignInOptions()).Problems(hosting.Proxies))
            yield return problem;
        foreach (var proxy in hosting.Proxies.Where(proxy => !KnownProxies.IsOne(proxy)))
            yield return $"Hosting__Proxies takes addresses and networks such as 10.0.0.0/8; '{Printable(proxy)}' is neither.";

        var ingest = configuration.GetSection("Ingest").Get<IngestOptions>() ?? new IngestOptions();
        if (ingest.ShedFrom > ingest.PushBackFrom)
        {
            yield return FormattableString.Invariant(
                $"Ingest__ShedFrom is {ingest.ShedFrom:#,0} and above Ingest__PushBackFrom, {ingest.PushBackFrom:#,0}: "
            ) + "shedding begins before senders are asked to wait.";
        }

        if (ingest.BodyLimit > ingest.BodiesInFlight)
        {
            yield return $"Ingest__BodyLimit is {WrittenAmount.OfBytes(ingest.BodyLimit)} and above Ingest__BodiesInFlight, "
                + $"{WrittenAmount.OfBytes(ingest.BodiesInFlight)}: no body of that size could be taken.";
        }
    }

    /// <summary>What to say of a key that is no setting; null where it is somebody else's.</summary>
    private static string? Unknown(string key)
    {
        if (Replaced.TryGetValue(key, out var instead))
            return instead;
        var first = key.Split(':')[0];
        if (Foreign.Contains(first, StringComparer.OrdinalIgnoreCase))
            return null;
        if (!key.Contains(':', StringComparison.Ordinal))
        {
            var meant = SettingsTable.All.FirstOrDefault(s => s.Key.Replace(':', '_').Equals(key, StringComparison.OrdinalIgnoreCase));
            return meant is null ? null : $"there is no such setting; did you mean {meant.Name}, with two underscores?";
        }

        var list = SettingsTable.All.FirstOrDefault(s => s.Key.Equals(key + ":#", StringComparison.OrdinalIgnoreCase));
        if (list is not null)
            return $"it is a list; its first entry is {list.Name}, the next {Setting.Shown(key)}__1.";
        var own = Own.Contains(first, StringComparer.OrdinalIgnoreCase);
        var nearest = DidYouMean.Closest(Setting.Shown(key), SettingsTable.All.Select(setting => setting.Name));
        if (nearest is not null && (own || DidYouMean.Closest(first, Own) is not null))
            return $"there is no such setting; did you mean {nearest}?";
        return own ? "there is no such setting; docs/settings.md has all of them." : null;
    }

    private static string Printable(string text) => new([.. text.Where(letter => !char.IsControl(letter)).Take(200)]);
}

/// <summary>Settings that cannot be used, a sentence each.</summary>
public sealed class SettingsRefusedException(IReadOnlyList<string> problems) : Exception(string.Join('\n', problems))
{
    public IReadOnlyList<string> Problems => problems;
}
