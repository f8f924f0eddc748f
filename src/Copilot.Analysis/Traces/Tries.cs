using Copilot.Analysis.Thresholds;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;

namespace Copilot.Analysis.Traces;

/// <summary>
/// Calls made once more because the one before came to nothing. What a caller waits before it tries again is no work of its own:
/// without the failure it would not wait.
/// </summary>
internal static class Tries
{
    /// <summary>Marks the further tries among a request's calls.</summary>
    /// <param name="isLost">Whether a call reached nobody although others like it do.</param>
    /// <returns>The waits before them.</returns>
    public static IReadOnlyList<(long From, long To)> Mark(RequestSet set, Request request, Func<Call, bool> isLost)
    {
        var calls = request.Calls;
        if (!IsAnythingAskedTwice(set, calls))
            return [];
        var waits = new List<(long From, long To)>();
        var last = new Dictionary<(int Callee, int Operation), int>();
        foreach (var i in Enumerable.Range(0, calls.Count).Where(i => IsTry(calls[i])).OrderBy(i => set.SpanOf(calls[i]).StartNs))
        {
            var key = (calls[i].Callee, Operation(set, calls[i]));
            if (
                last.TryGetValue(key, out var before)
                && set.SpanOf(calls[i]).StartNs >= set.SpanOf(calls[before]).EndNs - RequestThresholds.RoundingNs
                && (set.Forest.Spans[calls[i].Span].IsResent || CameToNothing(set, calls[before]) || isLost(calls[before]))
            )
            {
                calls[i] = calls[i] with { IsFurtherTry = true };
                waits.Add((set.SpanOf(calls[before]).EndNs, set.SpanOf(calls[i]).StartNs));
            }

            last[key] = i;
        }

        return waits;
    }

    /// <summary>Whether a call had no use for its caller: it failed, or its answer came too late.</summary>
    public static bool CameToNothing(RequestSet set, Call call) =>
        call.Failed || call.IsGivenUp || (call.Request >= 0 && set.Requests[call.Request].Failed);

    private static bool IsAnythingAskedTwice(RequestSet set, List<Call> calls)
    {
        // Each with each is quick only while they are few.
        if (calls.Count > RequestThresholds.FewCalls)
            return true;
        for (var i = 1; i < calls.Count; i++)
        {
            if (!IsTry(calls[i]))
                continue;
            var operation = Operation(set, calls[i]);
            for (var k = 0; k < i; k++)
            {
                if (calls[k].Callee == calls[i].Callee && IsTry(calls[k]) && Operation(set, calls[k]) == operation)
                    return true;
            }
        }

        return false;
    }

    /// <summary>What was asked for: a caller may ask the same callee for several things.</summary>
    public static int Operation(RequestSet set, Call call) =>
        set.IsAnnounced(call) ? set.Forest.Spans[call.Span].Operation : set.Requests[call.Request].Operation;

    private static bool IsTry(Call call) => call is { Callee: >= 0, IsMessage: false, IsDatabase: false };
}

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

    public static int OfLog(int severity, int template) =>
        Of(
            severity switch
            {
                >= SeverityNumber.Error => ErrorMessage,
                >= SeverityNumber.Warn => WarningMessage,
                _ => LogMessage,
            },
            template
        );

    /// <summary>An event in words, for explanations.</summary>
    public static string Describe(int number, NameTable names) =>
        (number % Sorts) switch
        {
            InnerOperation => names[number / Sorts],
            CallTo => "the call to " + names[number / Sorts],
            GivenUp => "no longer waiting for " + names[number / Sorts],
            ErrorMessage => "the error message \"" + names[number / Sorts] + "\"",
            WarningMessage => "the warning \"" + names[number / Sorts] + "\"",
            _ => "the log message \"" + names[number / Sorts] + "\"",
        };
}
