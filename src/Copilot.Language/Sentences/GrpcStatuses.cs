using System.Globalization;
using Copilot.Language.Questions;
using Copilot.Language.Tokens;

namespace Copilot.Language.Sentences;

/// <summary>gRPC's status by its name, where telemetry has its number: "UNAVAILABLE", "deadline exceeded", "grpc status 14".</summary>
internal static class GrpcStatuses
{
    private const string Key = "rpc.grpc.status_code";

    /// <summary>As the protocol numbers them, from 0.</summary>
    private static readonly string[] Names =
    [
        "ok",
        "cancelled",
        "unknown",
        "invalidargument",
        "deadlineexceeded",
        "notfound",
        "alreadyexists",
        "permissiondenied",
        "resourceexhausted",
        "failedprecondition",
        "aborted",
        "outofrange",
        "unimplemented",
        "internal",
        "unavailable",
        "dataloss",
        "unauthenticated",
    ];

    /// <summary>Adds what is found, and tells the words that say it.</summary>
    public static IReadOnlySet<int> Read(Sentence sentence, List<AttributeCondition> conditions, IReadOnlyList<ServiceReference> services)
    {
        var said = new HashSet<int>();
        Written(sentence, conditions, services, said);
        if (
            sentence.Index.Attributes.Keyed(Key).FirstOrDefault(t => t.Type is "int" or "double") is not { } target
            || services.Count > 0 && !services.Any(s => target.Services.Contains(s.Name))
        )
            return said;
        for (var i = 0; i < sentence.Tokens.Count; i++)
        {
            if (sentence.TimeAt(i) is not null || Find(sentence, i) is not var (code, end))
                continue;
            if (said.Contains(i))
                continue;
            var start = i;
            while (sentence.WordAt(start - 1) is "grpc" or "status" or "code" or "=" or "is" or "was")
                start--;
            var denied = Negations.Before(sentence, start);
            sentence.Use(start, end);
            conditions.Add(
                new AttributeCondition(
                    target.Scope,
                    Key,
                    denied ? ConditionOperator.NotEqual : ConditionOperator.Equal,
                    [code.ToString(CultureInfo.InvariantCulture)],
                    ConditionValueType.Number,
                    target.EntryServices.Count > 0,
                    sentence.Words(start, end)
                )
            );
            said.UnionWith(Enumerable.Range(start, end - start));
            i = end - 1;
        }

        return said;
    }

    // Some services send its name.
    private static void Written(
        Sentence sentence,
        List<AttributeCondition> conditions,
        IReadOnlyList<ServiceReference> services,
        HashSet<int> said
    )
    {
        for (var i = 0; i < sentence.Tokens.Count; i++)
        {
            if (
                sentence.TimeAt(i) is not null
                || Find(sentence, i) is not (_, var end)
                || sentence
                    .Index.Attributes.ByRawValue(sentence.Words(i, end))
                    .FirstOrDefault(t =>
                        t.Key!.StartsWith("rpc.", StringComparison.Ordinal)
                        && t.Type == "string"
                        && (services.Count == 0 || services.Any(s => t.Services.Contains(s.Name)))
                    )
                    is not { } value
            )
                continue;
            sentence.Use(i, end);
            said.UnionWith(Enumerable.Range(i, end - i));
            conditions.Add(
                new AttributeCondition(
                    value.Scope,
                    value.Key!,
                    Negations.Before(sentence, i) ? ConditionOperator.NotEqual : ConditionOperator.Equal,
                    [value.Name],
                    ConditionValueType.Text,
                    services.Count == 0 ? value.EntryServices.Count > 0 : services.Any(s => value.EntryServices.Contains(s.Name)),
                    sentence.Words(i, end)
                )
            );
        }
    }

    private static (int Code, int End)? Find(Sentence sentence, int at)
    {
        if (sentence.Tokens[at].Kind == WordTokenKind.Number)
            return IsNamed(sentence, at) && sentence.Tokens[at].Value is >= 0 and <= 16 ? ((int)sentence.Tokens[at].Value, at + 1) : null;
        for (var end = Math.Min(at + 3, sentence.Tokens.Count); end > at; end--)
        {
            var words = sentence.Tokens.Skip(at).Take(end - at).ToList();
            if (
                words.Exists(w => w.Kind != WordTokenKind.Word)
                || words.Skip(1).Any(w => w.Glue is not ('_' or '\0' or WordToken.CamelGlue))
            )
                continue;
            var code = Array.IndexOf(
                Names,
                string.Concat(words.Select(w => w.Lower)).Replace("canceled", "cancelled", StringComparison.Ordinal)
            );
            // "deadline exceeded" is nothing else; "unavailable" is a word like others, unless it is written as the protocol does.
            if (
                code >= 0
                && (words.TrueForAll(w => w.Text.All(char.IsUpper)) || code is 4 or 8 || words.Count == 1 && IsNamed(sentence, at))
            )
                return (code, end);
        }

        return null;
    }

    // "grpc status 14", "grpc code unavailable"
    private static bool IsNamed(Sentence sentence, int at)
    {
        var start = at;
        while (sentence.WordAt(start - 1) is "status" or "code" or "=" or "is" or "was" or "of")
            start--;
        return sentence.WordAt(start - 1) == "grpc";
    }
}
