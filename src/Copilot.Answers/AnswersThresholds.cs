using Copilot.Analysis.Thresholds;

namespace Copilot.Answers;

/// <summary>How much of what was found is told in words and beside them: the whole of it is in the result.</summary>
internal static class AnswerLengthThresholds
{
    /// <summary>What is told of a list in words; more would not be read.</summary>
    /// <remarks>Unit: lines. Set by hand, not measured by itself.</remarks>
    public const int Lines = 5;

    /// <summary>Changes are short, and the one that is looked for is often not the first.</summary>
    /// <remarks>Unit: lines. Set by hand, not measured by itself.</remarks>
    public const int Changes = 8;

    /// <summary>Of a command to copy.</summary>
    /// <remarks>Unit: characters. Set by hand, not measured by itself.</remarks>
    public const int Command = 400;

    /// <summary>The evidence of a cause that is told one by one.</summary>
    /// <remarks>Unit: claims. Set by hand, not measured by itself.</remarks>
    public const int Claims = 5;

    /// <summary>The called systems whose figures are evidence of their own.</summary>
    /// <remarks>Unit: claims. Set by hand, not measured by itself.</remarks>
    public const int ClaimedCalls = 3;

    /// <summary>More troubles of one window are no summary any more.</summary>
    /// <remarks>Unit: troubles. Set by hand, not measured by itself.</remarks>
    public const int Troubles = 12;

    /// <summary>What else went wrong is told beside the trouble that is asked about.</summary>
    /// <remarks>Unit: troubles. Set by hand, not measured by itself.</remarks>
    public const int OtherTroubles = 4;

    /// <summary>The services that a line about a trouble names.</summary>
    /// <remarks>Unit: services. Set by hand, not measured by itself.</remarks>
    public const int TroubleServices = 3;

    /// <summary>Runners-up beside a cause: whoever is further down is hardly it.</summary>
    /// <remarks>Unit: services. Set by hand, not measured by itself.</remarks>
    public const int Suspects = 3;

    /// <summary>The names that a sentence bears.</summary>
    /// <remarks>Unit: names. Set by hand, not measured by itself.</remarks>
    public const int Names = 6;

    /// <summary>The same within a line of a list.</summary>
    /// <remarks>Unit: names. Set by hand, not measured by itself.</remarks>
    public const int Callers = 5;

    /// <summary>Where the names themselves are what is asked for.</summary>
    /// <remarks>Unit: names. Set by hand, not measured by itself.</remarks>
    public const int CalledServices = 40;

    /// <summary>Beside those: what sends no spans.</summary>
    /// <remarks>Unit: names. Set by hand, not measured by itself.</remarks>
    public const int CalledPeers = 20;

    /// <summary>What there is, where a name is not known.</summary>
    /// <remarks>Unit: names. Set by hand, not measured by itself.</remarks>
    public const int KnownServices = 30;

    /// <summary>The members of a team, where no schedule names who is on call.</summary>
    /// <remarks>Unit: people. Set by hand, not measured by itself.</remarks>
    public const int Members = 6;

    /// <summary>Who is asked next, where whoever is on call does not answer.</summary>
    /// <remarks>Unit: people. Set by hand, not measured by itself.</remarks>
    public const int NextAsked = 4;

    /// <summary>The traces that a claim is shown by.</summary>
    /// <remarks>Unit: traces. Set by hand, not measured by itself.</remarks>
    public const int ClaimTraces = 10;

    /// <summary>Next questions below an answer; more would be a menu.</summary>
    /// <remarks>Unit: questions. Set by hand, not measured by itself.</remarks>
    public const int Suggestions = 3;
}

/// <summary>How much is read where a question does not say how much.</summary>
internal static class ListThresholds
{
    /// <summary>A screen or two of log records.</summary>
    /// <remarks>Unit: log records. Set by hand, not measured by itself.</remarks>
    public const int LogRecords = 100;

    /// <summary>The called systems of a list.</summary>
    /// <remarks>Unit: peers. Set by hand, not measured by itself.</remarks>
    public const int Peers = 10;

    /// <summary>Who calls a service indirectly: no path of a system that one can follow is longer.</summary>
    /// <remarks>Unit: calls. Set by hand, not measured by itself.</remarks>
    public const int CallHops = 8;

    /// <summary>To count every trace of a query is as dear as to read them; beyond it the total is told as a lower bound.</summary>
    /// <remarks>Unit: traces. Set by hand, not measured by itself.</remarks>
    public const int CountedTraces = 1000;

    /// <summary>The traces that "these" means in the next question.</summary>
    /// <remarks>Unit: traces. Set by hand, not measured by itself.</remarks>
    public const int FocusTraces = 100;

