using System.Text;
using Copilot.Language.Lexicon;
using Copilot.Language.Tokens;

namespace Copilot.Language.Linking;

/// <summary>The atoms of a name, as the tokenizer would cut it: "PaymentService", "payment-service", "payment_service" are all
/// two.</summary>
internal static class NameParts
{
    /// <summary>Atoms that say only that a thing is a service.</summary>
    private static readonly HashSet<string> Generic = new(StringComparer.Ordinal)
    {
        "service",
        "services",
        "svc",
        "srv",
        "server",
        "api",
        "app",
        "application",
        "microservice",
        "ms",
        "backend",
    };

    public static IReadOnlyList<string> Of(string name)
    {
        var parts = new List<string>();
        var part = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            var c = name[i];
            var border =
                i > 0
                && char.IsUpper(c)
                && (char.IsLower(name[i - 1]) || char.IsUpper(name[i - 1]) && i + 1 < name.Length && char.IsLower(name[i + 1]));
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

    /// <summary>What people go to, where a system has one: "the app".</summary>
    public static bool IsPlace(string part) => WordRoles.Places.Contains(part);

    /// <summary>The parts that tell the thing from others; all, where none does.</summary>
    public static IReadOnlyList<string> Telling(IReadOnlyList<string> parts, string? prefix)
    {
        var telling = parts.Where((p, i) => !Generic.Contains(p) && !(i == 0 && p == prefix)).ToList();
        if (telling.Count == 1 && telling[0].Length > 8 && parts.Count == 1)
            telling = [Shorn(telling[0])];
        return telling.Count > 0 ? telling : parts;
    }

    // "cartservice", "adservice"
    private static string Shorn(string part) => part.EndsWith("service", StringComparison.Ordinal) && part.Length > 9 ? part[..^7] : part;
}

/// <summary>All that people may call a service.</summary>
internal static class ServiceNames
{
    public static void Add(KnownService service, string? prefix, LinkTargets targets, NameIndex names, NameIndex stems, NameIndex roots)
    {
        var target = new LinkTarget(service.Name, LinkKind.Service)
        {
            Instrumented = service.Instrumented,
            Services = new HashSet<string>([service.Name], StringComparer.Ordinal),
        };
        var called = new Called(targets.Add(target), service.Instrumented, prefix, names, stems);
        AddName(service.Name, 1, called);
        foreach (var alias in service.Aliases)
            AddName(alias, 0.97, called);
        foreach (var name in service.Aliases.Prepend(service.Name))
        {
            if (service.Instrumented && NameRoots.Key(NameParts.Telling(NameParts.Of(name), prefix)) is { } key)
                roots.Add(key, called.Target, NameRoots.Quality);
        }

        foreach (var phrase in Phrases(service.Description ?? ""))
        {
            names.Add(NameParts.Joined(phrase), called.Target, Described);
            stems.Add(NameParts.Stemmed(phrase), called.Target, Described - 0.02);
        }
    }

    // Words of a description are weaker than any part of a name.
    public const double Described = 0.7;

    /// <summary>"notif dispatcher" of notification-dispatcher.</summary>
    public const double Shortened = 0.88;

    public const int ShortestStart = 4;

    private const int LongestPhrase = 3;

    // "failed", "slow", "requests" keep their meaning, whatever an entry of the catalogue says with them.
    private static bool IsSaid(string word) =>
        PhraseTable.Asking.Words.Contains(word) && !NameParts.IsPlace(word) && !FillerWords.IsFiller(word);

    // "Backend of the customer app": "customer app", "app".
    private static IEnumerable<List<string>> Phrases(string description)
    {
        var run = new List<string>();
        foreach (var word in description.Split(' ').Append(""))
        {
            var parts = NameParts.Of(word);
            var plain = parts is [var only] && !WordRoles.Connecting.Contains(only) && !IsSaid(only);
            if (plain)
                run.Add(parts[0]);
            if (plain && word.All(char.IsLetter))
                continue;
            for (var i = 0; i < run.Count; i++)
            {
                if (NameParts.IsPlace(run[i]))
                    yield return [run[i]];
                for (var n = 2; n <= LongestPhrase && i + n <= run.Count; n++)
                    yield return run.GetRange(i, n);
            }

            run.Clear();
        }
    }

    /// <summary>Short forms that names are cut to, and what people say in full.</summary>
    private static readonly Dictionary<string, string> Full = new(StringComparer.Ordinal)
    {
        ["gw"] = "gateway",
        ["mgr"] = "manager",
        ["db"] = "database",
        ["msg"] = "message",
        ["acct"] = "account",
        ["proc"] = "processor",
        ["notif"] = "notification",
        ["recs"] = "recommendations",
        ["cfg"] = "config",
    };

    // A single word of the name of something that sends no spans is rather that word: "shipments" is no queue "shipment-created".
    private static void AddName(string name, double quality, Called called)
    {
        var (target, instrumented, prefix, names, stems) = called;
        var parts = NameParts.Of(name);
        if (parts.Count == 0)
            return;
        // "fleet.session-store": a service in a namespace is called without it.
        if (name.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot && name.LastIndexOf('.') == dot && parts.Count > 2)
            AddName(name[(dot + 1)..], quality - 0.02, called);
        var address = name.Contains('.', StringComparison.Ordinal) && parts.Count > 2;
        names.Add(NameParts.Joined(parts), target, quality, tolerant: !address);
        stems.Add(NameParts.Stemmed(parts), target, quality - 0.03);
        if (address)
            return;
        if (parts.Any(Full.ContainsKey))
            names.Add(NameParts.Joined(parts.Select(p => Full.GetValueOrDefault(p, p))), target, quality - 0.04, tolerant: true);
        var telling = NameParts.Telling(parts, prefix);
        if (telling.Count < parts.Count || telling[0] != parts[0])
        {
            names.Add(NameParts.Joined(telling), target, quality - 0.05, tolerant: true);
            stems.Add(NameParts.Stemmed(telling), target, quality - 0.08);
        }

        if (telling.Count < 2)
            return;
        for (var i = 0; i < telling.Count; i++)
        {
            for (var n = instrumented ? 1 : 2; n < telling.Count && i + n <= telling.Count; n++)
            {
                var part = telling.Skip(i).Take(n).ToList();
                var joined = NameParts.Joined(part);
                if (joined.Length < 3)
                    continue;
                names.Add(joined, target, n > 1 ? 0.82 : 0.75, tolerant: n > 1);
                stems.Add(NameParts.Stemmed(part), target, n > 1 ? 0.8 : 0.73);
            }
        }

        if (telling.Count > 2)
            names.Add(string.Concat(telling.Select(p => p[0])), target, 0.66);
    }

    private sealed record Called(int Target, bool Instrumented, string? Prefix, NameIndex Names, NameIndex Stems);
}
