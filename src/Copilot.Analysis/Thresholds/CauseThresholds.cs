using Copilot.Telemetry.Records;

namespace Copilot.Analysis.Thresholds;

/// <summary>Whether there is a cause at all.</summary>
internal static class JudgementThresholds
{
    /// <summary>Services whose figures are clearly worse come by chance in about one quiet window of ten, so the place where it starts
    /// must be surprising too.</summary>
    /// <remarks>Unit: standard deviations, one-sided. Set by hand for that rate; <c>OwnWorldTests.Quiet_windows_have_no_cause</c> and
    /// <c>MadeUpSystemTests.What_is_no_trouble_has_no_cause</c> count false alarms.</remarks>
    public const double SurpriseWithWorse = 3.1;

    /// <summary>Failures are seldom chance, and a short baseline cannot make many of them surprising.</summary>
    /// <remarks>Unit: standard deviations, one-sided. Set by hand for that rate; <c>OwnWorldTests.Quiet_windows_have_no_cause</c> and
    /// <c>MadeUpSystemTests.What_is_no_trouble_has_no_cause</c> count false alarms.</remarks>
    public const double SurpriseWithFailing = 2.6;

    /// <summary>Of thousands of places one is always surprising, and of hundreds of services somebody above it is worse by
    /// chance.</summary>
    /// <remarks>Unit: false alarms in a quiet window, over all places compared. Set by hand for that rate;
    /// <c>OwnWorldTests.Quiet_windows_have_no_cause</c> and <c>MadeUpSystemTests.What_is_no_trouble_has_no_cause</c> count false
    /// alarms.</remarks>
    public const double FalseAlarmsWithWorse = 0.2;

    /// <summary>With nobody clearly worse by status and p95 so few are risked.</summary>
    /// <remarks>Unit: false alarms in a quiet window, over all places compared. Set by hand for that rate;
    /// <c>OwnWorldTests.Quiet_windows_have_no_cause</c> and <c>MadeUpSystemTests.What_is_no_trouble_has_no_cause</c> count false
    /// alarms.</remarks>
    public const double FalseAlarms = 0.02;

    /// <summary>What a place must show where nobody is clearly worse.</summary>
    /// <remarks>Unit: standard deviations, one-sided. Set by hand for that rate; <c>OwnWorldTests.Quiet_windows_have_no_cause</c> and
    /// <c>MadeUpSystemTests.What_is_no_trouble_has_no_cause</c> count false alarms.</remarks>
    public const double SurpriseAlone = 3.3;

    /// <summary>Requests that plainly go astray or fail.</summary>
    /// <remarks>Unit: weight. Set by hand; <c>OwnWorldTests</c>, <c>LabelledFaultTests</c> and <c>MadeUpSystemTests</c> count what is
    /// missed and what is claimed falsely.</remarks>
    public const double WeightAlone = 0.1;

    /// <summary>Requests that are plainly late.</summary>
    /// <remarks>Unit: weight. Set by hand; <c>OwnWorldTests</c>, <c>LabelledFaultTests</c> and <c>MadeUpSystemTests</c> count what is
    /// missed and what is claimed falsely.</remarks>
    public const double LatencyAlone = 0.3;

    /// <summary>Late where a resource is short at the same time: two witnesses that know nothing of each other.</summary>
    /// <remarks>Unit: weight. Set by hand; <c>OwnWorldTests</c>, <c>LabelledFaultTests</c> and <c>MadeUpSystemTests</c> count what is
    /// missed and what is claimed falsely.</remarks>
    public const double Strained = 0.5;

    /// <summary>One operation or edge must surprise more than a service.</summary>
    /// <remarks>Unit: standard deviations, one-sided. Set by hand; <c>OwnWorldTests</c>, <c>LabelledFaultTests</c> and
    /// <c>MadeUpSystemTests</c> count what is missed and what is claimed falsely.</remarks>
    public const double MoreForOnePlace = 0.4;

    /// <summary>The contract's "clearly worse", for one operation or edge instead of a whole service.</summary>
    /// <remarks>Unit: ms. Set by docs/terms.md ("clearly worse").</remarks>
    public const double ClearlyMs = ClearlyWorse.P95MoreMs;

    /// <summary>So many must be late.</summary>
    /// <remarks>Unit: share of its requests. Set by hand; <c>OwnWorldTests</c>, <c>LabelledFaultTests</c> and <c>MadeUpSystemTests</c>
    /// count what is missed and what is claimed falsely.</remarks>
    public const double ClearlyShare = 0.1;

