using System.Globalization;

namespace Copilot.Instrument.Reading;

/// <summary>Amounts of memory as Kubernetes (<c>64Mi</c>, <c>1e9</c>) and Compose (<c>300M</c>, <c>1gb</c>) write them.</summary>
internal static class MemoryQuantity
{
    /// <summary>Bytes; null where the text is no amount. Compose counts its units by 1,024, Kubernetes those without an i by
    /// 1,000.</summary>
    public static long? Bytes(string? text, bool compose = false)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        var number = text.Trim();
        var at = number.Length;
        while (at > 0 && char.IsLetter(number[at - 1]))
            at--;
        var (digits, unit) = (number[..at], compose ? number[at..].ToUpperInvariant().TrimEnd('B') : number[at..]);
        if (!double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var amount) || !double.IsFinite(amount))
            return null;
        var power = "KMGTPE".IndexOf(unit.Length > 0 ? char.ToUpperInvariant(unit[0]) : ' ', StringComparison.Ordinal) + 1;
        double? factor = unit switch
        {
            "" => 1,
            "m" when !compose => 0.001,
            _ when power == 0 => null,
            { Length: 2 } when unit[1] is 'i' or 'I' => Math.Pow(1024, power),
            { Length: 1 } => Math.Pow(compose ? 1024 : 1000, power),
            _ => null,
        };
        return factor is { } by && amount * by < long.MaxValue ? (long)(amount * by) : null;
    }
}
