using Copilot.Analysis.Samples;

namespace Copilot.Analysis.Traces;

/// <summary>What can happen in a request, as one number space: four numbers for each name.</summary>
internal static class EventNumber
{
    public const int InnerOperation = 0;
    public const int CallTo = 1;
    public const int LogMessage = 2;
    public const int ErrorMessage = 3;

    public static int Of(int sort, int name) => (name * 4) + sort;

    public static bool IsError(int number) => number % 4 == ErrorMessage;

    /// <summary>An event in words, for explanations.</summary>
    public static string Describe(int number, NameTable names) => (number % 4) switch
    {
        InnerOperation => names[number / 4],
        CallTo => "the call to " + names[number / 4],
        ErrorMessage => "the error message \"" + names[number / 4] + "\"",
        _ => "the log message \"" + names[number / 4] + "\"",
    };
}
