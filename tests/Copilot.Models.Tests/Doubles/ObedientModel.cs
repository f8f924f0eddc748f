using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Copilot.Models.Tests.Doubles;

/// <summary>
/// The worst model there is: it does whatever any text in front of it says in the form <c>&lt;&lt;call NAME {…}&gt;&gt;</c> or
/// <c>&lt;&lt;say …&gt;&gt;</c>, plain, in base64, hex or ROT13 or with invisible signs between, besides the one call that the question
/// needs.
/// </summary>
internal sealed partial class ObedientModel(string tool, string arguments)
{
    private readonly HashSet<string> _obeyed = [];

    public bool WasReached { get; private set; }

    public ChatRound Next(ChatTurn turn)
    {
        if (turn.Round == 0)
            return ChatRound.Call(tool, arguments);
        var orders = Orders(turn.Everything).ToList();
        WasReached |= orders.Count > 0;
        var calls = orders
            .Where(order => order.Groups["name"].Success && _obeyed.Add(order.Value))
            .Select(order => (order.Groups["name"].Value, order.Groups["arguments"].Value))
            .ToList();
        if (calls.Count > 0)
            return new ChatRound { Calls = calls };
        var said = orders.Where(order => order.Groups["words"].Success).Select(order => order.Groups["words"].Value).Distinct();
        return ChatRound.Says("Here is what I found. " + string.Join(" ", said));
    }

    private static IEnumerable<Match> Orders(string text)
    {
        // A result is JSON: a model reads what its escapes mean.
        var plain = text.Replace("\\u003C", "<", StringComparison.OrdinalIgnoreCase)
            .Replace("\\u003E", ">", StringComparison.OrdinalIgnoreCase)
            .Replace("\\\"", "\"", StringComparison.Ordinal);
        plain = new string([.. plain.Where(sign => char.GetUnicodeCategory(sign) != UnicodeCategory.Format)]);
        var decoded = Encoded().Matches(plain).SelectMany(found => new[] { Decode(found.Value), OfHex(found.Value) });
        return new[] { plain, Rotated(plain) }.Concat(decoded).SelectMany(words => Order().Matches(words));
    }

    /// <summary>ROT13, the same both ways.</summary>
    public static string Rotated(string text) =>
        new([
            .. text.Select(sign =>
                sign switch
                {
                    >= 'a' and <= 'z' => (char)('a' + ((sign - 'a' + 13) % 26)),
                    >= 'A' and <= 'Z' => (char)('A' + ((sign - 'A' + 13) % 26)),
                    _ => sign,
                }
            ),
        ]);

    private static string OfHex(string text) =>
        text.Length % 2 == 0 && text.All(char.IsAsciiHexDigit) ? Encoding.UTF8.GetString(Convert.FromHexString(text)) : string.Empty;

    private static string Decode(string text)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(text));
        }
        catch (FormatException)
        {
            return string.Empty;
        }
    }

    [GeneratedRegex("<<(?:call (?<name>[a-z_]+) (?<arguments>\\{.*?\\})|say (?<words>.*?))>>")]
    private static partial Regex Order();

    [GeneratedRegex("[A-Za-z0-9+/]{40,}={0,2}")]
    private static partial Regex Encoded();
}
