namespace Copilot.Agent.Redaction;

/// <summary>The sums that tell a card or account number from any other long number.</summary>
internal static class CheckDigits
{
    /// <summary>Luhn's sum (ISO/IEC 7812).</summary>
    public static bool IsCard(string text)
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

    /// <summary>ISO 13616: the first four characters behind the rest, letters as numbers from 10, modulo 97 is 1.</summary>
    public static bool IsIban(string text)
    {
        var bare = new string([.. text.Where(char.IsAsciiLetterOrDigit)]).ToUpperInvariant();
        if (bare.Length is < 15 or > 34) return false;
        var rest = 0;
        foreach (var sign in bare[4..] + bare[..4])
        {
            var value = char.IsAsciiDigit(sign) ? sign - '0' : sign - 'A' + 10;
            rest = ((rest * (value > 9 ? 100 : 10)) + value) % 97;
        }

        return rest == 1;
    }
}
