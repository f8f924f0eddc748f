namespace Copilot.Models;

/// <summary>When a model's sentence says what the data say.</summary>
internal static class CheckingThresholds
{
    /// <summary>A share that reads as 0.0 % is none.</summary>
    /// <remarks>Unit: share of requests. Set by hand, not measured by itself.</remarks>
    public const double Nothing = 0.0005;

    /// <summary>Where more than this share of requests fails, nobody calls a service well.</summary>
    /// <remarks>Unit: share of requests. Set by hand, not measured by itself.</remarks>
    public const double WellErrors = 0.01;

    /// <summary>Two doubles that are one figure.</summary>
    /// <remarks>Unit: difference. Set by hand, not measured by itself.</remarks>
    public const double SameFigure = 1e-9;

    /// <summary>How far "twice" or "thrice" may be off: twice is no rounding of 1.6.</summary>
    /// <remarks>Unit: share of the factor. Set by hand; <c>DerivedNumberTests</c> shows what passes.</remarks>
    public const double Factor = 0.05;

    /// <summary>How far "a third" may be off.</summary>
    /// <remarks>Unit: share, absolute. Set by hand; <c>TrueSentenceTests</c> shows what passes.</remarks>
    public const double Fraction = 0.03;

    /// <summary>How far "five percent" in words may be off: half a point.</summary>
    /// <remarks>Unit: share, absolute. Set by hand, not measured by itself.</remarks>
    public const double PercentInWords = 0.005;

    /// <summary>A number is rounded at its last digit: it may be off by half of what that stands for.</summary>
    /// <remarks>Unit: units of the last digit. Set by hand, not measured by itself.</remarks>
    public const double Half = 0.5;

    /// <summary>How far "about 25 ms" may be off.</summary>
    /// <remarks>Unit: share of the number. Set by hand; <c>StudyTests</c> measures what comes of it.</remarks>
    public const double About = 0.05;

    /// <summary>What is "almost" or "below" a number is at least so much of it.</summary>
    /// <remarks>Unit: share of the number. Set by hand: nobody says "below 20 ms" of 5 ms.</remarks>
    public const double JustBelow = 0.5;

    /// <summary>The word that names the measure stands at most so far before its number.</summary>
    /// <remarks>Unit: characters. Set by hand: a sentence rarely goes on for longer about one measure.</remarks>
    public const int MeasureReach = 90;

    /// <summary>Behind a number the word that names its measure stands close to it: "26.7 % error rate".</summary>
    /// <remarks>Unit: characters. Set by hand, not measured by itself.</remarks>
    public const int MeasureBehind = 12;

    /// <summary>Words that hedge a number stand right before it.</summary>
    /// <remarks>Unit: characters. Set by the longest of them.</remarks>
    public const int HedgeReach = 30;

    /// <summary>What sentences before have cited may be reckoned with; more of it would make any number follow from something.</summary>
    /// <remarks>Unit: facts, and times. Set by hand: a table of ten rows fits.</remarks>
    public const int Remembered = 40;

    /// <summary>Shorter than this a time between two instants is not told by them.</summary>
    /// <remarks>Unit: milliseconds. Set by what clock times show.</remarks>
    public const double ShortestStretch = 1000;

    /// <summary>"The top three together" are so many at most.</summary>
    /// <remarks>Unit: rows. Set by hand, not measured by itself.</remarks>
    public const int Top = 5;

    /// <summary>A course leaps where it changes by so much of all that it spans: that minute may be told without its figure.</summary>
    /// <remarks>Unit: share of the distance from the lowest to the highest. Set by hand, not measured by itself.</remarks>
    public const double Leap = 0.25;

    /// <summary>The words that say that a number is reckoned stand close to it.</summary>
    /// <remarks>Unit: characters before it. Set by hand, not measured by itself.</remarks>
    public const int ReckonedBefore = 40;

    /// <summary>The words that say that a number is reckoned stand close to it.</summary>
    /// <remarks>Unit: characters behind it. Set by hand, not measured by itself.</remarks>
    public const int ReckonedBehind = 45;

    /// <summary>So many sentences after a runbook was named, what is said may be its words.</summary>
    /// <remarks>Unit: sentences. Set by hand, not measured by itself.</remarks>
    public const int RunbookReach = 3;

    /// <summary>A figure belongs to "the slowest" or "the highest" where it stands at most so far from it.</summary>
    /// <remarks>Unit: characters. Set by hand, not measured by itself.</remarks>
    public const int SuperlativeReach = 60;

    /// <summary>In fewer words a language cannot be told.</summary>
    /// <remarks>Unit: words. Set by hand, not measured by itself.</remarks>
    public const int LanguageWords = 4;

    /// <summary>Of so many words the language must know the grammar to be it.</summary>
    /// <remarks>Unit: share of the words. Set by hand, not measured by itself.</remarks>
    public const double LanguageShare = 0.2;

