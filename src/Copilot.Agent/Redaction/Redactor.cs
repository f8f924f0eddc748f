using System.Text.RegularExpressions;

namespace Copilot.Agent.Redaction;

/// <summary>Takes out of a text what must not leave for a model: addresses, tokens, card numbers, account numbers, values of named keys.</summary>
public sealed partial class Redactor(RedactionOptions options)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    private readonly Regex? keys = options.Keys.Count == 0
        ? null
        : new Regex(
            $"(?<key>\"?(?:{string.Join('|', options.Keys.Select(Regex.Escape))})\"?\\s*[:=]\\s*)(?<value>\"(?:[^\"\\\\]|\\\\.)*\"|[^\\s,;&}}\\]]+)",
            RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, Patience);

    /// <summary>The text with each find replaced by what it was: <c>[e-mail]</c>, <c>[card number]</c>.</summary>
    public string Redact(string text)
    {
        var clean = PrivateKey().Replace(text, "[private key]");
        clean = Authorization().Replace(clean, "${scheme} [token]");
        clean = JsonWebToken().Replace(clean, "[token]");
        clean = KnownToken().Replace(clean, "[token]");
        clean = Email().Replace(clean, "[e-mail]");
        clean = Iban().Replace(clean, found => IsIban(found.Value) ? "[account number]" : found.Value);
        clean = CardNumber().Replace(clean, found => IsCard(found.Value) ? "[card number]" : found.Value);
        return keys is null ? clean : keys.Replace(clean, "${key}\"[redacted]\"");
    }

    private static bool IsCard(string text)
    {
        var digits = text.Where(char.IsAsciiDigit).Select(digit => digit - '0').ToArray();
        if (digits.Length is < 13 or > 19) return false;
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)];
            sum += i % 2 == 0 ? digit : digit > 4 ? (2 * digit) - 9 : 2 * digit;
        }

        return sum % 10 == 0;
    }

    // ISO 13616: the first four characters behind the rest, letters as numbers from 10, modulo 97 is 1.
    private static bool IsIban(string text)
    {
        var bare = text.Replace(" ", string.Empty, StringComparison.Ordinal);
        if (bare.Length is < 15 or > 34) return false;
        var rest = 0;
        foreach (var sign in bare[4..] + bare[..4])
        {
            var value = char.IsAsciiDigit(sign) ? sign - '0' : char.ToUpperInvariant(sign) - 'A' + 10;
            rest = ((rest * (value > 9 ? 100 : 10)) + value) % 97;
        }

        return rest == 1;
    }

    [GeneratedRegex(@"-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(-----END [A-Z ]*PRIVATE KEY-----|$)", RegexOptions.None, 200)]
    private static partial Regex PrivateKey();

    [GeneratedRegex(@"\b(?<scheme>Bearer|Basic|Token|ApiKey)\s+[A-Za-z0-9._~+/=-]{8,}", RegexOptions.IgnoreCase, 200)]
    private static partial Regex Authorization();

    [GeneratedRegex(@"\beyJ[A-Za-z0-9_-]{6,}\.[A-Za-z0-9_-]{6,}\.[A-Za-z0-9_-]*", RegexOptions.None, 200)]
    private static partial Regex JsonWebToken();

    [GeneratedRegex(@"\b(sk-[A-Za-z0-9_-]{16,}|gh[pousr]_[A-Za-z0-9]{20,}|xox[abprs]-[A-Za-z0-9-]{10,}|AKIA[0-9A-Z]{16}|AIza[0-9A-Za-z_-]{30,})", RegexOptions.None, 200)]
    private static partial Regex KnownToken();

    [GeneratedRegex(@"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+", RegexOptions.None, 200)]
    private static partial Regex Email();

    [GeneratedRegex(@"\b[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b", RegexOptions.None, 200)]
    private static partial Regex Iban();

    [GeneratedRegex(@"(?<![0-9A-Za-z.])[0-9](?:[ -]?[0-9]){12,18}(?![0-9A-Za-z.])", RegexOptions.None, 200)]
    private static partial Regex CardNumber();
}
