using Copilot.Language.Lexicon;
using Copilot.Language.Linking;
using Copilot.Language.Questions;
using Copilot.Language.Tokens;
using Copilot.TraceQL.Syntax;

namespace Copilot.Language.Sentences;

/// <summary>Reads what a question is about.</summary>
internal static class SubjectReader
{
    // "traces with an OutOfMemoryError": a type of exceptions that no value is called like.
    private static IEnumerable<AttributeCondition> Thrown(Sentence sentence)
    {
        if (
            !sentence.MayMean(Concept.Trace)
            || sentence.MayMean(Concept.Log, Concept.ErrorLog, Concept.LogVerb)
            || ExceptionTypes.At(sentence) is not { } type
            || sentence.LinkAt(type.Start) is not null
        )
            yield break;
        var words = sentence.Words(type.Start, type.End);
        sentence.Use(type.Start, type.End);
        yield return new AttributeCondition(
            AttributeScope.Event,
            "exception.type",
            ConditionOperator.Contains,
            [words],
            ConditionValueType.Text,
            OnEntry: false,
            words
        );
    }

    public static Subject Read(Sentence sentence)
    {
        foreach (var gloss in sentence.MarksOf(Concept.Gloss).ToList())
            sentence.Use(gloss);
        var (services, ambiguous) = ServiceReader.Read(sentence, out var without, out var uncalled);
        IReadOnlyList<AttributeCondition> conditions = new ConditionReader(sentence, services).Read();
        conditions = [.. conditions, .. Thrown(sentence)];
        var otherOperations = new List<string>();
        // "device-gateway requests, leaving search out": what is left out of one service is its operation that sounds like that.
        foreach (var name in without.Where(_ => services.Count == 1).ToList())
        {
            var targets = OperationReader.Meant([
                .. sentence
                    .Index.Operations.ByNoun(WordStem.Of(name.ToLowerInvariant()))
                    .Where(t => t.EntryServices.Contains(services[0].Name)),
            ]);
            if (targets.Count == 0)
                continue;
            without.Remove(name);
            otherOperations.AddRange(targets.Select(t => t.Name));
        }

        (services, conditions) = Queues(sentence, services, conditions);
        services = NounsOfOthers.Put(sentence, services, out var nouns);
        var operations = nouns.Count > 0 ? nouns : OperationReader.Read(sentence, services, conditions, otherOperations);
        if (otherOperations.Count > 0)
            conditions =
            [
                .. conditions,
                new AttributeCondition(
                    AttributeScope.Intrinsic,
                    "name",
                    ConditionOperator.NotEqual,
                    otherOperations,
                    ConditionValueType.Text,
                    true,
                    string.Join(", ", otherOperations)
                ),
            ];
        (services, conditions) = Values(sentence, services, operations, conditions);
        return new Subject
        {
            Services = Carrying(services, operations),
            Ambiguous = ambiguous,
            Uncalled = uncalled,
            Conditions =
                without.Count == 0
                    ? conditions
                    :
                    [
                        .. conditions,
                        new AttributeCondition(
                            AttributeScope.Resource,
                            "service.name",
                            ConditionOperator.NotEqual,
                            without,
                            ConditionValueType.Text,
                            true,
                            string.Join(", ", without)
                        ),
                    ],
            Operations = operations,
            Attributes = AttributeReader.Read(sentence, services),
            Teams = Named(sentence, LinkKind.Team),
            People = Named(sentence, LinkKind.Person),
        };
    }

    // "the orders that booking consumed from edi.orders": beside a service, a queue says which of its messages are meant.
    private static (IReadOnlyList<ServiceReference>, IReadOnlyList<AttributeCondition>) Queues(
        Sentence sentence,
        IReadOnlyList<ServiceReference> services,
        IReadOnlyList<AttributeCondition> conditions
    )
    {
        if (!sentence.LinksOf(LinkKind.Metric).Any() && services.All(s => s.Standing != ServiceStanding.Instrumented))
            return (services, conditions);
        foreach (var peer in services.Where(s => s.Standing == ServiceStanding.Peer).ToList())
        {
            if (
                sentence
                    .Index.Attributes.ByRawValue(peer.Name)
                    .FirstOrDefault(t => t.Key is not null && t.Key.StartsWith("messaging.destination", StringComparison.Ordinal))
                is not { } queue
            )
                continue;
            services = [.. services.Where(s => s != peer)];
            var onEntry = services.Count == 0 || services.Any(s => queue.EntryServices.Contains(s.Name));
            if (conditions.All(c => c.Key != queue.Key))
                conditions = [.. conditions, Called(peer, queue, [queue.Name], onEntry)];
        }

        return (services, conditions);
    }