    /// <summary>Shorter words say nothing of their own: articles, prepositions, units.</summary>
    /// <remarks>Unit: letters. Set by hand, not measured by itself.</remarks>
    public const int ShortWord = 4;

    /// <summary>Words with the same beginning are forms of one word.</summary>
    /// <remarks>Unit: letters. Set by hand, not measured by itself.</remarks>
    public const int Stem = 5;
}

/// <summary>How long a pattern may search. What it reads is a model's or a stranger's, and may be made to cost time.</summary>
internal static class PatternThresholds
{
    /// <summary>In a whole answer.</summary>
    /// <remarks>Unit: milliseconds. Set by hand, not measured by itself.</remarks>
    public const int OfAnswer = 2000;

    /// <summary>In a whole answer for everything that it claims at once.</summary>
    /// <remarks>Unit: milliseconds. Set by hand, not measured by itself.</remarks>
    public const int OfAllClaims = 5000;

    /// <summary>In one text of a tool's result.</summary>
    /// <remarks>Unit: milliseconds. Set by hand, not measured by itself.</remarks>
    public const int OfResult = 500;

    /// <summary>In a few words or one value.</summary>
    /// <remarks>Unit: milliseconds. Set by hand, not measured by itself.</remarks>
    public const int OfPart = 200;
}

/// <summary>How much of a result a model gets to see: it reads every token, and pays for it.</summary>
internal static class ToolThresholds
{
    /// <summary>How long a token is taken to be where only characters can be counted.</summary>
    /// <remarks>Unit: characters. Set by what providers say of English text.</remarks>
    public const int CharactersPerToken = 4;

    /// <summary>Of any list of a result.</summary>
    /// <remarks>Unit: items. Set by hand: the services of a small company fit.</remarks>
    public const int Items = 25;

    /// <summary>Of any list, where a call asks for more than the usual.</summary>
    /// <remarks>Unit: items. Set by what a list gives a person.</remarks>
    public const int MostRows = 100;

    /// <summary>Where a result is too long, so much of its rows is tried next.</summary>
    /// <remarks>Unit: share of the rows. Set by hand: a half leaves much room unused.</remarks>
    public const double Kept = 0.75;

    /// <summary>Of a course over time: an hour by minutes, so that a trouble's end is seen.</summary>
    /// <remarks>Unit: points. Set by tests/RESULTS.md, where courses of 54 points were cut at 20.</remarks>
    public const int Points = 60;

    /// <summary>What a median is as a percentile.</summary>
    /// <remarks>Unit: percent. Set by what the word means.</remarks>
    public const double Median = 50;

    /// <summary>No percentile is as high as this.</summary>
    /// <remarks>Unit: percent. Set by what the word means.</remarks>
    public const double WholePercent = 100;

    /// <summary>A name with so many letters may be looked for inside longer ones.</summary>
    /// <remarks>Unit: letters. Set by hand, not measured by itself.</remarks>
    public const int PartOfName = 3;

    /// <summary>Numbers are shown with so many digits: more of them are nobody's measurement.</summary>
    /// <remarks>Unit: digits. Set by hand, not measured by itself.</remarks>
    public const int Digits = 6;

    /// <summary>More digits than these a number of this kind does not have.</summary>
    /// <remarks>Unit: digits behind the point. Set by what rounding takes.</remarks>
    public const int MostDigits = 15;

    /// <summary>Names as like as this may be what a mistaken one meant.</summary>
    /// <remarks>Unit: share of the pairs of letters in common. Set by hand; <c>QueryToolTests</c> shows what is offered.</remarks>
    public const double Alike = 0.45;

    /// <summary>A long name that holds all pairs of letters of a short one is as like as this.</summary>
    /// <remarks>Unit: share of the pairs of letters in common. Set by hand; <c>QueryToolTests</c> shows what is offered.</remarks>
    public const double Covered = 0.8;

    /// <summary>Of names that a mistaken one may have meant.</summary>
    /// <remarks>Unit: names. Set by hand, not measured by itself.</remarks>
    public const int Offered = 3;

    /// <summary>Of any text of a result.</summary>
    /// <remarks>Unit: characters. Set by hand, not measured by itself.</remarks>
    public const int Text = 300;

    /// <summary>Of the words that tell a result once more.</summary>
    /// <remarks>Unit: characters. Set by hand, not measured by itself.</remarks>
    public const int Told = 1200;

    /// <summary>Of what was wrong with a call.</summary>
    /// <remarks>Unit: characters. Set by hand, not measured by itself.</remarks>
    public const int Complaint = 500;

    /// <summary>Of services and attributes by name.</summary>
    /// <remarks>Unit: names. Set by hand, not measured by itself.</remarks>
    public const int Names = 60;

    /// <summary>Of each service's operations, where nothing narrows them.</summary>
    /// <remarks>Unit: operations. Set by hand, not measured by itself.</remarks>
    public const int OperationsEach = 8;

