namespace Copilot.Language.Lexicon;

/// <summary>All the ways of asking whom to turn to: "who should I page", "whom do we need to call", "who to wake".</summary>
internal static class ContactPhrases
{
    private static readonly string[] Who = ["who", "whom"];
    private static readonly string[] Asked =
    [
        "do i",
        "do we",
        "should i",
        "should we",
        "can i",
        "can we",
        "must i",
        "must we",
        "could i",
        "could we",
        "to",
        "shall i",
        "shall we",
        "would i",
        "would we",
        "do you",
        "should one",
    ];

    private static readonly string[] Verbs =
    [
        "page",
        "call",
        "ping",
        "contact",
        "wake",
        "wake up",
        "notify",
        "alert",
        "reach",
        "reach out to",
        "talk to",
        "speak to",
        "speak with",
        "ask",
        "escalate to",
        "message",
        "phone",
        "ring",
        "text",
        "bother",
        "turn to",
        "get hold of",
        "write to",
        "inform",
        "email",
        "mail",
        "slack",
    ];

    private static readonly string[] Need = ["", "need to ", "have to "];

    private static readonly string[] AskedPassively =
    [
        "needs to be",
        "has to be",
        "should be",
        "must be",
        "ought to be",
        "is to be",
        "gets",
    ];

    private static readonly string[] Participles =
    [
        "paged",
        "called",
        "pinged",
        "contacted",
        "woken",
        "woken up",
        "notified",
        "alerted",
        "told",
        "phoned",
        "rung",
        "informed",
        "messaged",
    ];

    public static string Text { get; } =
        "Contact: "
        + string.Join(
            " | ",
            Who.SelectMany(w =>
                Asked
                    .SelectMany(a => Need.Where(n => n.Length == 0 || a != "to").SelectMany(n => Verbs.Select(v => $"{w} {a} {n}{v}")))
                    .Concat(AskedPassively.SelectMany(a => Participles.Select(p => $"{w} {a} {p}")))
            )
        );
}
