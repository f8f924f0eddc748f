namespace Copilot.Agent.Interpretation.Lexicon.Phrases;

/// <summary>Words for the things that are counted, listed and ranked.</summary>
internal static class SubjectPhrases
{
    public const string Text = """
        Request: request | requests | reqs | req | rqs | calls to | invocations | invocation | transactions | transaction | messages | message | msgs | jobs | job | hits | hit | events processed | anfragen | anfrage | aufrufe | aufruf | nachrichten | responses | response | processed | process | handled | handle | handling | served | serve | received | receive | consumed | requests total | api calls
        Trace: trace | traces | tracs | trases | trace ids | trace id | traceids | traceid | spuren | trace examples | example traces | exact traces | sample traces | traced
        Span: span | spans | spans total
        Log: log | logs | log line | log lines | log message | log messages | log record | log records | log entries | log entry | logging | loglines | logzeilen | logeinträge | logmeldungen | protokoll | stdout
        LogVerb: logged | is logging | are logging | who logs | who logged | who is logging | service logs | services log | services logged | service logged | we log | did we log | did log | wrote in the log
        ErrorLog: error log | error logs | error log line | error log lines | error log messages | error logging | errors logged | logged errors | error logs lines | error level logs | error severity logs | logs with errors | error messages in the log | error messages | error records | error entries | fehlerlogs | fehlermeldungen | fehler logs | err logs | error lines | logged an error | log errors | logs errors | logging errors | log an error | logged error | error log records | error log entries | severe logs | fatal logs
        WarningLog: warning log | warning logs | warn logs | warn log | warnings | warning log lines | warnings logged | warn lines | warning messages | warnungen | warning lines | log warnings
        Operation: operation | operations | op | ops | endpoint | endpoints | route | routes | handler | handlers | api | apis | api endpoint | api endpoints | method | methods | rpc | rpcs | url | urls | span name | span names | operationen | endpunkt | endpunkte | path | paths | page | pages
        Service: service | services | svc | svcs | serivce | servcie | component | components | app | apps | application | applications | microservice | microservices | system | systems | dienst | dienste | diensten | komponente | komponenten | backend | backends | who all
        Team: team | teams | squad | squads | group | groups | gruppe | person | people | persons | engineer | engineers | someone | somebody | leute | personen
        Root: root | root span | root spans | entry span | entry spans | top span | top level span | wurzel
        Below: below | beneath | underneath | under it | below it | child | children | child span | child spans | descendant | descendants | deeper | inside | further down | down the line | darunter | something below | nested
        Third: third party | third parties | external | vendor | external dependency | them or us | is it us or | us or the | provider issue
        """;
}
