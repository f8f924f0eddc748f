using System.Text;
using Copilot.Agent.Interpretation.Tokens;

namespace Copilot.Agent.Interpretation.Linking;

/// <summary>The atoms of a name, as the tokenizer would cut it: "PaymentService", "payment-service", "payment_service" are all two.</summary>
internal static class NameParts
{
    /// <summary>Atoms that say only that a thing is a service.</summary>
    private static readonly HashSet<string> Generic =
        new(StringComparer.Ordinal) { "service", "services", "svc", "srv", "server", "api", "app", "application", "microservice", "ms", "backend" };

    public static IReadOnlyList<string> Of(string name)
    {
        var parts = new List<string>();
        var part = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            var c = name[i];
            var border = i > 0 && char.IsUpper(c) && (char.IsLower(name[i - 1]) || char.IsUpper(name[i - 1]) && i + 1 < name.Length && char.IsLower(name[i + 1]));
            if ((!char.IsLetterOrDigit(c) || border) && part.Length > 0)
            {
                parts.Add(part.ToString());
                part.Clear();
            }

            if (char.IsLetterOrDigit(c))
                part.Append(char.ToLowerInvariant(c));
        }

        if (part.Length > 0)
            parts.Add(part.ToString());
        return parts;
    }

    public static string Joined(IEnumerable<string> parts) => string.Concat(parts);

    public static string Stemmed(IEnumerable<string> parts) => string.Concat(parts.Select(WordStem.Of));

    public static bool IsGeneric(string part) => Generic.Contains(part);

    /// <summary>The parts that tell the thing from others; all, where none does.</summary>
    public static IReadOnlyList<string> Telling(IReadOnlyList<string> parts, string? prefix)
    {
        var telling = parts.Where((p, i) => !Generic.Contains(p) && !(i == 0 && p == prefix)).ToList();
        if (telling.Count == 1 && telling[0].Length > 8 && parts.Count == 1)
            telling = [Shorn(telling[0])];
        return telling.Count > 0 ? telling : parts;
    }

    // "cartservice", "adservice"
    private static string Shorn(string part) =>
        part.EndsWith("service", StringComparison.Ordinal) && part.Length > 9 ? part[..^7] : part;
}