    /// <summary>The services that "they" means in the next question.</summary>
    /// <remarks>Unit: services. Set by hand, not measured by itself.</remarks>
    public const int FocusServices = 5;

    /// <summary>What is suggested beside a trace is about the time around it.</summary>
    /// <remarks>Unit: time before and after the trace's start. Set by hand, not measured by itself.</remarks>
    public static readonly TimeSpan AroundTrace = TimeSpan.FromMinutes(5);
}

/// <summary>
/// Where in a long window requests were clearly worse than in the rest of it; what "clearly worse" means, <see cref="ClearlyWorse"/>
/// tells.
/// </summary>
internal static class StretchThresholds
{
    /// <summary>So finely a window is looked at.</summary>
    /// <remarks>Unit: steps a window. Set by hand, not measured by itself.</remarks>
    public const int Steps = 40;

    /// <summary>Of more the counted minutes are looked at in place of the spans.</summary>
    /// <remarks>Unit: traces of the window. Set by the time that reading their spans takes (tests/RESULTS.md): a quarter of a second and
    /// more.</remarks>
    public const long MostTraces = 5_000;

    /// <summary>In a shorter window nothing drowns.</summary>
    /// <remarks>Unit: length of the window. Set by hand, not measured by itself.</remarks>
    public static readonly TimeSpan Shortest = TimeSpan.FromMinutes(5);

    /// <summary>Shorter steps hold too few requests.</summary>
    /// <remarks>Unit: length of a step. Set by hand, not measured by itself.</remarks>
    public static readonly TimeSpan ShortestStep = TimeSpan.FromSeconds(15);

    /// <summary>Fewer steps with requests have no middle to compare with.</summary>
    /// <remarks>Unit: steps with requests. Set by hand, not measured by itself.</remarks>
    public const int FewestSteps = 4;

    /// <summary>In so short a step fewer than three failures tell something.</summary>
    /// <remarks>Unit: failed requests a step. Set by hand, not measured by itself.</remarks>
    public const int FewestFailed = 2;

    /// <summary>Where most of the window is bad it is the window that is bad, and no stretch of it.</summary>
    /// <remarks>Unit: share of the window. Set by hand, not measured by itself.</remarks>
    public const double Most = 0.7;

    /// <summary>A good or empty step between two bad ones does not end a stretch.</summary>
    /// <remarks>Unit: steps. Set by hand, not measured by itself.</remarks>
    public const int MostGap = 1;
}

/// <summary>Where the time of requests goes.</summary>
internal static class TimeSpentThresholds
{
    /// <summary>The requests whose traces are read whole: enough for shares to the nearest few percent, few enough to be read at
    /// once.</summary>
    /// <remarks>Unit: requests. Set by hand, not measured by itself.</remarks>
    public const int Requests = 60;

    /// <summary>The places that a table names.</summary>
    /// <remarks>Unit: rows. Set by hand, not measured by itself.</remarks>
    public const int Rows = 20;
}

/// <summary>When something went wrong: how far around a question's time it is looked for.</summary>
internal static class PeriodThresholds
{
    /// <summary>What ended less long ago seems to be over: some good requests may be luck, most of all where only few meet the
    /// trouble.</summary>
    /// <remarks>Unit: time since its end. Set by hand, not measured by itself.</remarks>
    public static readonly TimeSpan SurelyOver = TimeSpan.FromMinutes(2);

    /// <summary>A trouble may have begun before the window that is asked about and end after it; one that fills all of the first look shows
    /// in the second.</summary>
    /// <remarks>Unit: time before and after the window. Set by hand, not measured by itself.</remarks>
    public static readonly TimeSpan[] Around = [TimeSpan.FromHours(1), TimeSpan.FromHours(6)];

    /// <summary>A question about something past that names no time is about the latest such thing: one stretch after the other, until
    /// something is found.</summary>
    /// <remarks>Unit: time before now. Set by hand, not measured by itself.</remarks>
    public static readonly TimeSpan[] Back = [TimeSpan.FromHours(1), TimeSpan.FromHours(6), TimeSpan.FromHours(24)];

    /// <summary>How much of the time before it shows what is usual.</summary>
    /// <remarks>Unit: time before the look. Set by hand, not measured by itself.</remarks>
    public static readonly TimeSpan Past = TimeSpan.FromHours(1);

    /// <summary>Where nothing at all comes for so long after a trouble, that is said.</summary>
    /// <remarks>Unit: time without requests. Set by hand, not measured by itself.</remarks>
    public static readonly TimeSpan Silent = TimeSpan.FromMinutes(1);

