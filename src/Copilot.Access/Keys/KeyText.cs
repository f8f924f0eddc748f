using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Copilot.Access.Keys;

/// <summary>A key as programs carry it: <c>ock_ID_SECRET</c>. The beginning lets scanners of repositories find one that leaked.</summary>
public sealed partial record KeyText(string Id, string Secret)
{
    private const int IdBytes = 6;
    private const int SecretBytes = 32;

    public static KeyText Make() =>
        new(
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes)),
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes))
        );

    /// <summary>Null where the text has not this form.</summary>
    public static KeyText? Parse(string text) =>
        Form().Match(text.Trim()) is { Success: true } match ? new(match.Groups["id"].Value, match.Groups["secret"].Value) : null;

    /// <summary>256 random bits need no slow hash: nobody can try them out.</summary>
    public byte[] Hash() => SHA256.HashData(Encoding.ASCII.GetBytes(Secret));

    public override string ToString() => $"ock_{Id}_{Secret}";

    [GeneratedRegex("^ock_(?<id>[0-9a-f]{12})_(?<secret>[0-9a-f]{64})$")]
    private static partial Regex Form();
}
