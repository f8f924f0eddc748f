namespace Copilot.Analysis.Thresholds;

/// <summary>When a part of a request is slow, and how surprising any difference must be; a run of the analysis may set
/// others.</summary>
internal static class SlownessThresholds
{
    /// <summary>A part of a request is slow from here on (the contract's "clearly worse").</summary>
    /// <remarks>Unit: times the 90th percentile, or the median, of the baseline. Set by hand and tried against others by
    /// <c>LabelledFaultTests.Thresholds_set_on_one_system_hold_on_the_other</c>.</remarks>
    public const double Factor = 1.5;

    /// <summary>... and this much more, so that a millisecond becoming two is nothing.</summary>
    /// <remarks>Unit: ms. Set by hand and tried against others by
    /// <c>LabelledFaultTests.Thresholds_set_on_one_system_hold_on_the_other</c>.</remarks>
    public const double FloorMs = 5;

    /// <summary>How surprising a difference must be to be looked at. To be ranked takes little; a verdict asks more.</summary>
    /// <remarks>Unit: standard deviations, one-sided. Set by hand and tried against others by
    /// <c>LabelledFaultTests.Thresholds_set_on_one_system_hold_on_the_other</c>.</remarks>
    public const double Surprise = 2;

    /// <summary>What only one of ten exceeds is the limit beyond which a value is late.</summary>
    /// <remarks>Unit: share of the baseline's values. Set by hand, not measured by itself; <c>LabelledFaultTests</c> and
    /// <c>MadeUpSystemTests</c> hold the whole to its floors.</remarks>
    public const double Seldom = 0.9;
}

/// <summary>Durations of requests' parts against the baseline's.</summary>
internal static class LatencyThresholds
{
    /// <summary>A single good value says nothing about what is usual; with two the test itself asks for many bad ones.</summary>
    /// <remarks>Unit: values in the baseline. Set by hand, not measured by itself.</remarks>
    public const int Fewest = 2;

    /// <summary>A window is left out as no good one only where the others hold so many.</summary>
    /// <remarks>Unit: values. Set by hand, not measured by itself.</remarks>
    public const int EnoughToLeaveOut = 5;

    /// <summary>So surprising against the others, a baseline window is no good one.</summary>
    /// <remarks>Unit: standard deviations, one-sided. Set by hand;
    /// <c>CauseRankerTests.A_baseline_that_already_holds_the_fault_is_left_out</c> shows the case.</remarks>
    public const double WorseWindow = 3;

    /// <summary>What is so certain by itself needs no other places.</summary>
    /// <remarks>Unit: standard deviations, one-sided. Set by hand, not measured by itself.</remarks>
    public const double Certain = 6;

    /// <summary>One slow request proves nothing anywhere.</summary>
    /// <remarks>Unit: requests. Set by hand, not measured by itself.</remarks>
    public const int FewestSlow = 2;
}

/// <summary>How late requests are in good times, over all places.</summary>
internal static class UsualExcessThresholds
{
    /// <summary>What never happened in fewer may still be common.</summary>
    /// <remarks>Unit: values. Set by hand, not measured by itself.</remarks>
    public const int Enough = 200;

    /// <summary>Nothing is taken to be rarer than this: one hiccup delays several requests at once.</summary>
    /// <remarks>Unit: share of values. Set by hand, not measured by itself.</remarks>
    public const double Rarest = 0.01;

    /// <summary>Places whose durations are more than so many times shorter tell nothing of this one.</summary>
    /// <remarks>Unit: times the median. Set by hand, not measured by itself.</remarks>
    public const int Smaller = 3;
}

/// <summary>Failures and silence against the baseline's.</summary>
internal static class ErrorThresholds
{
    /// <summary>Nothing is taken to be rarer than one in a hundred.</summary>
    /// <remarks>Unit: share of requests. Set by hand, not measured by itself; <c>LabelledFaultTests</c> and <c>MadeUpSystemTests</c>
    /// hold the whole to its floors.</remarks>
    public const double Rarest = 0.01;
}

/// <summary>Which of several baseline windows are good ones.</summary>
internal static class GoodWindowThresholds
{
    /// <summary>With a window skipped there is one comparison more that could have gone wrong.</summary>
    /// <remarks>Unit: of the surprise. Set by hand, not measured by itself.</remarks>
    public const double WorthWithOneLess = 0.8;

    /// <summary>A window of fewer cannot be told to be bad.</summary>
    /// <remarks>Unit: values. Set by hand, not measured by itself.</remarks>
    public const int Fewest = 3;
}

/// <summary>Error messages that name no trace.</summary>
internal static class MessageThresholds
{
    /// <summary>Messages come in bursts, so what is counted is in how many stretches of this length there is one.</summary>
    /// <remarks>Unit: s. Set by hand, not measured by itself.</remarks>
    public const int StretchSeconds = 5;

    /// <summary>So many are needed to call a message unusual.</summary>
    /// <remarks>Unit: stretches of the baseline. Set by hand, not measured by itself.</remarks>
    public const int FewestStretches = 3;

    /// <summary>Messages come and go for reasons of their own, and many are looked at: only what can hardly be chance counts.</summary>
    /// <remarks>Unit: standard deviations, one-sided. Set by hand;
    /// <c>CauseRankerTests.New_errors_of_no_trace_make_a_suspect_and_no_verdict</c> shows the case.</remarks>
    public const double Telling = 3.5;

