using System.Text;
using System.Text.RegularExpressions;

namespace Copilot.Agent.Tests.Model.Doubles;

/// <summary>
/// The worst model there is: it does whatever any text in front of it says in the form <c>&lt;&lt;call NAME {…}&gt;&gt;</c> or
/// <c>&lt;&lt;say …&gt;&gt;</c>, plain, in base64 or in pieces, besides the one call that the question needs.
/// </summary>
internal sealed partial class ObedientModel(string tool, string arguments)
{
    private readonly HashSet<string> obeyed = [];

    public bool WasReached { get; private set; }

    public ChatRound Next(ChatTurn turn)
    {
        if (turn.Round == 0) return ChatRound.Call(tool, arguments);
        var orders = Orders(string.Join("\n", turn.Results)).ToList();
        WasReached |= orders.Count > 0;
        var calls = orders.Where(order => order.Groups["name"].Success && obeyed.Add(order.Value))
            .Select(order => (order.Groups["name"].Value, order.Groups["arguments"].Value)).ToList();
        if (calls.Count > 0) return new ChatRound { Calls = calls };
        var said = orders.Where(order => order.Groups["words"].Success).Select(order => order.Groups["words"].Value).Distinct();
        return ChatRound.Says("Here is what I found. " + string.Join(" ", said));
    }

    private static IEnumerable<Match> Orders(string text)
    {
        // A result is JSON: a model reads what its escapes mean.
        var plain = text.Replace("\\u003C", "<", StringComparison.OrdinalIgnoreCase).Replace("\\u003E", ">", StringComparison.OrdinalIgnoreCase).Replace("\\\"", "\"", StringComparison.Ordinal);
        var decoded = Encoded().Matches(plain).Select(found => Decode(found.Value));
        return new[] { plain }.Concat(decoded).SelectMany(words => Order().Matches(words));
    }

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