    /// <summary>Where an operation takes twice as long as ever, little milliseconds count too, if nothing of it is chance.</summary>
    /// <remarks>Unit: standard deviations, one-sided. Set by hand; <c>OwnWorldTests</c>, <c>LabelledFaultTests</c> and
    /// <c>MadeUpSystemTests</c> count what is missed and what is claimed falsely.</remarks>
    public const double Certain = 4.5;

    /// <summary>The little milliseconds.</summary>
    /// <remarks>Unit: ms. Set by hand; <c>OwnWorldTests</c>, <c>LabelledFaultTests</c> and <c>MadeUpSystemTests</c> count what is
    /// missed and what is claimed falsely.</remarks>
    public const double CertainMs = 10;

    /// <summary>Twice as long as ever.</summary>
    /// <remarks>Unit: times the usual duration. Set by hand; <c>OwnWorldTests</c>, <c>LabelledFaultTests</c> and
    /// <c>MadeUpSystemTests</c> count what is missed and what is claimed falsely.</remarks>
    public const double CertainTimes = 2;

    /// <summary>Fewer than the contract's "clearly worse" asks of each window tell nothing of what is usual.</summary>
    /// <remarks>Unit: traces of the baseline. Set by docs/terms.md ("clearly worse").</remarks>
    public const int EnoughToCompare = ClearlyWorse.Fewest;

    /// <summary>Of fewer it is not known how much traffic is usual.</summary>
    /// <remarks>Unit: traces of one baseline window. Set by hand;
    /// <c>CauseRankerTests.A_store_that_knows_nothing_of_before_does_not_call_it_a_surge</c> shows the case.</remarks>
    public const int EnoughForTraffic = 20;

    /// <summary>Traffic that grew by less than half is no surge.</summary>
    /// <remarks>Unit: times the traffic before. Set by hand;
    /// <c>CauseRankerTests.More_traffic_that_makes_everything_a_little_slower_is_a_surge</c> shows the case.</remarks>
    public const double SurgeRatio = ClearlyWorse.SurgeRatio;

    /// <summary>What is less late than this may be load.</summary>
    /// <remarks>Unit: weight. Set by hand; <c>OwnWorldTests</c>, <c>LabelledFaultTests</c> and <c>MadeUpSystemTests</c> count what is
    /// missed and what is claimed falsely.</remarks>
    public const double LoadLatency = 0.5;

    /// <summary>A place that loses less than half of all is not the one place of a fault.</summary>
    /// <remarks>Unit: share of the time lost. Set by hand; <c>OwnWorldTests</c>, <c>LabelledFaultTests</c> and <c>MadeUpSystemTests</c>
    /// count what is missed and what is claimed falsely.</remarks>
    public const double LoadShare = 0.5;

    /// <summary>Less than this in all other places together is chance.</summary>
    /// <remarks>Unit: share of the time lost. Set by hand; <c>OwnWorldTests</c>, <c>LabelledFaultTests</c> and <c>MadeUpSystemTests</c>
    /// count what is missed and what is claimed falsely.</remarks>
    public const double LoadElsewhere = 0.2;

    /// <summary>Where the others grow at least half as much, in proportion, it is load.</summary>
    /// <remarks>Unit: of the first place's growth. Set by hand; <c>OwnWorldTests</c>, <c>LabelledFaultTests</c> and
    /// <c>MadeUpSystemTests</c> count what is missed and what is claimed falsely.</remarks>
    public const double LoadGrowth = 0.5;

    /// <summary>A sentence names so many.</summary>
    /// <remarks>Unit: services. Set by hand, not measured by itself.</remarks>
    public const int MostFailingTold = 3;
}

/// <summary>How clear the evidence is, and how likely what it says.</summary>
internal static class ConfidenceThresholds
{
    /// <summary>The logistic map from clearness to how often that was right.</summary>
    /// <remarks>Unit: logit. Set by greatest likelihood on 1,465 reports (docs/decisions/020, <c>ReliabilityTests</c>).</remarks>
    public const double Intercept = 1.75;

    /// <summary>The same map's slope.</summary>
    /// <remarks>Unit: logits for each. Set by greatest likelihood on 1,465 reports (docs/decisions/020,
    /// <c>ReliabilityTests</c>).</remarks>
    public const double Slope = 1.3;

    /// <summary>Nothing is told to be impossible,</summary>
    /// <remarks>Unit: probability. Set by hand; the map has no cases there (docs/decisions/020).</remarks>
    public const double Least = 0.01;