    // "a reservation with nordhaul": what is called so is also a value that the operation's requests carry.
    private static (IReadOnlyList<ServiceReference>, IReadOnlyList<AttributeCondition>) Values(
        Sentence sentence,
        IReadOnlyList<ServiceReference> services,
        IReadOnlyList<OperationReference> operations,
        IReadOnlyList<AttributeCondition> conditions
    )
    {
        var carriers = services
            .Where(s => s.Standing == ServiceStanding.Instrumented)
            .Select(s => s.Name)
            .Concat(operations.SelectMany(o => o.Services))
            .ToHashSet(StringComparer.Ordinal);
        // "does X talk to it?" asks about what is called.
        if (sentence.MayMean(Concept.Calls, Concept.Callers, Concept.Callees, Concept.DependsOn, Concept.Third))
            return (services, conditions);
        foreach (var peer in services.Where(s => s.Standing == ServiceStanding.Peer && carriers.Count > 0).ToList())
        {
            if (
                sentence.Index.Attributes.ByRawValue(peer.Name).FirstOrDefault(t => t.Key is not null && t.EntryServices.Overlaps(carriers))
                is not { } value
            )
                continue;
            services = [.. services.Where(s => s != peer)];
            var said = conditions.Where(c => c.Key == value.Key && c.Operator == ConditionOperator.Equal).SelectMany(c => c.Values);
            conditions = [.. conditions.Where(c => c.Key != value.Key), Called(peer, value, [.. said, value.Name], onEntry: true)];
        }

        return (services, conditions);
    }

    // What stood for a service is the value of an attribute.
    private static AttributeCondition Called(ServiceReference peer, LinkTarget value, IReadOnlyList<string> values, bool onEntry) =>
        new(value.Scope, value.Key!, ConditionOperator.Equal, values, ConditionValueType.Text, onEntry, peer.Words);

    // "web checkouts (POST /checkout)": a noun that only sounds like a service is none where the operation that is named is another's.
    private static IReadOnlyList<ServiceReference> Carrying(
        IReadOnlyList<ServiceReference> services,
        IReadOnlyList<OperationReference> operations
    ) =>
        operations.Count > 0
        && services.Count > 0
        && services.All(s =>
            !string.Equals(s.Words, s.Name, StringComparison.OrdinalIgnoreCase) && operations.All(o => !o.Services.Contains(s.Name))
        )
            ? []
            : services;

    private static List<string> Named(Sentence sentence, LinkKind kind)
    {
        var named = new List<string>();
        foreach (var link in sentence.LinksOf(kind))
        {
            sentence.Use(link.Start, link.End);
            named.Add(link.Targets[0].Name);
        }

        return named;
    }
}

/// <summary>"Bookings on the portal": a noun that sounds like one service and names an operation of the other one that is named.</summary>
internal static class NounsOfOthers
{
    public static IReadOnlyList<ServiceReference> Put(
        Sentence sentence,
        IReadOnlyList<ServiceReference> services,
        out IReadOnlyList<OperationReference> operations
    )
    {
        operations = [];
        if (services.Count < 2 || sentence.LinksOf(LinkKind.Operation).Any())
            return services;
        foreach (
            var noun in services.Where(s =>
                !string.Equals(s.Words, s.Name, StringComparison.OrdinalIgnoreCase) || IsKindOfRequest(sentence, s)
            )
        )
        {
            var stem = WordStem.Of(noun.Words.ToLowerInvariant());
            var others = services.Where(s => s != noun).ToList();
            var targets = OperationReader.Meant([
                .. sentence.Index.Operations.ByNoun(stem).Where(t => others.Exists(o => t.EntryServices.Contains(o.Name))),
            ]);
            if (targets.Count != 1)
                continue;
            operations =
            [
                new OperationReference(
                    targets[0].Name,
                    [.. others.Select(o => o.Name).Where(targets[0].EntryServices.Contains)],
                    noun.Words
                ),
            ];
            return others;
        }

        return services;
    }

    // "booking requests on the portal": the kind of request, where the place is named behind it.
    private static bool IsKindOfRequest(Sentence sentence, ServiceReference service)
    {
        var link = sentence.LinksOf(LinkKind.Service).FirstOrDefault(l => l.Targets[0].Name == service.Name);
        return link is { Length: 1 }
            && sentence.MarkAt(link.End) is { } mark
            && mark.Senses.Contains(Concept.Request)
            && sentence.WordAt(mark.End) is { } word
            && sentence.MeansAt(mark.End, Concept.Preposition)
            && word is not ("to" or "from")
            && Enumerable
                .Range(mark.End + 1, 3)
                .Any(i => sentence.LinkAt(i) is { Kind: LinkKind.Service } other && other.Start == i && other != link);
    }
}

/// <summary>What a question is about: services, operations, conditions, and attributes that it names without a value.</summary>
internal sealed record Subject
{
    public IReadOnlyList<ServiceReference> Services { get; init; } = [];

    public IReadOnlyList<OperationReference> Operations { get; init; } = [];

    public IReadOnlyList<AttributeCondition> Conditions { get; init; } = [];

    /// <summary>Attributes named to group by, each with its likeliest key first.</summary>
    public IReadOnlyList<NamedAttribute> Attributes { get; init; } = [];

    /// <summary>Names that may mean several services, with the choices.</summary>
    public IReadOnlyList<(string Words, IReadOnlyList<string> Choices)> Ambiguous { get; init; } = [];

    /// <summary>Services that are said not to be called; the words that say so are not used yet.</summary>
    public IReadOnlyList<Uncalled> Uncalled { get; init; } = [];

    public IReadOnlyList<string> Teams { get; init; } = [];

    public IReadOnlyList<string> People { get; init; } = [];
}