    /// <summary>A message's template is its first so many constant words.</summary>
    /// <remarks>Unit: words. Set by hand; <c>LogTemplateTests.Values_go_and_words_stay</c> shows the case.</remarks>
    public const int TemplateWords = 7;

    /// <summary>No more of a message is read for it.</summary>
    /// <remarks>Unit: characters. Set by hand; <c>LogTemplateTests.A_body_of_any_length_is_cheap</c> shows the case.</remarks>
    public const int TemplateScanned = 400;

    /// <summary>A name, a mark and at most five digits are a place in the source and stay in the template.</summary>
    /// <remarks>Unit: characters, with the mark before it. Set by hand; <c>LogTemplateTests.Values_go_and_words_stay</c> shows the
    /// case.</remarks>
    public const int LongestLineNumber = 6;
}

/// <summary>Metrics of resources against their past.</summary>
internal static class ResourceThresholds
{
    /// <summary>A resource counts as strained from here on.</summary>
    /// <remarks>Unit: times the usual value. Set by hand, not measured by itself; <c>LabelledFaultTests</c> and
    /// <c>MadeUpSystemTests</c> hold the whole to its floors.</remarks>
    public const double StrainFactor = 1.8;

    /// <summary>Units of time, as UCUM and OpenTelemetry write them.</summary>
    /// <remarks>Unit: ms. Set by UCUM.</remarks>
    public static readonly IReadOnlyDictionary<string, double> Milliseconds = new Dictionary<string, double>
    {
        ["s"] = 1000,
        ["ms"] = 1,
        ["us"] = 1e-3,
        ["ns"] = 1e-6,
    };

    /// <summary>Shorter delays make nobody wait.</summary>
    /// <remarks>Unit: ms. Set by hand; <c>ResourceTests.A_delay_that_nobody_notices_is_no_shortage</c> shows the case.</remarks>
    public const double LeastDelayMs = 1;

    /// <summary>With fewer nothing is usual.</summary>
    /// <remarks>Unit: points. Set by hand, not measured by itself.</remarks>
    public const int FewestBefore = 3;

    /// <summary>A share of what there is leaves no room from here on.</summary>
    /// <remarks>Unit: share of the limit. Set by hand; <c>ResourceTests.A_share_that_leaves_no_room_tells_however_little_it_rose</c>
    /// shows the case.</remarks>
    public const double NearlyFull = 0.9;

    /// <summary>What appeared from nothing or has no room left is taken to have risen as much as anything can.</summary>
    /// <remarks>Unit: times the usual value. Set by hand; <c>ResourceTests.What_waits_where_nothing_used_to_wait_tells</c> shows the
    /// case.</remarks>
    public const double Full = 10;

    /// <summary>What is usual, a little below the middle: a past that was itself in trouble must not hide the present.</summary>
    /// <remarks>Unit: share of the past's points. Set by hand, not measured by itself.</remarks>
    public const double UsualRank = 0.4;

    /// <summary>How far points usually lie from it.</summary>
    /// <remarks>Unit: share of the past's lower half. Set by hand, not measured by itself.</remarks>
    public const double SpreadRank = 0.7;

    /// <summary>About a standard deviation.</summary>
    /// <remarks>Unit: times that distance. Set by hand, not measured by itself.</remarks>
    public const double SpreadTimes = 1.5;

    /// <summary>What hardly ever moved spreads at least so much.</summary>
    /// <remarks>Unit: of the usual value. Set by hand, not measured by itself.</remarks>
    public const double SpreadOfUsual = 0.1;

    /// <summary>A usual value of nothing does not divide.</summary>
    /// <remarks>Unit: of whatever the metric counts. Set by hand, not measured by itself.</remarks>
    public const double Nothing = 1e-12;

    /// <summary>Nor does a spread of nothing.</summary>
    /// <remarks>Unit: of whatever the metric counts. Set by hand, not measured by itself.</remarks>
    public const double NoSpread = 1e-9;

    /// <summary>The tail of a normal variable is no longer a number beyond.</summary>
    /// <remarks>Unit: standard deviations, one-sided. Set by what <c>Normal.FromUpperTail</c> gives for a tail that a double no longer
    /// holds.</remarks>
    public const double MostSurprise = 38;

    /// <summary>A point tells of the interval before it: one taken in its first quarter belongs to the time before.</summary>
    /// <remarks>Unit: part of the interval between points. Set by hand, not measured by itself.</remarks>
    public const int Belated = 4;
}

/// <summary>Databases, caches and queues that got worse for most who use them.</summary>
internal static class DatabaseThresholds
{
    /// <summary>Of fewer it is not said whether that user suffers.</summary>
    /// <remarks>Unit: calls of one user, now and before each. Set by hand, not measured by itself.</remarks>
    public const int FewestCalls = 4;

    /// <summary>What one user suffers may be its own doing.</summary>
    /// <remarks>Unit: services. Set by hand;
    /// <c>CauseRankerTests.A_database_that_is_slow_for_one_service_is_that_services_and_for_all_its_own</c> shows the case.</remarks>
    public const int FewestUsers = 2;

    /// <summary>So many must suffer.</summary>
    /// <remarks>Unit: share of the services that use it. Set by hand;
    /// <c>CauseRankerTests.A_database_that_is_slow_for_one_service_is_that_services_and_for_all_its_own</c> shows the case.</remarks>
    public const double LeastShare = 0.6;

    /// <summary>Nothing is taken to be rarer than this, as for any other call.</summary>
    /// <remarks>Unit: share of calls. Set by hand, not measured by itself.</remarks>
    public const double Rarest = 0.01;
}
