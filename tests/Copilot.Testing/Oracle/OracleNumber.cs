using System.Globalization;
using System.Numerics;

namespace Copilot.Testing.Oracle;

/// <summary>
/// A number with 360 digits after the point and any before it: wide enough for every power that fits a floating number, so that the oracle
/// reckons where decimals end as Postgres' numeric does.
/// </summary>
public readonly record struct OracleNumber : IComparable<OracleNumber>
{
    private const int Digits = 360;

    private static readonly BigInteger One = BigInteger.Pow(10, Digits);

    private readonly BigInteger _unscaled;

    private OracleNumber(BigInteger unscaled) => _unscaled = unscaled;

    public bool IsZero => _unscaled.IsZero;

    public static OracleNumber Of(decimal value) => Parse(value.ToString(CultureInfo.InvariantCulture));

    /// <summary>To 15 digits, as Postgres makes numbers of floating ones.</summary>
    public static OracleNumber Of(double value) => Parse(value.ToString("E14", CultureInfo.InvariantCulture));

    private static OracleNumber Parse(string text)
    {
        var exponentAt = text.IndexOf('E', StringComparison.Ordinal);
        var exponent = exponentAt < 0 ? 0 : int.Parse(text[(exponentAt + 1)..], CultureInfo.InvariantCulture);
        var mantissa = exponentAt < 0 ? text : text[..exponentAt];
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var shift = Digits + exponent - (point < 0 ? 0 : mantissa.Length - point - 1);
        var digits = BigInteger.Parse(mantissa.Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        return new OracleNumber(shift < 0 ? digits / BigInteger.Pow(10, -shift) : digits * BigInteger.Pow(10, shift));
    }

    public static OracleNumber operator +(OracleNumber a, OracleNumber b) => new(a._unscaled + b._unscaled);

    public static OracleNumber operator -(OracleNumber a, OracleNumber b) => new(a._unscaled - b._unscaled);

    public static OracleNumber operator -(OracleNumber a) => new(-a._unscaled);

    public static OracleNumber operator *(OracleNumber a, OracleNumber b) => new(a._unscaled * b._unscaled / One);

    public static OracleNumber operator /(OracleNumber a, OracleNumber b) => new(a._unscaled * One / b._unscaled);

    public static OracleNumber operator %(OracleNumber a, OracleNumber b) => new(BigInteger.Remainder(a._unscaled, b._unscaled));

    /// <summary>By floating numbers; null where they end or it is no number, as the store has it.</summary>
    public OracleNumber? Power(OracleNumber exponent)
    {
        var power = Math.Pow((double)this, (double)exponent);
        return double.IsFinite(power) && (power != 0 || IsZero) ? Of(power) : null;
    }

    public static OracleNumber Sum(IEnumerable<OracleNumber> numbers) => numbers.Aggregate((a, b) => a + b);

    public static OracleNumber Average(IReadOnlyCollection<OracleNumber> numbers) => Sum(numbers) / Of((decimal)numbers.Count);

    public static explicit operator double(OracleNumber number) =>
        double.Parse(string.Create(CultureInfo.InvariantCulture, $"{number._unscaled}E-{Digits}"), CultureInfo.InvariantCulture);

    public override string ToString() => _unscaled.ToString(CultureInfo.InvariantCulture);

    public static bool operator <(OracleNumber a, OracleNumber b) => a.CompareTo(b) < 0;

    public static bool operator <=(OracleNumber a, OracleNumber b) => a.CompareTo(b) <= 0;

    public static bool operator >(OracleNumber a, OracleNumber b) => a.CompareTo(b) > 0;

    public static bool operator >=(OracleNumber a, OracleNumber b) => a.CompareTo(b) >= 0;

    public int CompareTo(OracleNumber other) => _unscaled.CompareTo(other._unscaled);
}
