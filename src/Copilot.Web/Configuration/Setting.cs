using System.Collections;
using Microsoft.Extensions.Configuration.CommandLine;
using Microsoft.Extensions.Configuration.EnvironmentVariables;

namespace Copilot.Web.Configuration;

/// <summary>A setting: what it is called, what it does, how it is written.</summary>
/// <param name="Key">With colons; <c>#</c> stands for a place in a list (0, 1, …), <c>*</c> for a name that one chooses.</param>
/// <param name="What">What it does, as a line of a table.</param>
public sealed record Setting(string Key, SettingForm Form, string What)
{
    /// <summary>For those who tune: what it does is rarely worth a change.</summary>
    public bool Fine { get; init; }

    /// <summary>A wrong value is told and does not keep the app from starting: it works without.</summary>
    public bool Optional { get; init; }

    /// <summary>What there is without it, where it is not the value that the code begins with.</summary>
    public string? Without { get; init; }

    /// <summary>As an environment variable: <c>Retention__HotWindow</c>, <c>Ingest__Keys__NAME</c>.</summary>
    public string Name => Shown(Key.Replace("#", "0", StringComparison.Ordinal).Replace("*", "NAME", StringComparison.Ordinal));

    public string Section => Key.Split(':')[0];

    public static string Shown(string key) => key.Replace(":", "__", StringComparison.Ordinal);

    /// <summary>Whether a key of the configuration is this setting.</summary>
    public bool Is(string key)
    {
        var (own, asked) = (Key.Split(':'), key.Split(':'));
        return own.Length == asked.Length && own.Zip(asked).All(part => Fits(part.First, part.Second));
    }

    /// <summary>What the code begins with: the member of the options that the setting is bound to; null where it has none.</summary>
    public string? Default(SettingSection section)
    {
        var value = Key.Split(':')
            .Skip(section.Path.Split(':').Length)
            .Aggregate(section.Options, (holder, member) => holder?.GetType().GetProperty(member)?.GetValue(holder));
        return value switch
        {
            null or "" => null,
            not string and IEnumerable => null,
            _ => Form.Written(value),
        };
    }

    private static bool Fits(string own, string asked) =>
        own switch
        {
            "#" => int.TryParse(asked, out var place) && place >= 0,
            "*" => asked.Length > 0,
            _ => own.Equals(asked, StringComparison.OrdinalIgnoreCase),
        };
}

/// <summary>The settings of one section, and the options that they are bound to.</summary>
public sealed record SettingSection(string Title, object? Options, IReadOnlyList<Setting> Settings)
{
    /// <summary>Where the options' own members begin, when that is not the section's name: <c>Store:Queries</c>.</summary>
    public string Path { get; init; } = Settings[0].Section;
}

/// <summary>Where a value came from, as people know the place.</summary>
internal static class SettingSource
{
    public static string Of(IConfigurationRoot configuration, string key)
    {
        var provider = configuration.Providers.LastOrDefault(provider => provider.TryGet(key, out _));
        return provider switch
        {
            EnvironmentVariablesConfigurationProvider => "in the environment",
            CommandLineConfigurationProvider => "on the command line",
            FileConfigurationProvider file => $"in {file.Source.Path}",
            _ => "in the configuration",
        };
    }
}
