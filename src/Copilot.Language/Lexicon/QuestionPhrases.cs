namespace Copilot.Language.Lexicon;

/// <summary>Question words, verbs of showing, ranks, and the words that hold a conversation together.</summary>
internal static class QuestionPhrases
{
    public const string Text = """
        Slowest: slowest | slowest ones | most slow | highest latency | worst latencies | worst performing | highest duration | longest running | takes the longest | take the longest | took the longest | takes longest | take longest | took longest | taking the longest | slow top | am langsamsten | langsamste | langsamsten | langsamster | most time | most expensive | highest mean | longest duration | longest durations 
        Fastest: fastest | quickest | lowest latency | schnellste | schnellsten | am schnellsten
        MostFailing: most failing | most failed | most failures | most errors | fails most | fails the most | fail most | fail the most | failed most | failed the most | failing most | failing the most | failing most often | fails most often | errors most | errors the most | erroring most | top failing | top errors | top error | top failures | most broken | most often failing | highest error count | highest number of errors | highest number of failures | most error prone | most 5xx | worst errors | most exceptions | meisten fehler | die meisten fehler | am häufigsten fehlgeschlagen | throws the most errors | throw the most errors | top failed | most failed requests | most failing requests | biggest failure | most error | throws most errors | has most errors | most frequently failing | most failure
        Busiest: busiest | most busy | most requests | most traffic | highest throughput | most called | most used | most active | most frequent | most calls | top traffic | highest traffic | most load | highest load | most popular | highest request count | highest rps | hottest | most hit | meisten anfragen | most hits | most messages | gets the most requests | highest volume | most requested | most often called
        Least: least | fewest | rarest | quietest | least used | least busy | least active | wenigsten
        Top: top | rank | ranked | ranking | sort | sorted | leaderboard | order by | first | worst | biggest
        Noisiest: noisiest | loudest
        Newest: newest | latest | most recent | recent | neueste | neuesten | last one
        Oldest: oldest | earliest | älteste
        Most: most | mostly | meisten
        Show: show | show me | list | lists | listing | give me | give us | gimme | get me | get | fetch | find | find me | pull | pull up | display | print | dump | i want | i want to see | i need | i would like | i d like | need | want | let me see | see | zeig | zeige | zeig mir | zeige mir | liste | gib mir | search for | look up | lookup | send me | point me to | bring up | list out
        Which: which | welche | welcher | welches | welchen
        What: what | was | what is | what are | what was | what were | was ist | was war | wie ist | wie hoch ist | how high is | how high | how big is | how large is | wie hoch | wat | what did | what does
        Who: who | whom | wer | wen | whose | wem
        Why: why | why is | why are | why do | why does | why did | why was | why were | why the | wieso | weshalb | warum | how come | y is | what makes | what made | for what reason | what for
        Where: where | wo | woher
        HowLong: how long | wie lange | how fast | wie schnell | how slow | wie langsam | how quick
        Exist: is there | are there | were there | was there | have there been | did we have | do we have | did we see | do we see | any | gab es | gibt es | have we had | has there been
        Explain: explain | explain me | walk me through | walk through | describe | what happened in | what happened with | what happened to | what happens in | what is in | details of | details for | details | analyze | analyse | inspect | open | summarize | summarise | erkläre | erklär | was passierte in | what went wrong in | look at | look into | dissect | tell me about
        TimeGoes: where does the time go | where did the time go | where is the time going | where is the time spent | where is time spent | time go | time spent | time goes | spend its time | spends its time | spend time | critical path | time breakdown | wo geht die zeit hin | takes the time | took the time | where does time go | where all the time went | time went
        Every: all | every | each | everything | complete | alle | jede | full list | full
        Pronoun: it | that | this | them | these | those | they | that one | this one | that trace | this trace | that service | this service | there | its | their | he | she | him | her | ihn | dessen | dieser | diesen | dieses | dafür | the same service | said service | one of them | both of them | both | it all
        Other: the other one | other one | the other | another one | the others | other ones | the rest | other
        FollowUp: i meant | i mean | i rather meant | no i meant | sorry i meant | no wait | correction | make that | make it | and | what about | how about | same for | same with | the same for | same but | same thing for | same question for | same again for | same | also | now | just | only | instead | und | und für | das gleiche für | dasselbe für | wie sieht es aus mit | nur | and for | and now | and what about | and how about | ok and | ditto for | likewise for | likewise | same thing | the same | repeat for | repeat | again | auch | then
        Overall: overall | altogether | across all services | across all | across the board | in general | anywhere | globally | global | for all services | of all services | all services | system wide | systemwide | everywhere | insgesamt | any service | any services | whole system | entire system | the whole shop | all over
        Help: help | what can you do | what can i ask | how do you work | hilfe | how do i use you | who are you | what are you | what can i ask you
        """;
}

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

    public static string Text { get; } =
        "Contact: "
        + string.Join(
            " | ",
            Who.SelectMany(w =>
                Asked.SelectMany(a => Need.Where(n => n.Length == 0 || a != "to").SelectMany(n => Verbs.Select(v => $"{w} {a} {n}{v}")))
            )
        );
}

/// <summary>Words for what is not done here.</summary>
internal static class RefusedPhrases
{
    public const string Text = """
        Forecast: will the | next outage | next incident | forecast | forecasts | predict | predicts | prediction | predictions | projected | projection | extrapolate | next week | next month | tomorrow | next hour | next day | next year | next weekend | in the future | will be | will it | will there | is going to be | going to happen | vorhersage | prognose | vorhersagen | morgen früh | nächste woche | nächsten | upcoming | estimate for next | how long until | capacity planning | black friday
        Secret: api key | api keys | apikey | password | passwords | passwort | secret | secrets | credentials | connection string | connection strings | your prompt | system prompt | your instructions | your system | environment variables | env vars | private key | private keys | access token | access tokens | bearer token | tokens you | ssh key | prompt text | initial prompt | hidden prompt | your configuration | your config
        Manipulate: ignore your rules | ignore your | ignore previous | ignore all previous | ignore all | ignore the above | ignore everything | ignore previous instructions | disregard your | disregard previous | disregard all | disregard the | forget your | forget everything | forget previous | forget all | you are now | you are admin | act as | pretend to be | pretend you | jailbreak | developer mode | dan mode | new instructions | override your | override the | bypass | without confirmation | without asking | as admin | as root | sudo | do anything now | vergiss alle | ignoriere alle | ignoriere deine
        OffTopic: pizza | pdf | sing a song | song about | weather | wetter | haiku | poem | poems | joke | jokes | witz | recipe | song | lyrics | story | essay | football | soccer | stock price | stock prices | bitcoin | translate | translation | horoscope | movie | movies | restaurant | lunch | dinner | birthday | capital of | president | meaning of life | write code | write a | write me | write an | compose | news | game | chess | love | marry | holiday | vacation | flight | hotel | what time is it | tell me a | sing
        """;
}
