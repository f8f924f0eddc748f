namespace Copilot.Analysis.Thresholds;

/// <summary>What an operation usually calls.</summary>
internal static class CallBaselineThresholds
{
    /// <summary>An operation of which less is known has no habits.</summary>
    /// <remarks>Unit: requests, now and before each. Set by hand, not measured by itself.</remarks>
    public const int FewestRequests = 3;

    /// <summary>What more than every second request of the operation does, it usually does.</summary>
    /// <remarks>Unit: share of an operation's requests. Set by hand, not measured by itself.</remarks>
    public const double Usually = 0.5;
}

/// <summary>Whose fault a slow edge between two services is.</summary>
internal static class EdgeThresholds
{
    /// <summary>An edge of less is not compared.</summary>
    /// <remarks>Unit: calls now. Set by hand, not measured by itself.</remarks>
    public const int FewestCalls = 3;

    /// <summary>An edge of which it is not known what is usual neither accuses nor acquits.</summary>
    /// <remarks>Unit: calls in the baseline. Set by hand; <c>LabelledFaultTests.Planted_faults_are_found_where_they_start</c> was run
    /// when it was added.</remarks>
    public const int FewestCallsBefore = 5;

    /// <summary>Of so many combinations of weak edges one is always a little surprising.</summary>
    /// <remarks>Unit: standard deviations, one-sided. Set by hand, not measured by itself.</remarks>
    public const double MoreForChoosing = 0.5;

    /// <summary>An edge that would have met the trouble this seldom by chance has met none for a reason.</summary>
    /// <remarks>Unit: probability. Set by hand, not measured by itself.</remarks>
    public const double ByChance = 0.1;

    /// <summary>Where so much of it is lost on all edges alike, nothing is left to the callee.</summary>
    /// <remarks>Unit: share of the time lost. Set by hand, not measured by itself.</remarks>
    public const double AllCallers = 0.9;

    /// <summary>What all lose alike is what the lower third loses: one odd callee must not acquit the caller.</summary>
    /// <remarks>Unit: the first of so many parts of the edges, by what they lose. Set by hand, not measured by itself.</remarks>
    public const int CommonPart = 3;
}

/// <summary>Waits right before calls: a pool that is too small, or one that a slow callee fills.</summary>
internal static class PoolThresholds
{
    /// <summary>So much of it must lie right before the calls to one callee.</summary>
    /// <remarks>Unit: share of the time lost. Set by hand;
    /// <c>PoolTests.Whoever_is_slow_fills_its_callers_pool_and_is_to_blame_for_the_wait</c> shows the case.</remarks>
    public const double LeastShare = 0.7;

    /// <summary>Waits grow faster than what causes them, but a callee that is hardly slower fills no pool.</summary>
    /// <remarks>Unit: share of the wait. Set by hand; <c>PoolTests.A_wait_for_somebody_as_fast_as_ever_is_the_callers_own</c> shows the
    /// case.</remarks>
    public const double Noticeable = 0.2;

    /// <summary>A single operation may simply do more before its call; a pool is shared.</summary>
    /// <remarks>Unit: operations of the caller. Set by hand; <c>PoolTests.One_operation_may_simply_do_more_before_its_call</c> shows
    /// the case.</remarks>
    public const int FewestOperations = 2;

    /// <summary>Of fewer it is not known how long calls usually wait or last.</summary>
    /// <remarks>Unit: values in the baseline. Set by hand, not measured by itself.</remarks>
    public const int FewestBefore = 5;
}

/// <summary>What several callers of one callee suffer together.</summary>
internal static class SharedCalleeThresholds
{
    /// <summary>Callers that suffer by chance or for their own reasons hardly ever are all the callers of one callee.</summary>
    /// <remarks>Unit: services, or operations of a peer's users. Set by hand, not measured by itself.</remarks>
    public const int Together = 2;

    /// <summary>So many of them must suffer.</summary>
    /// <remarks>Unit: share of the usual callers. Set by hand, not measured by itself.</remarks>
    public const double LeastShare = 0.6;

    /// <summary>So many were due and none came: nobody is there any more.</summary>
    /// <remarks>Unit: calls. Set by hand; <c>CauseRankerTests.Who_is_gone_is_named_where_callers_send_no_spans_for_their_calls</c>
    /// shows the case.</remarks>
    public const double Due = 5;

    /// <summary>So many must end with the callee, or lack the call.</summary>
    /// <remarks>Unit: share of the requests concerned. Set by hand, not measured by itself.</remarks>
    public const double NearlyAll = 0.8;

    /// <summary>Those that call it must suffer so many times as often as those that do not.</summary>
    /// <remarks>Unit: times as often. Set by hand, not measured by itself.</remarks>
    public const double Apart = 2;

    /// <summary>So small a part of one instance's share in the trouble leaves the others as good as untouched.</summary>
    /// <remarks>Unit: of one instance's rate of hits. Set by hand;
    /// <c>CauseRankerTests.What_one_pod_of_two_does_after_its_queries_is_not_the_databases</c> shows the case.</remarks>
    public const double Spared = 0.2;

    /// <summary>So surprising must be that one instance is hit and the others are not.</summary>
    /// <remarks>Unit: standard deviations, one-sided. Set by hand;
    /// <c>CauseRankerTests.What_one_pod_of_two_does_after_its_queries_is_not_the_databases</c> shows the case.</remarks>
    public const double Unevenly = 3;
}

/// <summary>How much suspicions weigh, from 0 to 1.</summary>
internal static class WeighingThresholds
{
    /// <summary>At so many more certainty adds nothing.</summary>
    /// <remarks>Unit: standard deviations, one-sided. Set by hand, not measured by itself; <c>LabelledFaultTests</c> and
    /// <c>MadeUpSystemTests</c> hold the whole to its floors.</remarks>
    public const double Certain = 6;

    /// <summary>The same for a resource, which spreads more than counts do.</summary>
    /// <remarks>Unit: spreads of the usual values. Set by hand, not measured by itself; <c>LabelledFaultTests</c> and
    /// <c>MadeUpSystemTests</c> hold the whole to its floors.</remarks>
    public const double SurelyShort = 10;

    /// <summary>A shortage that no request suffers from is a suspect only where there is no other, and never a verdict.</summary>
    /// <remarks>Unit: weight. Set by hand, not measured by itself; <c>LabelledFaultTests</c> and <c>MadeUpSystemTests</c> hold the
    /// whole to its floors.</remarks>
    public const double StrainAlone = 0.02;

    /// <summary>A message that no request is known to suffer from is a suspect where there is no better one, and no verdict.</summary>
    /// <remarks>Unit: weight. Set by hand; <c>CauseRankerTests.New_errors_of_no_trace_make_a_suspect_and_no_verdict</c> shows the
    /// case.</remarks>
    public const double MessagesAlone = 0.15;

    /// <summary>Half of what requests usually take is already much to lose.</summary>
    /// <remarks>Unit: share of the usual duration. Set by hand, not measured by itself; <c>LabelledFaultTests</c> and
    /// <c>MadeUpSystemTests</c> hold the whole to its floors.</remarks>
    public const double MuchOfUsual = 0.5;

    /// <summary>Keeps very short requests from shouting.</summary>
    /// <remarks>Unit: ms. Set by hand, not measured by itself; <c>LabelledFaultTests</c> and <c>MadeUpSystemTests</c> hold the whole to
    /// its floors.</remarks>
    public const double MuchMs = 10;
}
