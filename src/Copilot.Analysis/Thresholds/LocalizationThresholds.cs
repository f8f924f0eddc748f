namespace Copilot.Analysis.Thresholds;

/// <summary>The attribute value that one trouble is confined to.</summary>
internal static class PlaceThresholds
{
    /// <summary>Fewer have most things in common anyway.</summary>
    /// <remarks>Unit: requests. Set by hand; <c>PlaceTests.Two_failures_in_a_small_version_are_no_bad_version</c> shows the
    /// case.</remarks>
    public const int FewestHits = 3;

    /// <summary>One wrong name in a hundred cases that have no place.</summary>
    /// <remarks>Unit: probability, after the correction for all values looked at. Set by hand; held-out made-up systems (tests/results)
    /// named 177 of 200 places and none wrongly.</remarks>
    public const double FalseNames = 0.01;

    /// <summary>What all have says nothing.</summary>
    /// <remarks>Unit: requests without the value. Set by hand; <c>PlaceTests.What_everybody_suffers_has_no_place</c> shows the
    /// case.</remarks>
    public const int FewestOthers = 5;

    /// <summary>Others may be hit by chance, not as a part of the trouble.</summary>
    /// <remarks>Unit: of the hits. Set by hand; held-out made-up systems (tests/results) named 177 of 200 places and none
    /// wrongly.</remarks>
    public const double Elsewhere = 0.2;

    /// <summary>Those with the value must be hit so many times as often as those without.</summary>
    /// <remarks>Unit: times as often. Set by hand; held-out made-up systems (tests/results) named 177 of 200 places and none
    /// wrongly.</remarks>
    public const double Lift = 3;

    /// <summary>What requests say of themselves must have been said in good times too,</summary>
    /// <remarks>Unit: requests in the baseline. Set by hand; <c>PlaceTests.What_comes_of_the_trouble_is_not_where_it_is</c> shows the
    /// case.</remarks>
    public const int KnownFromBefore = 2;

    /// <summary>and not much less often.</summary>
    /// <remarks>Unit: standard deviations, one-sided. Set by hand; <c>PlaceTests.What_comes_of_the_trouble_is_not_where_it_is</c> shows
    /// the case.</remarks>
    public const double Surging = 2.5;

    /// <summary>A place is looked for in what is about as surprising as the most surprising.</summary>
    /// <remarks>Unit: of the largest surprise. Set by hand; held-out made-up systems (tests/results) named 177 of 200 places and none
    /// wrongly.</remarks>
    public const double Telling = 0.5;

    /// <summary>Of a rollout that came with the trouble so many have it, and of what was there before so many had not.</summary>
    /// <remarks>Unit: share of requests. Set by hand; <c>PlaceTests.A_flag_that_all_requests_turned_to_is_told</c> shows the
    /// case.</remarks>
    public const double NearlyAll = 0.95;

    /// <summary>Of fewer it is not known what was there before.</summary>
    /// <remarks>Unit: requests in the baseline. Set by hand, not measured by itself.</remarks>
    public const int EnoughBefore = 8;

    /// <summary>As many as people open.</summary>
    /// <remarks>Unit: traces. Set by hand, not measured by itself.</remarks>
    public const int MostTraces = 10;
}

/// <summary>A host, a zone or the like in which several services suffer.</summary>
internal static class SharedPlaceThresholds
{
    /// <summary>What one suffers is its own place.</summary>
    /// <remarks>Unit: services. Set by hand; <c>PlaceTests.A_host_on_which_several_services_suffer_is_one_cause</c> shows the
    /// case.</remarks>
    public const int FewestServices = 2;

    /// <summary>A service that shows less than this by itself is not said to suffer there.</summary>
    /// <remarks>Unit: standard deviations, one-sided. Set by hand; held-out made-up systems (tests/results) named 177 of 200 places and
    /// none wrongly.</remarks>
    public const double Showing = 1.3;

    /// <summary>A service that runs nowhere else is said to suffer where that is sure by itself.</summary>
    /// <remarks>Unit: standard deviations, one-sided. Set by hand; held-out made-up systems (tests/results) named 177 of 200 places and
    /// none wrongly.</remarks>
    public const double Sick = 3.1;

    /// <summary>Chance hits of so many services are more than those of one.</summary>
    /// <remarks>Unit: of the hits. Set by hand; held-out made-up systems (tests/results) named 177 of 200 places and none
    /// wrongly.</remarks>
    public const double Elsewhere = 0.25;
}

/// <summary>An instance that serves nothing any more.</summary>
internal static class GoneInstanceThresholds
{
    /// <summary>Chance leaves one of a service's instances out in fewer than one of a thousand windows.</summary>
    /// <remarks>Unit: probability. Set by hand; <c>PlaceTests.An_instance_that_serves_nothing_any_more_while_calls_fail_is_told</c>
    /// shows the case.</remarks>
    public const double ByChance = 0.001;

    /// <summary>Of a service with fewer it is not known where it runs.</summary>
    /// <remarks>Unit: requests. Set by hand, not measured by itself.</remarks>
    public const int FewestRequests = 5;
}

/// <summary>What is read of a request.</summary>
internal static class TraitThresholds
{
    /// <summary>Calls go no deeper; a circle that a sender made ends.</summary>
    /// <remarks>Unit: callers above a request. Set by hand, not measured by itself.</remarks>
    public const int Deepest = 32;
}