    /// <summary>Where requests of no service stand out, the services that a trouble is looked for in one by one.</summary>
    /// <remarks>Unit: services. Set by hand, not measured by itself.</remarks>
    public const int ServicesTried = 3;
}

/// <summary>Which changes an answer is about.</summary>
internal static class ChangeReadingThresholds
{
    /// <summary>Asked what was changed at a moment, those nearest to it.</summary>
    /// <remarks>Unit: changes. Set by hand, not measured by itself.</remarks>
    public const int Nearest = 3;

    /// <summary>What was changed so long before a window may have caused what is in it: the same as a diagnosis looks back.</summary>
    /// <remarks>Unit: time before the window. Set by hand, not measured by itself.</remarks>
    public static readonly TimeSpan Before = TimeSpan.FromMinutes(15);

    /// <summary>"Before the backlog at 08:16": a time of day without seconds means its whole minute.</summary>
    /// <remarks>Unit: time. Set by how clock times are told: to the minute.</remarks>
    public static readonly TimeSpan Spoken = TimeSpan.FromMinutes(1);

    /// <summary>Where nothing was changed in the window, the last change before it is told.</summary>
    /// <remarks>Unit: time before the window. Set by hand, not measured by itself.</remarks>
    public static readonly TimeSpan LongBefore = TimeSpan.FromDays(30);

    /// <summary>A shorter handle is no name of one person only.</summary>
    /// <remarks>Unit: characters. Set by hand, not measured by itself.</remarks>
    public const int ShortestHandle = 4;
}

/// <summary>
/// What a person's word that an answer is right holds: the answer itself, in so few figures that it can be checked again.
/// </summary>
internal static class ExpectationThresholds
{
    /// <summary>The same figure, read again: percentiles of rollups are within 1 %.</summary>
    /// <remarks>Unit: share of the figure. Set by hand, not measured by itself.</remarks>
    public const double Tolerance = 0.02;

    /// <summary>More are not held one by one.</summary>
    /// <remarks>Unit: traces. Set by hand, not measured by itself.</remarks>
    public const int Traces = 100;

    /// <summary>The first of a ranking.</summary>
    /// <remarks>Unit: operations. Set by hand, not measured by itself.</remarks>
    public const int Operations = 3;

    /// <summary>Of an answer to several questions.</summary>
    /// <remarks>Unit: results. Set by hand, not measured by itself.</remarks>
    public const int Parts = 4;
}

/// <summary>What is kept of conversations.</summary>
internal static class ConversationThresholds
{
    /// <summary>The question's beginning, as a list shows it.</summary>
    /// <remarks>Unit: characters. Set by hand, not measured by itself.</remarks>
    public const int LongestTitle = 200;

    /// <summary>What a person says should have been the answer.</summary>
    /// <remarks>Unit: characters. Set by hand, not measured by itself.</remarks>
    public const int LongestExpectation = 2000;

    /// <summary>Nobody guesses another's conversation.</summary>
    /// <remarks>Unit: random bytes. Set by hand, not measured by itself.</remarks>
    public const int IdBytes = 10;

    /// <summary>Questions of one conversation that come at once take turns.</summary>
    /// <remarks>Unit: tries. Set by hand; <c>ConversationStoreTests.Two_turns_at_once_both_get_a_number</c> has two.</remarks>
    public const int TriesForNumber = 5;

    /// <summary>A window that ended so near to its question's "now" is one up to now.</summary>
    /// <remarks>Unit: time. Set by hand; <c>RollingWindowTests</c> has both sides.</remarks>
    public static readonly TimeSpan EndsNow = TimeSpan.FromSeconds(1);

    /// <summary>New names are read beside the questions.</summary>
    /// <remarks>Unit: time. Set by hand: a name is rarely asked for in the second in which it came in.</remarks>
    public static readonly TimeSpan NamesReadEvery = TimeSpan.FromSeconds(1);

    /// <summary>A question waits so long for names that just came in, and is read without them then.</summary>
    /// <remarks>Unit: time. Set by hand: what is read in a second is more than a second brings.</remarks>
    public static readonly TimeSpan LongestWaitForNames = TimeSpan.FromSeconds(1);

    /// <summary>All names are read anew: what is gone is forgotten, and how often values were seen is known again.</summary>
    /// <remarks>Unit: time. Set by hand, not measured by itself.</remarks>
    public static readonly TimeSpan NamesReadWhole = TimeSpan.FromHours(1);

    /// <summary>So far back is looked for the words that a window came from.</summary>
    /// <remarks>Unit: turns. Set by hand, not measured by itself.</remarks>
    public const int TurnsBack = 12;
}
