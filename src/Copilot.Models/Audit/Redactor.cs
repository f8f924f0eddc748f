using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Copilot.Models.Audit;

/// <summary>Takes out of a text what must not leave for a model: addresses, tokens, card numbers, account numbers, values of named
/// keys.</summary>
public sealed class Redactor(RedactionOptions options)
{
    private const string Redacted = "[redacted]";
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Members that name an attribute in a result, and members that hold what it is worth.</summary>
    private static readonly string[] Naming = ["attribute", "key", "name"];
    private static readonly string[] Worth = ["value", "values", "items"];

    /// <summary>Members whose lists have their names in <c>columns</c> beside them.</summary>
    private static readonly string[] Rows = ["rows"];

    // Quotes around a key or a value may be escaped: a log record is often JSON inside JSON.
    private readonly Regex? _keys =
        Keys(options).Count == 0
            ? null
            : new Regex(
                $"""(?<key>(?:{string.Join('|', Keys(options).Select(Regex.Escape))})[\w.-]*(?:\\*["'])?\s*(?:[:=]|=>|%3D)\s*)"""
                    + """(?!\[redacted\])(?<value>\\*"(?:[^"\\]|\\(?!")[^"])*\\*"|'[^']*'|[^\s,;&}\]]+)""",
                RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
                TimeSpan.FromMilliseconds(PatternThresholds.OfPart)
            );

    /// <summary>What is taken out, for people to read.</summary>
    public IReadOnlyList<string> Rules { get; } =
    [
        "e-mail addresses",
        "bearer and basic authorization",
        "tokens and keys of known shapes, JSON web tokens, private keys",
        "user and password in an address",
        "card numbers (with a right check digit)",
        "IBANs (with a right checksum)",
    ];

    /// <summary>Keys whose values are taken out.</summary>
    public IReadOnlyList<string> NamedKeys { get; } = Keys(options);

    /// <summary>The text with each find replaced by what it was: <c>[e-mail]</c>, <c>[card number]</c>.</summary>
    public string Redact(string text)
    {
        try
        {
            var clean = SecretPatterns.PrivateKey().Replace(text, "[private key]");
            clean = SecretPatterns.Authorization().Replace(clean, "${scheme} [token]");
            clean = SecretPatterns.JsonWebToken().Replace(clean, "[token]");
            clean = SecretPatterns.KnownToken().Replace(clean, "[token]");
            clean = SecretPatterns.AddressCredentials().Replace(clean, "[credentials]");
            clean = SecretPatterns.Email().Replace(clean, "[e-mail]");
            clean = SecretPatterns.Iban().Replace(clean, found => CheckDigits.IsIban(found.Value) ? "[account number]" : found.Value);
            clean = SecretPatterns.CardNumber().Replace(clean, found => CheckDigits.IsCard(found.Value) ? "[card number]" : found.Value);
            return _keys is null ? clean : _keys.Replace(clean, "${key}" + Redacted);
        }
        catch (RegexMatchTimeoutException)
        {
            // What cannot be looked through in time is not sent at all.
            return "[text left out: it could not be checked for secrets]";
        }
    }

    /// <summary>A JSON text with its strings redacted one by one, so that it stays JSON; any other text as a whole.</summary>
    public string RedactJson(string json)
    {
        try
        {
            return JsonNode.Parse(json) is { } node ? Clean(node)!.ToJsonString(Json) : json;
        }
        catch (JsonException)
        {
            return Redact(json);
        }
    }

    /// <summary>A tree with its texts redacted one by one; who wrote each of them stays.</summary>
    internal JsonObject Redact(JsonObject tree) => (JsonObject)Clean(tree)!;

    private JsonNode? Clean(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                var named = members.Any(member =>
                    IsOneOf(Naming, member.Key) && KnownText.Of(member.Value) is var (key, _) && IsNamed(key)
                );
                return new JsonObject(
                    members.Select(member =>
                        KeyValuePair.Create(
                            member.Key,
                            member.Value is null ? null
                                : IdOf(member.Key, member.Value) is { } id ? id
                                : IsNamed(member.Key) || (named && IsOneOf(Worth, member.Key)) ? Emptied(member.Value)
                                : IsOneOf(Rows, member.Key) ? CleanRows(member.Value, members["columns"] as JsonArray ?? [])
                                : Clean(member.Value)
                        )
                    )
                );
            case JsonArray list:
                return new JsonArray([.. list.Select(Clean)]);
            default:
                return KnownText.Of(node) is var (text, what) ? KnownText.With(Redact(text), what) : node?.DeepClone();
        }
    }

    private JsonNode? CleanRows(JsonNode? rows, JsonArray columns)
    {
        // What has a unit was counted: it tells nothing of a value.
        var named = columns
            .Select(column =>
                column is JsonObject { } one && one["unit"] is null && KnownText.Of(one["name"]) is var (key, _) && IsNamed(key)
            )
            .ToList();
        return rows is JsonArray list && named.Contains(true)
            ? new JsonArray([
                .. list.Select(row =>
                    row is JsonArray cells
                        ? new JsonArray([
                            .. cells.Select((cell, n) => cell is not null && named.ElementAtOrDefault(n) ? Redacted : Clean(cell)),
                        ])
                        : Clean(row)
                ),
            ])
            : Clean(rows);
    }

    // A span's id may look like a card number: sixteen digits with a right check digit. Strangers' texts are never under these names.
    private static JsonNode? IdOf(string name, JsonNode value) =>
        name is "traceId" or "spanId" or "parentSpanId"
        && KnownText.Of(value) is ({ Length: 16 or 32 } text, var what)
        && text.All(char.IsAsciiHexDigitLower)
            ? KnownText.With(text, what)
            : null;

    // The counts beside a value may stay: they tell nothing of it.
    private static JsonNode Emptied(JsonNode node) =>
        node switch
        {
            JsonArray list => new JsonArray([.. list.Select(item => item is JsonObject or JsonArray ? Emptied(item) : Redacted)]),
            JsonObject members => new JsonObject(
                members.Select(member =>
                    KeyValuePair.Create(
                        member.Key,
                        member.Value is JsonObject or JsonArray ? Emptied(member.Value)
                            : KnownText.Of(member.Value) is not null ? Redacted
                            : member.Value?.DeepClone()
                    )
                )
            ),
            _ => Redacted,
        };

    // "quotedKey" names a key as "key" does: a stranger wrote it.
    private static bool IsOneOf(string[] names, string name) =>
        names.Contains(
            name.StartsWith("quoted", StringComparison.Ordinal) ? name["quoted".Length..] : name,
            StringComparer.OrdinalIgnoreCase
        );

    private bool IsNamed(string name) => NamedKeys.Any(key => name.Contains(key, StringComparison.OrdinalIgnoreCase));

    private static List<string> Keys(RedactionOptions options) =>
        [.. options.Keys.Where(key => key.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)];
}

/// <summary>What is taken out besides the built-in patterns; section <c>Redaction</c> of the configuration.</summary>
public sealed record RedactionOptions
{
    /// <summary>Keys whose values never leave, wherever they stand as <c>key: value</c>, <c>key=value</c>, as a member or as an attribute.
    /// A list in the
    /// configuration is added to these, so that none of the usual ones is lost by mistake.</summary>
    public IReadOnlyList<string> Keys { get; init; } =
    [
        "password",
        "passwd",
        "pwd",
        "passphrase",
        "secret",
        "api_key",
        "apikey",
        "api-key",
        "token",
        "authorization",
        "cookie",
        "session.id",
        "session_id",
        "enduser.id",
        "private_key",
        "credential",
    ];
}