    /// <summary>and nothing to be certain.</summary>
    /// <remarks>Unit: probability. Set by hand; the map has no cases there (docs/decisions/020).</remarks>
    public const double Most = 0.98;

    /// <summary>Two places of hardly any weight do not lead each other.</summary>
    /// <remarks>Unit: weight. Set by hand, not measured by itself.</remarks>
    public const double LeadFloor = 0.01;

    /// <summary>From here on more weight makes nothing clearer.</summary>
    /// <remarks>Unit: weight. Set by hand; what it comes to is calibrated by the map.</remarks>
    public const double FullWeight = 0.2;

    /// <summary>What surprise and lead are worth without any weight; the rest is the weight's.</summary>
    /// <remarks>Unit: of the clearness. Set by hand; what it comes to is calibrated by the map.</remarks>
    public const double Weightless = 0.4;

    /// <summary>The weight's part.</summary>
    /// <remarks>Unit: of the clearness. Set by hand; what it comes to is calibrated by the map.</remarks>
    public const double ByWeight = 0.6;

    /// <summary>Where the verdict is that there is no cause, nothing in the list is claimed.</summary>
    /// <remarks>Unit: of the clearness. Set by hand, not measured by itself.</remarks>
    public const double WithoutCause = 0.2;
}

/// <summary>Whether trouble began with a change.</summary>
internal static class ChangeThresholds
{
    /// <summary>A change is recorded when it is done or when it is begun; pods take their time.</summary>
    /// <remarks>Unit: ns. Set by hand;
    /// <c>CauseRankerTests.A_change_after_which_requests_were_good_for_a_while_is_told_and_not_blamed</c> shows the case.</remarks>
    public const long SlackNs = UnixNanos.PerMinute;

    /// <summary>Requests may suffer this long before the change's own time: clocks differ.</summary>
    /// <remarks>Unit: ns. Set by hand, not measured by itself.</remarks>
    public const long EarlyNs = SlackNs / 6;

    /// <summary>So many must come after it.</summary>
    /// <remarks>Unit: share of the requests concerned. Set by hand, not measured by itself.</remarks>
    public const double LeastShare = 0.9;

    /// <summary>A change until then comes before later ones where one is told.</summary>
    /// <remarks>Unit: s after the window's beginning. Set by hand, not measured by itself.</remarks>
    public const int BegunSeconds = 30;
}

/// <summary>Who is looked at more closely.</summary>
internal static class SuspectThresholds
{
    /// <summary>Below this nobody stands out: then everybody's resources are looked at, and nobody's attributes.</summary>
    /// <remarks>Unit: weight. Set by hand, not measured by itself.</remarks>
    public const double Convincing = 0.1;
}

/// <summary>The message that failing requests write.</summary>
internal static class MessageSharingThresholds
{
    /// <summary>Fewer share anything by chance.</summary>
    /// <remarks>Unit: requests. Set by hand;
    /// <c>CauseRankerTests.The_message_that_failing_requests_share_is_told_and_one_that_all_write_is_not</c> shows the case.</remarks>
    public const int Fewest = 3;

    /// <summary>So many must write it.</summary>
    /// <remarks>Unit: share of those concerned. Set by hand, not measured by itself.</remarks>
    public const double LeastShare = 0.5;

    /// <summary>So much more seldom the others must write it.</summary>
    /// <remarks>Unit: of their share. Set by hand;
    /// <c>CauseRankerTests.The_message_that_failing_requests_share_is_told_and_one_that_all_write_is_not</c> shows the case.</remarks>
    public const double Apart = 0.2;

    /// <summary>One wrong message in a thousand cases.</summary>
    /// <remarks>Unit: probability, after the correction for all messages looked at. Set by hand, not measured by itself.</remarks>
    public const double ByChance = 0.001;
}

/// <summary>How much of what was found is told.</summary>
internal static class TellingThresholds
{
    /// <summary>Further down the list nobody reads.</summary>
    /// <remarks>Unit: places. Set by hand, not measured by itself.</remarks>
    public const int MostCauses = 50;

    /// <summary>Who finds the first ones innocent reads on: so many are ranked wherever there are so many services.</summary>
    /// <remarks>Unit: places. Set by hand; <c>CauseRankerTests.Five_are_ranked_where_there_are_five_services</c> holds it.</remarks>
    public const int FewestRanked = 5;

    /// <summary>Further down nobody reads what trouble is confined to.</summary>
    /// <remarks>Unit: places. Set by hand, not measured by itself.</remarks>
    public const int MostPlaces = 3;

