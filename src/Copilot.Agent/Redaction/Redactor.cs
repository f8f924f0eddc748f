using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Copilot.Agent.Redaction;

/// <summary>Takes out of a text what must not leave for a model: addresses, tokens, card numbers, account numbers, values of named keys.</summary>
public sealed class Redactor(RedactionOptions options)
{
    private const string Redacted = "[redacted]";
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Members that name an attribute in a result, and members that hold what it is worth.</summary>
    private static readonly string[] Naming = ["attribute", "key", "name"];
    private static readonly string[] Worth = ["value", "values", "items"];

    // Quotes around a key or a value may be escaped: a log record is often JSON inside JSON.
    private readonly Regex? keys = Keys(options).Count == 0
        ? null
        : new Regex(
            $"""(?<key>(?:{string.Join('|', Keys(options).Select(Regex.Escape))})[\w.-]*(?:\\*["'])?\s*(?:[:=]|=>|%3D)\s*)(?!\[redacted\])(?<value>\\*"(?:[^"\\]|\\(?!")[^"])*\\*"|'[^']*'|[^\s,;&{"}"}\]]+)""",
            RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, Patience);

    /// <summary>What is taken out, for people to read.</summary>
    public IReadOnlyList<string> Rules { get; } =
    [
        "e-mail addresses", "bearer and basic authorization", "tokens and keys of known shapes, JSON web tokens, private keys", "user and password in an address",
        "card numbers (with a right check digit)", "IBANs (with a right checksum)",
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
            return keys is null ? clean : keys.Replace(clean, "${key}" + Redacted);
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
            return JsonNode.Parse(json) is { } node ? Clean(node).ToJsonString(Json) : json;
        }
        catch (JsonException)
        {
            return Redact(json);
        }
    }

    private JsonNode Clean(JsonNode node)
    {
        switch (node)
        {
            case JsonObject members:
                var named = Naming.Any(name => members[name] is JsonValue value && value.TryGetValue<string>(out var key) && IsNamed(key));
                foreach (var (name, value) in members.ToList())
                {
                    if (value is null) continue;
                    members[name] = IsNamed(name) || (named && Worth.Contains(name)) ? Emptied(value.DeepClone()) : Clean(value.DeepClone());
                }

                return members;
            case JsonArray list:
                for (var i = 0; i < list.Count; i++)
                {
                    if (list[i] is { } item) list[i] = Clean(item.DeepClone());
                }

                return list;
            case JsonValue value when value.TryGetValue<string>(out var text):
                return JsonValue.Create(Redact(text));
            default:
                return node;
        }
    }

    // The counts beside a value may stay: they tell nothing of it.
    private static JsonNode Emptied(JsonNode node)
    {
        switch (node)
        {
            case JsonArray list:
                return new JsonArray([.. list.Select(item => item is JsonObject or JsonArray ? Emptied(item.DeepClone()) : Redacted)]);
            case JsonObject members:
                foreach (var (name, value) in members.ToList())
                {
                    if (value is JsonObject or JsonArray) members[name] = Emptied(value.DeepClone());
                    else if (value is JsonValue text && text.TryGetValue<string>(out _)) members[name] = Redacted;
                }

                return members;
            default:
                return Redacted;
        }
    }

    private bool IsNamed(string name) => NamedKeys.Any(key => name.Contains(key, StringComparison.OrdinalIgnoreCase));

    private static List<string> Keys(RedactionOptions options) => [.. options.Keys.Where(key => key.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)];
}
