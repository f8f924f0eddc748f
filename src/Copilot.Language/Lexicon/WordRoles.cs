namespace Copilot.Language.Lexicon;

/// <summary>Small words by what they do, where a concept of the lexicon would say too much (<c>Words/roles.txt</c>).</summary>
internal static partial class WordRoles
{
    private static readonly Dictionary<string, IReadOnlySet<string>> Roles = WordFiles
        .Read("roles")
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(line => line.Split(':'))
        .ToDictionary(
            parts => parts[0],
            IReadOnlySet<string> (parts) => parts[1].Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal),
            StringComparer.Ordinal
        );

    /// <summary>"With what message": hangs a clause on the one before it.</summary>
    public static IReadOnlySet<string> Appending { get; } = Roles["Appending"];

    /// <summary>"All partners": of each together, where "each" would split.</summary>
    public static IReadOnlySet<string> Whole { get; } = Roles["Whole"];

    /// <summary>Before "slowest" these do not say that one is meant.</summary>
    public static IReadOnlySet<string> Plural { get; } = Roles["Plural"];

    /// <summary>"That half hour": between a pointer and a unit of time.</summary>
    public static IReadOnlySet<string> Stretch { get; } = Roles["Stretch"];

    /// <summary>"The median plus the p90".</summary>
    public static IReadOnlySet<string> Adding { get; } = Roles["Adding"];

    /// <summary>"Has it recovered by now": asks whether.</summary>
    public static IReadOnlySet<string> Having { get; } = Roles["Having"];

    /// <summary>"Orders placed on the web": of verbs with which all that is counted does the same.</summary>
    public static IReadOnlySet<string> Arriving { get; } = Roles["Arriving"];

    /// <summary>"My boss".</summary>
    public static IReadOnlySet<string> Whose { get; } = Roles["Whose"];

    /// <summary>"Because the food was cold".</summary>
    public static IReadOnlySet<string> Because { get; } = Roles["Because"];

    /// <summary>"Gets called", "is called": before the passive.</summary>
    public static IReadOnlySet<string> Gotten { get; } = Roles["Gotten"];

    /// <summary>"How much did response times vary".</summary>
    public static IReadOnlySet<string> Varying { get; } = Roles["Varying"];

    /// <summary>"A currency that is not euro": between an attribute and its value.</summary>
    public static IReadOnlySet<string> Attributive { get; } = Roles["Attributive"];

    /// <summary>In the name of an attribute: its values are currencies.</summary>
    public static IReadOnlySet<string> Currencies { get; } = Roles["Currencies"];

    /// <summary>At the end of an attribute's name: how much something is worth.</summary>
    public static IReadOnlySet<string> Amounts { get; } = Roles["Amounts"];

    /// <summary>Between the phrases of a description.</summary>
    public static IReadOnlySet<string> Connecting { get; } = Roles["Connecting"];

    /// <summary>Of verbs and of the nouns that are made of them.</summary>
    public static IReadOnlySet<string> Endings { get; } = Roles["Endings"];

    /// <summary>"Number of failures": no attribute, be it one that is called so, too.</summary>
    public static IReadOnlySet<string> Counting { get; } = Roles["Counting"];

    /// <summary>"A as well as B": both.</summary>
    public static IReadOnlySet<string> Also { get; } = Roles["Also"];

    /// <summary>"Leave X out".</summary>
    public static IReadOnlySet<string> Leaving { get; } = Roles["Leaving"];

    /// <summary>Before a verb that says what is wanted: "if I leave X out".</summary>
    public static IReadOnlySet<string> Wishing { get; } = Roles["Wishing"];

    public static IReadOnlySet<string> Out { get; } = Roles["Out"];

    public static IReadOnlySet<string> Yes { get; } = Roles["Yes"];

    /// <summary>"OK, now …": at the head of a sentence, said before one goes on.</summary>
    public static IReadOnlySet<string> Fine { get; } = Roles["Fine"];

    /// <summary>Said of what was answered with a no, which is no failure by itself.</summary>
    public static IReadOnlySet<string> Refused { get; } = Roles["Refused"];

    /// <summary>In the name of an attribute: it tells how something was decided.</summary>
    public static IReadOnlySet<string> Verdicts { get; } = Roles["Verdicts"];

    public static IReadOnlySet<string> By { get; } = Roles["By"];

    /// <summary>In the name of a metric: said of requests as often as not.</summary>
    public static IReadOnlySet<string> Ordinary { get; } = Roles["Ordinary"];

    /// <summary>"Paid by card", "sent by courier": what a value then tells says all of it.</summary>
    public static IReadOnlySet<string> Done { get; } = Roles["Done"];

    /// <summary>What happens to things when they come to be.</summary>
    public static IReadOnlySet<string> Making { get; } = Roles["Making"];

    /// <summary>Where people use a system.</summary>
    public static IReadOnlySet<string> Places { get; } = Roles["Places"];

    /// <summary>"Went through the gateway": passed there, where a request that "went through" did well.</summary>
    public static IReadOnlySet<string> Through { get; } = Roles["Through"];

    /// <summary>Says which half of the day or which day is meant.</summary>
    public static IReadOnlySet<string> HalfSaid { get; } = Roles["HalfSaid"];

    /// <summary>"A few minutes ago": behind a length of time that says when.</summary>
    public static IReadOnlySet<string> Ago { get; } = Roles["Ago"];

    /// <summary>"Upper quartile": three quarters lie below.</summary>
    public static IReadOnlySet<string> UpperQuartile { get; } = Roles["UpperQuartile"];

    public static IReadOnlySet<string> LowerQuartile { get; } = Roles["LowerQuartile"];

    /// <summary>"Two figures", "three things": how many answers are wanted.</summary>
    public static IReadOnlySet<string> Answers { get; } = Roles["Answers"];

    /// <summary>"Largest first": behind a superlative it says in which order.</summary>
    public static IReadOnlySet<string> First { get; } = Roles["First"];

    /// <summary>In the name of an attribute: it counts further attempts.</summary>
    public static IReadOnlySet<string> Again { get; } = Roles["Again"];

    /// <summary>Before a noun that is no name.</summary>
    public static IReadOnlySet<string> Indefinite { get; } = Roles["Indefinite"];

    /// <summary>Who owns services, where "people" and "group" would say too little.</summary>
    public static IReadOnlySet<string> Teams { get; } = Roles["Teams"];

    /// <summary>Behind a name: it is a metric's.</summary>
    public static IReadOnlySet<string> Metric { get; } = Roles["Metric"];

    public static IReadOnlySet<string> Truth { get; } = Roles["Truth"];

    /// <summary>Behind "that": a stretch of time whose ends were told.</summary>
    public static IReadOnlySet<string> Window { get; } = Roles["Window"];

    public static IReadOnlySet<string> Ours { get; } = Roles["Ours"];

    /// <summary>"That window", "this log line": what was told before.</summary>
    public static IReadOnlySet<string> Pointing { get; } = Roles["Pointing"];

    /// <summary>"How many were there": of what stands in the sentence before.</summary>
    public static IReadOnlySet<string> There { get; } = Roles["There"];

    /// <summary>"Show the requests per minute": to be seen, not summed up.</summary>
    public static IReadOnlySet<string> Seeing { get; } = Roles["Seeing"];

    /// <summary>"For every minute": one by one, where "a minute" may be the unit of a rate.</summary>
    public static IReadOnlySet<string> Singly { get; } = Roles["Singly"];

    /// <summary>"Which kind of device": asks for the attribute that tells a thing's kind.</summary>
    public static IReadOnlySet<string> Kinds { get; } = Roles["Kinds"];

    /// <summary>Between the two ends of a range of time.</summary>
    public static IReadOnlySet<string> Until { get; } = Roles["Until"];

    /// <summary>Between two times, and nothing else.</summary>
    public static IReadOnlySet<string> Ends { get; } = Roles["Ends"];

    /// <summary>"Wants to know": behind it stands what is asked.</summary>
    public static IReadOnlySet<string> Knowing { get; } = Roles["Knowing"];

    /// <summary>"From one to the next": of each in turn.</summary>
    public static IReadOnlySet<string> Another { get; } = Roles["Another"];

    /// <summary>Of what should be low, the lowest.</summary>
    public static IReadOnlySet<string> Best { get; } = Roles["Best"];

    /// <summary>Several services, behind "all".</summary>
    public static IReadOnlySet<string> Services { get; } = Roles["Services"];

    /// <summary>"Starting at eight and ending at nine".</summary>
    public static IReadOnlySet<string> Ending { get; } = Roles["Ending"];

    /// <summary>What failed, as a thing.</summary>
    public static IReadOnlySet<string> Failures { get; } = Roles["Failures"];

    public static IReadOnlySet<string> PerMinute { get; } = Roles["PerMinute"];

    public static IReadOnlySet<string> PerSecond { get; } = Roles["PerSecond"];

    /// <summary>A time follows: "until ten to nine".</summary>
    public static IReadOnlySet<string> TellsTime { get; } = Roles["TellsTime"];

    /// <summary>A stretch of time may follow.</summary>
    public static IReadOnlySet<string> OpensTime { get; } = Roles["OpensTime"];

    /// <summary>Asks how things are, not how they were on the whole.</summary>
    public static IReadOnlySet<string> Now { get; } = Roles["Now"];

    /// <summary>"Per 5 minutes": a step of so long.</summary>
    public static IReadOnlySet<string> ByStep { get; } = Roles["ByStep"];

    /// <summary>"How many of those": what was found before, several of it.</summary>
    public static IReadOnlySet<string> Many { get; } = Roles["Many"];

    /// <summary>"Which kind of device": between the kind and the thing.</summary>
    public static IReadOnlySet<string> Of { get; } = Roles["Of"];

    /// <summary>"Log lines about a timeout": what the text is to tell of follows.</summary>
    public static IReadOnlySet<string> About { get; } = Roles["About"];

    /// <summary>"Log that an order was refused": what is said follows.</summary>
    public static IReadOnlySet<string> Saying { get; } = Roles["Saying"];

    /// <summary>"The flag went on": small, and yet what a change's summary tells.</summary>
    public static IReadOnlySet<string> Switched { get; } = Roles["Switched"];

    /// <summary>"Services that nobody owns": denies by naming no one.</summary>
    public static IReadOnlySet<string> Nobody { get; } = Roles["Nobody"];

    /// <summary>What passes while a request is worked on.</summary>
    public static IReadOnlySet<string> Time { get; } = Roles["Time"];

    /// <summary>"Where is the time lost": what becomes of time.</summary>
    public static IReadOnlySet<string> Spending { get; } = Roles["Spending"];

    /// <summary>"Calls to payment": before the one that is called.</summary>
    public static IReadOnlySet<string> Towards { get; } = Roles["Towards"];

    /// <summary>"Calls from checkout": before the one that calls.</summary>
    public static IReadOnlySet<string> FromWhom { get; } = Roles["FromWhom"];

    /// <summary>Between the one that calls and the one that is called.</summary>
    public static IReadOnlySet<string> Arrow { get; } = Roles["Arrow"];

    /// <summary>"On the edge checkout → payment": what lies between two services.</summary>
    public static IReadOnlySet<string> Edge { get; } = Roles["Edge"];

    /// <summary>"Calls between checkout and payment": does not say who calls.</summary>
    public static IReadOnlySet<string> Between { get; } = Roles["Between"];

    /// <summary>"The duration of the errors": how long something went on.</summary>
    public static IReadOnlySet<string> Duration { get; } = Roles["Duration"];

    /// <summary>"How long did it take": asks for a latency, where "last" asks for a trouble's length.</summary>
    public static IReadOnlySet<string> Taking { get; } = Roles["Taking"];

    /// <summary>"The moment it began": when.</summary>
    public static IReadOnlySet<string> Moment { get; } = Roles["Moment"];

    /// <summary>"All good again": it was not.</summary>
    public static IReadOnlySet<string> AgainWell { get; } = Roles["AgainWell"];

    public static IReadOnlySet<string> Whether { get; } = Roles["Whether"];

    /// <summary>"Is it over yet": by now.</summary>
    public static IReadOnlySet<string> ByNow { get; } = Roles["ByNow"];

    /// <summary>"Level WARN": behind or before the name of a log record's level.</summary>
    public static IReadOnlySet<string> Level { get; } = Roles["Level"];

    public static IReadOnlySet<string> DebugLevel { get; } = Roles["DebugLevel"];

    public static IReadOnlySet<string> InfoLevel { get; } = Roles["InfoLevel"];

    public static IReadOnlySet<string> WarnLevel { get; } = Roles["WarnLevel"];

    public static IReadOnlySet<string> ErrorLevel { get; } = Roles["ErrorLevel"];

    public static IReadOnlySet<string> FatalLevel { get; } = Roles["FatalLevel"];

    /// <summary>"Called by": who does it stands behind.</summary>
    public static IReadOnlySet<string> Passive { get; } = Roles["Passive"];

    /// <summary>"The problem has ended": it is told of, its cause is not asked for.</summary>
    public static IReadOnlySet<string> TroubleNouns { get; } = Roles["TroubleNouns"];

    /// <summary>In quotes these are a way of speaking and no text that is looked for.</summary>
    public static IReadOnlySet<string> Thrown { get; } = Roles["Thrown"];

    /// <summary>"In steps of ten minutes": the length is no window.</summary>
    public static IReadOnlySet<string> Steps { get; } = Roles["Steps"];

    /// <summary>"Put X beside Y", "make a table": verbs that order figures to be laid out where figures stand behind them.</summary>
    public static IReadOnlySet<string> Presenting { get; } = Roles["Presenting"];

    /// <summary>"A table of …": forms in which an answer is told.</summary>
    public static IReadOnlySet<string> Answering { get; } = Roles["Answering"];

    /// <summary>What is done to a running system.</summary>
    public static IReadOnlySet<string> Operated { get; } = Roles["Operated"];

    /// <summary>"Have it restarted", "I need a restart": verbs that want something done.</summary>
    public static IReadOnlySet<string> Granting { get; } = Roles["Granting"];

    /// <summary>"Growth in percent": says that a change is told relatively, where "share" says of what.</summary>
    public static IReadOnlySet<string> Percent { get; } = Roles["Percent"];

    /// <summary>Which way a figure went, or that something is out of order.</summary>
    public static IReadOnlySet<string> Down { get; } = Roles["Down"];

    /// <summary>"The subsequent five minutes": before a time, which of two it is.</summary>
    public static IReadOnlySet<string> Sequence { get; } = Roles["Sequence"];

    /// <summary>"The share of CHF among the failed ones": what follows is the whole.</summary>
    public static IReadOnlySet<string> Among { get; } = Roles["Among"];

    /// <summary>Before a length of time that something took.</summary>
    public static IReadOnlySet<string> Bounding { get; } = Roles["Bounding"];

    /// <summary>"In excess of two seconds": before "of" and a length.</summary>
    public static IReadOnlySet<string> Excess { get; } = Roles["Excess"];

    /// <summary>"How high was …": asks how much.</summary>
    public static IReadOnlySet<string> Extents { get; } = Roles["Extents"];

    /// <summary>"Within 500 ms": before a length that nothing took longer than.</summary>
    public static IReadOnlySet<string> Inside { get; } = Roles["Inside"];

    /// <summary>"Seven or more": a number is a bound.</summary>
    public static IReadOnlySet<string> Beyond { get; } = Roles["Beyond"];

    /// <summary>"The last minute before": which of the minutes.</summary>
    public static IReadOnlySet<string> Final { get; } = Roles["Final"];

    /// <summary>"Rolled it back": begins what "back" ends.</summary>
    public static IReadOnlySet<string> Rolling { get; } = Roles["Rolling"];

    /// <summary>Ends "rolled it back".</summary>
    public static IReadOnlySet<string> Back { get; } = Roles["Back"];

    /// <summary>"The minute after it": the change that was named.</summary>
    public static IReadOnlySet<string> It { get; } = Roles["It"];

    /// <summary>"From the rollback on".</summary>
    public static IReadOnlySet<string> From { get; } = Roles["From"];

    /// <summary>"From the rollback onwards": up to now.</summary>
    public static IReadOnlySet<string> Onwards { get; } = Roles["Onwards"];

    /// <summary>"Until now".</summary>
    public static IReadOnlySet<string> Present { get; } = Roles["Present"];

    /// <summary>"Before and after", "on either side of".</summary>
    public static IReadOnlySet<string> Sides { get; } = Roles["Sides"];

    /// <summary>Says that both sides are meant.</summary>
    public static IReadOnlySet<string> Sided { get; } = Roles["Sided"];

    /// <summary>Before a change that a time is told by.</summary>
    public static IReadOnlySet<string> Anchoring { get; } = Roles["Anchoring"];

    /// <summary>"Up to the present": beside what means until.</summary>
    public static IReadOnlySet<string> Upto { get; } = Roles["Upto"];

    /// <summary>"The 90 seconds before …", "the three minutes up to …": a length that ends at what stands behind it.</summary>
    public static IReadOnlySet<string> EndsThere { get; } = Roles["EndsThere"];

    /// <summary>"Five minutes after …": a length that begins there.</summary>
    public static IReadOnlySet<string> BeginsThere { get; } = Roles["BeginsThere"];

    /// <summary>Between such a word and the time: "leading up to", "ending at".</summary>
    public static IReadOnlySet<string> Leaning { get; } = Roles["Leaning"];

    /// <summary>"'text' in the attribute": between what is held and what holds it.</summary>
    public static IReadOnlySet<string> Holding { get; } = Roles["Holding"];

    /// <summary>"In which 'text' occurs".</summary>
    public static IReadOnlySet<string> Occurring { get; } = Roles["Occurring"];

    /// <summary>"Up to 10 replicas": what a service is scaled to.</summary>
    public static IReadOnlySet<string> Copies { get; } = Roles["Copies"];

    /// <summary>"08:05 to 08:08": between the two ends of a range.</summary>
    public static IReadOnlySet<string> TimeJoins { get; } = Roles["TimeJoins"];

    /// <summary>Before the first end of a range.</summary>
    public static IReadOnlySet<string> TimeOpeners { get; } = Roles["TimeOpeners"];

    /// <summary>Before an instant from which on is meant.</summary>
    public static IReadOnlySet<string> TimeSinces { get; } = Roles["TimeSinces"];

    /// <summary>Before a length that ends now.</summary>
    public static IReadOnlySet<string> TimeLasts { get; } = Roles["TimeLasts"];

    /// <summary>Before an instant up to which is meant.</summary>
    public static IReadOnlySet<string> TimeBefores { get; } = Roles["TimeBefores"];

    /// <summary>"start >= 07:59": what a time is said of where it is written as a condition.</summary>
    public static IReadOnlySet<string> Stamp { get; } = Roles["Stamp"];
    public static IReadOnlySet<string> AtLeast { get; } = Roles["AtLeast"];
    public static IReadOnlySet<string> AtMost { get; } = Roles["AtMost"];

    /// <summary>"From 5 to 6 against 7 and 8": before the second of two ranges.</summary>
    public static IReadOnlySet<string> Opposed { get; } = Roles["Opposed"];

    /// <summary>"The website": the one of which everybody knows.</summary>
    public static IReadOnlySet<string> Definite { get; } = Roles["Definite"];

    /// <summary>"In the two minutes from …": before a length that says when.</summary>
    public static IReadOnlySet<string> Lasting { get; } = Roles["Lasting"];
}