    /// <summary>From here on time is said to be lost in waiting for a database.</summary>
    /// <remarks>Unit: share of the lost time. Set by hand; <c>CauseRankerTests</c> shows the case.</remarks>
    public const double MostOfWait = 0.6;

    /// <summary>So many more calls are why a request waits longer.</summary>
    /// <remarks>Unit: times the usual number. Set by hand; <c>CauseRankerTests</c> shows the case.</remarks>
    public const double AsksMore = 1.5;

    /// <summary>As many as people open.</summary>
    /// <remarks>Unit: traces of one claim. Set by hand, not measured by itself.</remarks>
    public const int MostTraces = 10;

    /// <summary>The strongest; a fifth convinces nobody.</summary>
    /// <remarks>Unit: claims of one cause. Set by hand, not measured by itself.</remarks>
    public const int MostClaims = 4;

    /// <summary>More are a list.</summary>
    /// <remarks>Unit: services in a sentence. Set by hand, not measured by itself.</remarks>
    public const int MostNames = 3;

    /// <summary>What just the same requests have is told along, of so many attributes.</summary>
    /// <remarks>Unit: conditions. Set by hand, not measured by itself.</remarks>
    public const int MostAlike = 2;

    /// <summary>More are counted.</summary>
    /// <remarks>Unit: services of a shared place. Set by hand, not measured by itself.</remarks>
    public const int MostServices = 4;

    /// <summary>Where requests fail and are late, that all fail is told before that they are a hundred milliseconds late.</summary>
    /// <remarks>Unit: times the weight of being late. Set by hand, not measured by itself.</remarks>
    public const double Failing = 5;

    /// <summary>A message is a hint, a failure the thing itself.</summary>
    /// <remarks>Unit: of the weight of failing. Set by hand, not measured by itself.</remarks>
    public const double Messages = 0.5;

    /// <summary>Who gives up is told before whoever fails for it.</summary>
    /// <remarks>Unit: times the weight of failing. Set by hand, not measured by itself.</remarks>
    public const double Timeouts = 2;

    /// <summary>From here on a shortage is the kind of cause that is told.</summary>
    /// <remarks>Unit: weight. Set by hand, not measured by itself.</remarks>
    public const double Short = 0.5;

    /// <summary>Where the median says less, what is told is how slow the slow ones are.</summary>
    /// <remarks>Unit: times the usual median. Set by hand; <c>CauseRankerTests.What_is_slow_now_and_then_is_told_by_those_times</c>
    /// shows the case.</remarks>
    public const double MostlySlow = 1.5;
}

/// <summary>The way from users to the cause.</summary>
internal static class PathThresholds
{
    /// <summary>The commonest way is found by then.</summary>
    /// <remarks>Unit: requests. Set by hand, not measured by itself.</remarks>
    public const int MostStarts = 500;

    /// <summary>Calls go no deeper; a circle that a sender made ends.</summary>
    /// <remarks>Unit: services. Set by hand, not measured by itself.</remarks>
    public const int Longest = 32;

    /// <summary>From here on a step of the way is marked as one that fails more: an eye should stop at it.</summary>
    /// <remarks>Unit: share of the callee's requests, beyond the rate before. Set by hand, not measured by itself.</remarks>
    public const double MarkedErrors = 0.005;

    /// <summary>The same of one that takes longer.</summary>
    /// <remarks>Unit: times the mean before. Set by hand, not measured by itself.</remarks>
    public const double MarkedTimes = 1.2;

    /// <summary>Of so many it is told why they are not the cause.</summary>
    /// <remarks>Unit: suspects. Set by hand, not measured by itself.</remarks>
    public const int MostRejected = 3;
}

/// <summary>A second trouble beside the first.</summary>
internal static class FurtherTroubleThresholds
{
    /// <summary>Fewer left over tell nothing.</summary>
    /// <remarks>Unit: traces, of the window and of the good ones together each. Set by hand, not measured by itself.</remarks>
    public const int FewestTraces = 20;

    /// <summary>It is told where it is so likely: one trouble at a time is the rule.</summary>
    /// <remarks>Unit: confidence. Set by hand; <c>TwoTroublesTests</c> holds it.</remarks>
    public const double Sure = 0.8;

    /// <summary>More at once are told by what each of them leaves over, the surest first.</summary>
    /// <remarks>Unit: troubles beside the first. Set by hand, not measured by itself.</remarks>
    public const int Most = 2;
}
