using Copilot.Analysis.Samples;

namespace Copilot.Analysis.Traces;

/// <summary>What can happen in a request, as one number space: six numbers for each name.</summary>
internal static class EventNumber
{
    public const int InnerOperation = 0;
    public const int CallTo = 1;
    public const int LogMessage = 2;
    public const int WarningMessage = 3;
    public const int ErrorMessage = 4;
    public const int GivenUp = 5;

    private const int Sorts = 6;

    public static int Of(int sort, int name) => (name * Sorts) + sort;

    /// <summary>Something complains: an error message, or a caller that did not wait for the answer.</summary>
    public static bool IsError(int number) => number % Sorts is ErrorMessage or GivenUp;

    /// <summary>A step of a request's course; a complaint is none, for it is no loss where it is gone.</summary>
    public static bool IsStep(int number) => number % Sorts is not (ErrorMessage or WarningMessage or GivenUp);

    /// <summary>A log message that warns or tells of an error.</summary>
    public static bool IsComplaint(int number) => number % Sorts is ErrorMessage or WarningMessage;

    public static int OfLog(int severity, int template) => Of(severity switch
    {
        >= SampleLog.Error => ErrorMessage,
        >= 13 => WarningMessage,
        _ => LogMessage,
    }, template);

    /// <summary>An event in words, for explanations.</summary>
    public static string Describe(int number, NameTable names) => (number % Sorts) switch
    {
        InnerOperation => names[number / Sorts],
        CallTo => "the call to " + names[number / Sorts],
        GivenUp => "no longer waiting for " + names[number / Sorts],
        ErrorMessage => "the error message \"" + names[number / Sorts] + "\"",
        WarningMessage => "the warning \"" + names[number / Sorts] + "\"",
        _ => "the log message \"" + names[number / Sorts] + "\"",
    };
}
