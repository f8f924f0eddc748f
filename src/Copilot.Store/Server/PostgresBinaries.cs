using System.Globalization;
using System.Text.RegularExpressions;

namespace Copilot.Store.Server;

/// <summary>A folder with Postgres' server programs that run, and their major version.</summary>
internal sealed partial record PostgresBinaries(string Folder, int Major)
{
    public const int OldestMajor = 15;

    private static readonly string[] Programs = ["initdb", "pg_ctl", "postgres"];
    private static readonly string[] Places = ["/usr/lib/postgresql", "/usr/local/lib/postgresql", "/opt/homebrew/opt"];

    public string InitDb => Path.Combine(Folder, "initdb");

    public string PgCtl => Path.Combine(Folder, "pg_ctl");

    /// <summary>
    /// The first folder that works, newest first among the distributions' places.
    /// <paramref name="dataMajor"/> is the version that made existing data: no other version can open it.
    /// </summary>
    public static async Task<PostgresBinaries> FindAsync(string? configured, int? dataMajor, CancellationToken cancellationToken)
    {
        var refused = new List<string>();
        foreach (var folder in configured is null ? Candidates() : [configured])
        {
            var (found, why) = await TryAsync(folder, cancellationToken);
            if (found is null)
                refused.Add($"{folder}: {why}");
            else if (found.Major < OldestMajor)
                refused.Add($"{folder}: version {found.Major}, {OldestMajor} or later is needed");
            else if (dataMajor is { } major && found.Major != major)
                refused.Add($"{folder}: version {found.Major}, the data is of version {major}");
            else
                return found;
        }

        var wanted = dataMajor is { } needed ? $"Postgres {needed}" : $"Postgres {OldestMajor} or later";
        throw new StoreException(
            $"No {wanted} was found. Install it (Debian: apt-get install postgresql), name its program folder in Store:PostgresBinaries, "
                + "or point ConnectionStrings:Copilot at a Postgres of your own."
                + (refused.Count == 0 ? "" : " Looked at: " + string.Join("; ", refused) + ".")
        );
    }

    private static IEnumerable<string> Candidates()
    {
        // A link on PATH leads to the real folder: initdb looks for postgres beside itself.
        var onPath = (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => new FileInfo(Path.Combine(folder, "initdb")))
            .Where(file => file.Exists)
            .Select(file => Path.GetDirectoryName(file.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? file.FullName)!);
        var installed = Places
            .Where(Directory.Exists)
            .SelectMany(Directory.EnumerateDirectories)
            .Concat(Directory.Exists("/usr") ? Directory.EnumerateDirectories("/usr", "pgsql-*") : [])
            .OrderByDescending(folder =>
                DigitsPattern().Match(Path.GetFileName(folder)) is { Success: true } digits
                    ? int.Parse(digits.Value, CultureInfo.InvariantCulture)
                    : 0
            )
            .Select(folder => Path.Combine(folder, "bin"))
            .Where(folder => File.Exists(Path.Combine(folder, "initdb")));
        return onPath.Concat(installed).Distinct(StringComparer.Ordinal);
    }

    private static async Task<(PostgresBinaries? Found, string Why)> TryAsync(string folder, CancellationToken cancellationToken)
    {
        var missing = Programs.Where(program => !File.Exists(Path.Combine(folder, program))).ToList();
        if (missing.Count > 0)
            return (null, "lacks " + string.Join(" and ", missing));
        try
        {
            var asked = await ServerCommand.RunAsync(
                Path.Combine(folder, "postgres"),
                ["--version"],
                TimeSpan.FromSeconds(20),
                cancellationToken
            );
            var version = VersionPattern().Match(asked.Output);
            return asked.ExitCode == 0 && version.Success
                ? (new PostgresBinaries(folder, int.Parse(version.Groups[1].ValueSpan, CultureInfo.InvariantCulture)), "")
                : (null, $"'postgres --version' said '{asked.Output}'");
        }
        catch (StoreException failure)
        {
            return (null, failure.Message);
        }
    }

    [GeneratedRegex(@"\(PostgreSQL\) (\d{1,3})", RegexOptions.CultureInvariant)]
    private static partial Regex VersionPattern();

    [GeneratedRegex(@"\d{1,3}", RegexOptions.CultureInvariant)]
    private static partial Regex DigitsPattern();
}
