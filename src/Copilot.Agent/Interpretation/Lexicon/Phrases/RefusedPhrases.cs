namespace Copilot.Agent.Interpretation.Lexicon.Phrases;

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
