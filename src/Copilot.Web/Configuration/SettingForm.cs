using System.Globalization;
using Copilot.Telemetry.Text;

namespace Copilot.Web.Configuration;

/// <summary>How a setting's value is written, and which values it may have.</summary>
public abstract record SettingForm
{
    /// <summary>What is allowed, as the end of a sentence: "a duration such as 30s, 5m, 2h or 14d, from 1m to 365d".</summary>
    public abstract string Allowed { get; }

    /// <summary>The same in a table below which the forms are told.</summary>
    public virtual string Briefly => Allowed;

    /// <summary>The value as the options are bound from it; null where it is none that is allowed.</summary>
    public abstract string? Canonical(string text);

    /// <summary>A default as somebody would write it.</summary>
    public virtual string Written(object value) => Convert.ToString(value, CultureInfo.InvariantCulture)!;

    /// <summary>What stands for "not set" where there is nothing to begin with.</summary>
    public virtual string? Nothing => null;

    /// <summary>Its value is not to be shown to anybody.</summary>
    public virtual bool IsSecret => false;

    public static SettingForm Text(string what) => new TextForm(what);

    public static SettingForm Secret(string what) => new TextForm(what, Hidden: true);

    public static SettingForm Flag { get; } = new FlagForm();

    public static SettingForm Address { get; } = new AddressForm();

    public static SettingForm Duration(string least, string most) => new DurationForm(Span(least), Span(most));

    public static SettingForm Size(long least, long most) => new SizeForm(least, most);

    public static SettingForm Count(long least, long most) => new CountForm(least, most);

    public static SettingForm Share(double least) => new ShareForm(least);

    public static SettingForm Amount { get; } = new AmountForm();

    public static SettingForm OneOf(params string[] words) => new WordForm(words);

    private static TimeSpan Span(string text) =>
        WrittenAmount.TryDuration(text, out var span) ? span : throw new ArgumentException($"'{text}' is no duration.");

    private sealed record TextForm(string What, bool Hidden = false) : SettingForm
    {
        public override string Allowed => What;

        public override bool IsSecret => Hidden;

        public override string? Nothing => "";

        public override string? Canonical(string text) => text.Any(char.IsControl) ? null : text;
    }

    private sealed record FlagForm : SettingForm
    {
        public override string Allowed => "true or false";

        public override string? Canonical(string text) =>
            text.Trim().ToLowerInvariant() switch
            {
                "true" or "on" or "yes" or "1" => "true",
                "false" or "off" or "no" or "0" => "false",
                _ => null,
            };

        public override string Written(object value) => (bool)value ? "true" : "false";
    }

    private sealed record AddressForm : SettingForm
    {
        public override string Allowed => "an address that begins with http:// or https://";

        public override string? Canonical(string text) =>
            Uri.TryCreate(text.Trim(), UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.Host.Length > 0
                ? text.Trim()
                : null;
    }

    private sealed record DurationForm(TimeSpan Least, TimeSpan Most) : SettingForm
    {
        public override string Allowed =>
            $"a duration such as 30s, 5m, 2h or 14d, from {WrittenAmount.Of(Least)} to {WrittenAmount.Of(Most)}";

        public override string Briefly => $"{WrittenAmount.Of(Least)} to {WrittenAmount.Of(Most)}";

        public override string? Canonical(string text) =>
            WrittenAmount.TryDuration(text, out var span) && span >= Least && span <= Most
                ? span.ToString("c", CultureInfo.InvariantCulture)
                : null;

        public override string Written(object value) => WrittenAmount.Of((TimeSpan)value);
    }

    private sealed record SizeForm(long Least, long Most) : SettingForm
    {
        public override string Allowed =>
            $"a size such as 64MiB, from {WrittenAmount.OfBytes(Least)} to {WrittenAmount.OfBytes(Most)}; a bare number is bytes";

        public override string Briefly => $"{WrittenAmount.OfBytes(Least)} to {WrittenAmount.OfBytes(Most)}";

        public override string? Canonical(string text) =>
            WrittenAmount.TryBytes(text, out var bytes) && bytes >= Least && bytes <= Most
                ? bytes.ToString(CultureInfo.InvariantCulture)
                : null;

        public override string Written(object value) => WrittenAmount.OfBytes(Convert.ToInt64(value, CultureInfo.InvariantCulture));
    }

    private sealed record CountForm(long Least, long Most) : SettingForm
    {
        public override string Allowed => string.Create(CultureInfo.InvariantCulture, $"a whole number from {Least:#,0} to {Most:#,0}");

        public override string Briefly => string.Create(CultureInfo.InvariantCulture, $"{Least:#,0} to {Most:#,0}");

        public override string? Canonical(string text) =>
            WrittenAmount.TryCount(text, out var count) && count >= Least && count <= Most
                ? count.ToString(CultureInfo.InvariantCulture)
                : null;

        public override string Written(object value) =>
            Convert.ToInt64(value, CultureInfo.InvariantCulture).ToString("#,0", CultureInfo.InvariantCulture);
    }

    private sealed record ShareForm(double Least) : SettingForm
    {
        public override string Allowed => $"a share such as 1% or 0.01, from {WrittenAmount.OfShare(Least)} to 100% (1)";

        public override string Briefly => $"{WrittenAmount.OfShare(Least)} to 100%";

        public override string? Canonical(string text) =>
            WrittenAmount.TryShare(text, out var share) && share >= Least && share <= 1
                ? share.ToString("R", CultureInfo.InvariantCulture)
                : null;

        public override string Written(object value) => WrittenAmount.OfShare((double)value);
    }

    private sealed record AmountForm : SettingForm
    {
        public override string Allowed => "an amount of money such as 0.25, from 0 up";

        public override string? Canonical(string text) =>
            decimal.TryParse(text.Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
                ? amount.ToString(CultureInfo.InvariantCulture)
                : null;
    }

    private sealed record WordForm(string[] Words) : SettingForm
    {
        public override string Allowed => $"{string.Join(", ", Words[..^1])} or {Words[^1]}";

        public override string? Nothing => "";

        public override string? Canonical(string text) =>
            Words.FirstOrDefault(word => word.Equals(text.Trim(), StringComparison.OrdinalIgnoreCase));
    }
}
