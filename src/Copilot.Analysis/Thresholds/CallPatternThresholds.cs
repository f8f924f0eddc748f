namespace Copilot.Analysis.Thresholds;

/// <summary>Which ways requests take, against how they usually do.</summary>
internal static class FlowThresholds
{
    /// <summary>Requests that stop short are looked at from so many on.</summary>
    /// <remarks>Unit: requests. Set by hand; <c>CauseRankerTests.Requests_that_stop_short_without_any_status_are_noticed</c> shows the
    /// case.</remarks>
    public const int FewestCutShort = 3;

    /// <summary>A longer course that only one request took is no way that requests go.</summary>
    /// <remarks>Unit: requests in the baseline. Set by hand, not measured by itself.</remarks>
    public const int FewestLonger = 2;

    /// <summary>The same where there are many.</summary>
    /// <remarks>Unit: share of the operation's requests in the baseline. Set by hand, not measured by itself.</remarks>
    public const double ShareLonger = 0.02;

    /// <summary>Nothing is taken to be rarer than this: requests that go astray together have one reason.</summary>
    /// <remarks>Unit: share of requests. Set by hand, not measured by itself; <c>LabelledFaultTests</c> and <c>MadeUpSystemTests</c>
    /// hold the whole to its floors.</remarks>
    public const double Rarest = 0.02;

    /// <summary>What is taken to be usual where nothing is known of other operations.</summary>
    /// <remarks>Unit: share of requests. Set by hand, not measured by itself.</remarks>
    public const double Unknown = 0.5;

    /// <summary>A step in so many of them is expected.</summary>
    /// <remarks>Unit: share of the operation's requests in the baseline. Set by hand, not measured by itself; <c>LabelledFaultTests</c>
    /// and <c>MadeUpSystemTests</c> hold the whole to its floors.</remarks>
    public const double Always = 0.9;

    /// <summary>Of a dozen requests a step that only most take may be in all by chance.</summary>
    /// <remarks>Unit: requests in the baseline. Set by hand, not measured by itself.</remarks>
    public const int EnoughForHabits = 20;

    /// <summary>A known short course (a cache that answers) varies with the traffic; so many times as often is no variation.</summary>
    /// <remarks>Unit: times as often. Set by hand, not measured by itself.</remarks>
    public const double Lift = 3;

    /// <summary>Many steps of many operations are looked at, so each must surprise more than a single test would have to.</summary>
    /// <remarks>Unit: standard deviations, one-sided. Set by hand, not measured by itself; <c>LabelledFaultTests</c> and
    /// <c>MadeUpSystemTests</c> hold the whole to its floors.</remarks>
    public const double MoreForMany = 0.5;

    /// <summary>Taken for how often courses are cut short elsewhere: so often that only the operation's own past tells.</summary>
    /// <remarks>Unit: share of requests. Set by hand, not measured by itself.</remarks>
    public const double CutShortElsewhere = 0.5;

    /// <summary>With one or two good requests nothing is usual; from three on the tests themselves ask for many bad ones.</summary>
    /// <remarks>Unit: requests in the baseline. Set by hand, not measured by itself.</remarks>
    public const int FewestBefore = 3;

    /// <summary>So surprising against the others, a baseline window is no good one: one that already holds the fault would hide
    /// it.</summary>
    /// <remarks>Unit: standard deviations, one-sided. Set by hand;
    /// <c>CauseRankerTests.A_baseline_that_already_holds_the_fault_is_left_out</c> shows the case.</remarks>
    public const double WorseWindow = 1.7;

    /// <summary>A sentence names so many of those that are gone, and of those that are new.</summary>
    /// <remarks>Unit: steps. Set by hand, not measured by itself.</remarks>
    public const int MostTold = 3;
}

/// <summary>Calls that are given up.</summary>
internal static class TimeoutThresholds
{
    /// <summary>A place seldom gives up anything; nothing is taken to be rarer than this.</summary>
    /// <remarks>Unit: share of calls. Set by hand, not measured by itself.</remarks>
    public const double Rarest = 0.01;

    /// <summary>One tells nothing of the caller's patience.</summary>
    /// <remarks>Unit: calls given up. Set by hand, not measured by itself.</remarks>
    public const int Fewest = 2;

    /// <summary>Of fewer it is not known how long they usually last.</summary>
    /// <remarks>Unit: calls in the baseline. Set by hand, not measured by itself.</remarks>
    public const int FewestBefore = 5;

    /// <summary>Had the callee stayed as it was, about as many calls would have lasted so long in good times as are given up
    /// now.</summary>
    /// <remarks>Unit: of the share of calls given up now. Set by hand;
    /// <c>RetryTests.A_caller_that_gives_up_answers_which_take_as_long_as_ever_is_to_blame_itself</c> shows the case.</remarks>
    public const double AsBefore = 0.3;
}
