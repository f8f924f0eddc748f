using System.Text.RegularExpressions;

namespace Copilot.Models.Audit;

/// <summary>What secrets look like, whatever key they stand under.</summary>
internal static partial class SecretPatterns
{
    [GeneratedRegex(
        @"-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(-----END [A-Z ]*PRIVATE KEY-----|$)",
        RegexOptions.None,
        PatternThresholds.OfPart
    )]
    public static partial Regex PrivateKey();

    [GeneratedRegex(
        @"\b(?<scheme>Bearer|Basic|Token|ApiKey|Digest)(?:\s|%20|\+)+[A-Za-z0-9._~+/=%-]{8,}",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfPart
    )]
    public static partial Regex Authorization();

    [GeneratedRegex(@"\beyJ[A-Za-z0-9_-]{6,}\.[A-Za-z0-9_-]{6,}\.[A-Za-z0-9_-]*", RegexOptions.None, PatternThresholds.OfPart)]
    public static partial Regex JsonWebToken();

    [GeneratedRegex(
        """
            \b(?:(?:sk|rk|pk)[-_][A-Za-z0-9_-]{16,}|gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,}
              |ock_[0-9a-f]{12}_[0-9a-f]{64}|glpat-[A-Za-z0-9_-]{16,}|npm_[A-Za-z0-9]{30,}
            |xox[abeprs]-[A-Za-z0-9-]{10,}|xapp-[A-Za-z0-9-]{10,}|(?:AKIA|ASIA)[0-9A-Z]{16}|AIza[0-9A-Za-z_-]{30,}
            |ya29\.[0-9A-Za-z_-]{20,}|hf_[A-Za-z0-9]{20,})
            """,
        RegexOptions.IgnorePatternWhitespace,
        PatternThresholds.OfPart
    )]
    public static partial Regex KnownToken();

    [GeneratedRegex(@"(?<=[a-z][a-z0-9+.-]*://)[^\s/@:]*:[^\s/@]+(?=@)", RegexOptions.IgnoreCase, PatternThresholds.OfPart)]
    public static partial Regex AddressCredentials();

    [GeneratedRegex(@"[\w.+%-]{1,64}(?:@|%40|\uFF20)(?:[\w-]{1,63}\.)+[^\W\d][\w-]{1,62}", RegexOptions.None, PatternThresholds.OfPart)]
    public static partial Regex Email();

    [GeneratedRegex(
        @"\b[A-Z]{2}[0-9]{2}(?:[ -]?[A-Z0-9]{4}){2,7}(?:[ -]?[A-Z0-9]{1,4})?\b",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfPart
    )]
    public static partial Regex Iban();

    // Groups of four hold together with any sign between them; else only blanks and dashes do, or every long fraction would be a card.
    [GeneratedRegex(
        @"(?<![0-9A-Za-z.])(?:[0-9](?:[ -]?[0-9]){12,18}"
            + @"|[0-9]{4}(?<sign>[._/\u00A0\u2009\u202F\u2010-\u2015])[0-9]{4}\k<sign>[0-9]{4}\k<sign>[0-9]{1,"
            + @"7})(?![0-9A-Za-z]|\.[0-9])",
        RegexOptions.None,
        PatternThresholds.OfPart
    )]
    public static partial Regex CardNumber();
}

/// <summary>The sums that tell a card or account number from any other long number.</summary>
internal static class CheckDigits
{
    /// <summary>Luhn's sum (ISO/IEC 7812).</summary>
    public static bool IsCard(string text)
    {
        var digits = text.Where(char.IsAsciiDigit).Select(digit => digit - '0').ToArray();
        if (digits.Length is < 13 or > 19)
            return false;
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)];
            sum +=
                i % 2 == 0 ? digit
                : digit > 4 ? (2 * digit) - 9
                : 2 * digit;
        }

        return sum % 10 == 0;
    }

    /// <summary>ISO 13616: the first four characters behind the rest, letters as numbers from 10, modulo 97 is 1.</summary>
    public static bool IsIban(string text)
    {
        var bare = new string([.. text.Where(char.IsAsciiLetterOrDigit)]).ToUpperInvariant();
        if (bare.Length is < 15 or > 34)
            return false;
        var rest = 0;
        foreach (var sign in bare[4..] + bare[..4])
        {
            var value = char.IsAsciiDigit(sign) ? sign - '0' : sign - 'A' + 10;
            rest = ((rest * (value > 9 ? 100 : 10)) + value) % 97;
        }

        return rest == 1;
    }
}
