using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Copilot.Store.Migrations;

/// <summary>One SQL file that came with the app.</summary>
/// <param name="Name">Its path under <c>migrations/</c>, such as <c>incremental/001-telemetry.sql</c>.</param>
internal sealed record MigrationScript(string Name, string Sql)
{
    private const string Prefix = "migrations/";

    /// <summary>Runs once, ever; else: runs at the start after every change of its text.</summary>
    public bool Incremental => Name.StartsWith("incremental/", StringComparison.Ordinal);

    public string Checksum { get; } =
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql.Replace("\r\n", "\n", StringComparison.Ordinal))));

    public static IReadOnlyList<MigrationScript> Embedded()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return assembly.GetManifestResourceNames()
            .Select(name => (Name: name.Replace('\\', '/'), Resource: name))
            .Where(file => file.Name.StartsWith(Prefix, StringComparison.Ordinal))
            .OrderBy(file => file.Name, StringComparer.Ordinal)
            .Select(file =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(file.Resource)!);
                return new MigrationScript(file.Name[Prefix.Length..], reader.ReadToEnd());
            })
            .ToList();
    }
}