    /// <summary>Of each attribute's values.</summary>
    /// <remarks>Unit: values. Set by hand, not measured by itself.</remarks>
    public const int ValuesEach = 6;

    /// <summary>Of a value; what is longer is no value to ask for.</summary>
    /// <remarks>Unit: characters. Set by hand, not measured by itself.</remarks>
    public const int Value = 80;

    /// <summary>Of the services of a table of health.</summary>
    /// <remarks>Unit: services. Set by hand, not measured by itself.</remarks>
    public const int Services = 25;

    /// <summary>Of the attributes of a span.</summary>
    /// <remarks>Unit: attributes. Set by hand, not measured by itself.</remarks>
    public const int SpanAttributes = 25;

    /// <summary>Of the events or links of a span, and of their attributes.</summary>
    /// <remarks>Unit: parts. Set by hand, not measured by itself.</remarks>
    public const int SpanParts = 8;

    /// <summary>Of a text of a span.</summary>
    /// <remarks>Unit: characters. Set by hand, not measured by itself.</remarks>
    public const int SpanText = 240;

    /// <summary>Of the causes, affected services and people of a preview.</summary>
    /// <remarks>Unit: entries. Set by hand, not measured by itself.</remarks>
    public const int ProposalParts = 10;

    /// <summary>Of the runbooks that fit.</summary>
    /// <remarks>Unit: runbooks. Set by hand, not measured by itself.</remarks>
    public const int Runbooks = 4;

    /// <summary>Of each section of a runbook.</summary>
    /// <remarks>Unit: lines. Set by hand, not measured by itself.</remarks>
    public const int RunbookLines = 6;

    /// <summary>Of a word of how the question was read, which the model is told before it begins.</summary>
    /// <remarks>Unit: characters. Set by hand, not measured by itself.</remarks>
    public const int Context = 120;

    /// <summary>What is looked at where a call names no time.</summary>
    /// <remarks>Unit: time before the end of the window. Set by hand, not measured by itself.</remarks>
    public static readonly TimeSpan UsualWindow = TimeSpan.FromMinutes(15);

    /// <summary>Nothing is kept for longer by default.</summary>
    /// <remarks>Unit: length of the window. Set by hand, not measured by itself.</remarks>
    public static readonly TimeSpan LongestWindow = TimeSpan.FromDays(31);
}

/// <summary>What one question may use of a model. The usual values of <see cref="Providers.ModelLimits"/>.</summary>
internal static class LimitThresholds
{
    /// <summary>More rounds help no answer.</summary>
    /// <remarks>Unit: rounds of calls. Set by hand, not measured by itself.</remarks>
    public const int Steps = 8;

    /// <summary>As many as one question has parts.</summary>
    /// <remarks>Unit: calls a round. Set by hand, not measured by itself.</remarks>
    public const int CallsPerStep = 6;

    /// <summary>All rounds together, in and out.</summary>
    /// <remarks>Unit: tokens. Set by hand, not measured by itself.</remarks>
    public const int Tokens = 60_000;

    /// <summary>Two pages.</summary>
    /// <remarks>Unit: tokens of one round's answer. Set by hand, not measured by itself.</remarks>
    public const int AnswerTokens = 1_200;

    /// <summary>One tool's result.</summary>
    /// <remarks>Unit: tokens. Set by hand, not measured by itself.</remarks>
    public const int ResultTokens = 2_500;

    /// <summary>Nobody waits longer.</summary>
    /// <remarks>Unit: time from the question to the answer. Set by hand, not measured by itself.</remarks>
    public static readonly TimeSpan Time = TimeSpan.FromSeconds(60);

    /// <summary>The settings' check of a provider: somebody looks at the page meanwhile.</summary>
    /// <remarks>Unit: time of one call. Set by hand, not measured by itself.</remarks>
    public static readonly TimeSpan CheckTime = TimeSpan.FromSeconds(30);

    /// <summary>A provider's client tries once more by itself; the built-in interpreter answers sooner than a third try would.</summary>
    /// <remarks>Unit: retries. Set by docs/decisions/024-what-is-tried-again.md.</remarks>
    public const int Retries = 1;
}

/// <summary>What is kept of what left for a model.</summary>
internal static class AuditThresholds
{
    /// <summary>A quarter; the usual value of <see cref="Audit.AuditOptions.KeepFor"/>.</summary>
    /// <remarks>Unit: time since it was asked. Set by hand, not measured by itself.</remarks>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(90);

    /// <summary>Old records are looked for so often.</summary>
    /// <remarks>Unit: time between looks. Set by hand, not measured by itself.</remarks>
    public static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    /// <summary>Of the newest, in a list.</summary>
    /// <remarks>Unit: records. Set by hand, not measured by itself.</remarks>
    public const int Listed = 200;
}
