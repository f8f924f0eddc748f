namespace Copilot.Incidents;

/// <summary>How bad it is.</summary>
internal static class SeverityThresholds
{
    /// <summary>So many fail at a service that faces users: severity 1.</summary>
    /// <remarks>Unit: share of requests. Set by hand, not measured by itself.</remarks>
    public const double ManyFail = 0.10;

    /// <summary>The same where requests are late.</summary>
    /// <remarks>Unit: times the p95 before. Set by hand, not measured by itself.</remarks>
    public const double ManyTimesSlower = 5;

    /// <summary>So many affected are severity 2 even where none faces users.</summary>
    /// <remarks>Unit: services. Set by hand, not measured by itself.</remarks>
    public const int ManyServices = 3;
}

/// <summary>Previews of incidents.</summary>
internal static class ProposalThresholds
{
    /// <summary>What is open counts as lasting for so long after the trouble that it was made for.</summary>
    /// <remarks>Unit: time after its window. Set by hand, not measured by itself.</remarks>
    public static readonly TimeSpan OpenFor = TimeSpan.FromHours(2);

    /// <summary>How long a preview that nobody confirmed can still be confirmed. The usual value of <see
    /// cref="IncidentsOptions"/>.</summary>
    /// <remarks>Unit: time since it was made. Set by hand, not measured by itself.</remarks>
    public static readonly TimeSpan Last = TimeSpan.FromHours(24);

    /// <summary>Old previews are deleted no sooner than they need to be.</summary>
    /// <remarks>Unit: time between two looks. Set by hand, not measured by itself.</remarks>
    public static readonly TimeSpan CleanupPause = TimeSpan.FromHours(1);

    /// <summary>Where nobody is on call the team's members come instead, but not a whole department.</summary>
    /// <remarks>Unit: people. Set by hand, not measured by itself.</remarks>
    public const int MostMembers = 5;

    /// <summary>Why somebody is invited; more are a list.</summary>
    /// <remarks>Unit: reasons. Set by hand, not measured by itself.</remarks>
    public const int MostReasons = 4;

    /// <summary>Leaves room for "-12" where the name is taken: the strictest room takes 80.</summary>
    /// <remarks>Unit: characters. Set by that limit.</remarks>
    public const int LongestRoomName = 76;
}

/// <summary>What is still to be done outside.</summary>
internal static class OutboxThresholds
{
    /// <summary>Longer than any call outside may take (its own limit is 20 s), so that a living worker is never overtaken.</summary>
    /// <remarks>Unit: time. Set by that limit; <c>OutboxTests</c> lets it run out.</remarks>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(45);

    /// <summary>Longer than a question with a slow model takes; the dead of this machine are found at once.</summary>
    /// <remarks>Unit: time. Set by hand, not measured by itself.</remarks>
    public static readonly TimeSpan DeliveryLease = TimeSpan.FromMinutes(5);

    /// <summary>With pauses that double, two minutes of trouble are outlasted; then a person is told.</summary>
    /// <remarks>Unit: tries. Set by hand, not measured by itself.</remarks>
    public const int MostAttempts = 8;

    /// <summary>People are waiting for it.</summary>
    /// <remarks>Unit: time between two tries. Set by hand, not measured by itself.</remarks>
    public static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(2);

    /// <summary>What another process left is found within this.</summary>
    /// <remarks>Unit: time between two looks. Set by hand, not measured by itself.</remarks>
    public static readonly TimeSpan WorkerPause = TimeSpan.FromSeconds(1);

    /// <summary>Rooms of the same cause that a new one leads to.</summary>
    /// <remarks>Unit: rooms. Set by hand, not measured by itself.</remarks>
    public const int MostEarlier = 3;

    /// <summary>A thread that nobody wrote in for so long begins anew.</summary>
    /// <remarks>Unit: time. Set by hand, not measured by itself.</remarks>
    public static readonly TimeSpan ThreadsKept = TimeSpan.FromDays(90);

    /// <summary>What the strictest known service takes in one call; documentation disagrees between 100 and 1000.</summary>
    /// <remarks>Unit: people. Set by that limit.</remarks>
    public const int GuestsAtOnce = 100;

    /// <summary>Subject lines and purposes are cut here by the strictest known service.</summary>
    /// <remarks>Unit: characters. Set by that limit.</remarks>
    public const int LongestLine = 250;
}

/// <summary>Pages that wake people.</summary>
internal static class PageThresholds
{
    /// <summary>What PagerDuty takes.</summary>
    /// <remarks>Unit: characters. Set by its documentation.</remarks>
    public const int LongestSummary = 1024;

    /// <summary>More are not read at night.</summary>
    /// <remarks>Unit: services. Set by hand, not measured by itself.</remarks>
    public const int MostServices = 20;

    /// <summary>What the documentation asks for where it does not say how long to wait.</summary>
    /// <remarks>Unit: time. Set by its documentation.</remarks>
    public static readonly TimeSpan UsualPause = TimeSpan.FromSeconds(60);
}

/// <summary>New investigations in the room of an incident.</summary>
internal static class NewsThresholds
{
    /// <summary>People in a room are at work; more would be noise.</summary>
    /// <remarks>Unit: time between two posts. Set by hand; <c>IncidentHistoryTests.New_findings_come_into_the_room_once_and_seldom</c>
    /// shows the case.</remarks>
    public static readonly TimeSpan BetweenPosts = TimeSpan.FromMinutes(5);

    /// <summary>The watch finds something new once a minute at most.</summary>
    /// <remarks>Unit: time between two looks. Set by hand, not measured by itself.</remarks>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    /// <summary>One post names so many.</summary>
    /// <remarks>Unit: investigations. Set by hand, not measured by itself.</remarks>
    public const int MostAtOnce = 8;
}

/// <summary>When a room is asked for the next word.</summary>
internal static class ReminderThresholds
{
    /// <summary>What the guide promises.</summary>
    /// <remarks>Unit: time between two words. Set by the guide's text.</remarks>
    public static readonly TimeSpan Between = TimeSpan.FromMinutes(30);

    /// <summary>What was opened so long ago is not asked about any more.</summary>
    /// <remarks>Unit: time since it was opened. Set by hand, not measured by itself.</remarks>
    public static readonly TimeSpan Until = TimeSpan.FromHours(4);

    /// <summary>More would be noise in a room that works.</summary>
    /// <remarks>Unit: reminders of one incident. Set by hand; <c>IncidentRemindersTests</c> shows the case.</remarks>
    public const int Most = 4;
}

/// <summary>What people write into a timeline.</summary>
internal static class RecordThresholds
{
    /// <summary>A few paragraphs on what fixed it.</summary>
    /// <remarks>Unit: characters. Set by hand, not measured by itself.</remarks>
    public const int LongestFix = 2000;

    /// <summary>As much of a step as tells which one it was.</summary>
    /// <remarks>Unit: characters. Set by hand, not measured by itself.</remarks>
    public const int LongestStep = 160;
}

/// <summary>Whether a service is well again.</summary>
internal static class RecoveryThresholds
{
    /// <summary>So many are checked, the worst first.</summary>
    /// <remarks>Unit: services. Set by hand, not measured by itself.</remarks>
    public const int MostServices = 8;

    /// <summary>What is measured at most: the last ones, because one good minute may be chance.</summary>
    /// <remarks>Unit: min. Set by hand; <c>RecoveryReaderTests</c> shows the cases.</remarks>
    public const int Minutes = 5;

    /// <summary>So much of the time before the onset is drawn, to compare with.</summary>
    /// <remarks>Unit: min. Set by hand, not measured by itself.</remarks>
    public const int MinutesBefore = 10;

    /// <summary>Longer ago than this is not drawn.</summary>
    /// <remarks>Unit: min. Set by hand, not measured by itself.</remarks>
    public const int MinutesShown = 240;
}

/// <summary>How much an incident is like one before. What two can share adds up to about 1.</summary>
internal static class SimilarityThresholds
{
    /// <summary>The same cause says most.</summary>
    /// <remarks>Unit: of likeness. Set by hand;
    /// <c>IncidentHistoryTests.Past_incidents_that_look_alike_are_named_with_what_they_share</c> shows the case.</remarks>
    public const double SameCause = 0.4;

    /// <summary>The same operation of it.</summary>
    /// <remarks>Unit: of likeness. Set by hand;
    /// <c>IncidentHistoryTests.Past_incidents_that_look_alike_are_named_with_what_they_share</c> shows the case.</remarks>
    public const double SameOperation = 0.15;

    /// <summary>The same kind of trouble.</summary>
    /// <remarks>Unit: of likeness. Set by hand;
    /// <c>IncidentHistoryTests.Past_incidents_that_look_alike_are_named_with_what_they_share</c> shows the case.</remarks>
    public const double SameKind = 0.15;

    /// <summary>After the same kind of change.</summary>
    /// <remarks>Unit: of likeness. Set by hand;
    /// <c>IncidentHistoryTests.Past_incidents_that_look_alike_are_named_with_what_they_share</c> shows the case.</remarks>
    public const double SameChange = 0.1;

    /// <summary>The services affected.</summary>
    /// <remarks>Unit: of likeness, times the share of services in common. Set by hand;
    /// <c>IncidentHistoryTests.Past_incidents_that_look_alike_are_named_with_what_they_share</c> shows the case.</remarks>
    public const double SameServices = 0.3;

    /// <summary>Less is told of nobody: the same kind and the same change alone are none.</summary>
    /// <remarks>Unit: likeness. Set by hand; <c>IncidentHistoryTests.Past_incidents_that_look_alike_are_named_with_what_they_share</c>
    /// shows the case.</remarks>
    public const double Least = 0.35;

    /// <summary>The latest; older ones ran on other code.</summary>
    /// <remarks>Unit: incidents. Set by hand, not measured by itself.</remarks>
    public const int MostCompared = 2000;

    /// <summary>Further down the list nobody reads.</summary>
    /// <remarks>Unit: incidents. Set by hand, not measured by itself.</remarks>
    public const int MostTold = 5;

    /// <summary>Bounds what a page of figures reads.</summary>
    /// <remarks>Unit: changes. Set by hand, not measured by itself.</remarks>
    public const int MostChanges = 100_000;

    /// <summary>The latest, on the page that lists them.</summary>
    /// <remarks>Unit: incidents. Set by hand, not measured by itself.</remarks>
    public const int MostListed = 500;
}

/// <summary>Which runbook fits: full-text ranking (BM25) with fields, and what it is about.</summary>
internal static class RunbookThresholds
{
    /// <summary>From about so many on another mention says little.</summary>
    /// <remarks>Unit: mentions. Set by hand; <c>RunbookIndexTests.Finds_the_runbook_that_people_mean</c> holds the whole.</remarks>
    public const double Saturation = 3;

    /// <summary>How much a long field is discounted for its length: 0 not, 1 in full.</summary>
    /// <remarks>Unit: share. Set by hand; <c>RunbookIndexTests.Finds_the_runbook_that_people_mean</c> holds the whole.</remarks>
    public const double LengthWeight = 0.5;

    /// <summary>Of title, symptoms, when it applies, and the rest.</summary>
    /// <remarks>Unit: times a mention. Set by hand; <c>RunbookIndexTests.Finds_the_runbook_that_people_mean</c> holds the
    /// whole.</remarks>
    public static readonly double[] FieldWeights = [3, 2, 1, 0.5];

    /// <summary>A word that means much the same is worth less.</summary>
    /// <remarks>Unit: of the word itself. Set by hand; <c>RunbookIndexTests.Finds_the_runbook_that_people_mean</c> holds the
    /// whole.</remarks>
    public const double Related = 0.6;

    /// <summary>What BM25 adds to counts, so that a word that all or none have is a number.</summary>
    /// <remarks>Unit: runbooks. Set by the formula (BM25).</remarks>
    public const double Unseen = 0.5;

    /// <summary>It is about the cause,</summary>
    /// <remarks>Unit: points. Set by hand; <c>ProposalMakerTests.Every_fault_brings_its_owners_and_its_runbook</c> holds the
    /// whole.</remarks>
    public const double AboutOneOfAll = 2.0;

    /// <summary>and a little more where it names it first.</summary>
    /// <remarks>Unit: points. Set by hand; <c>ProposalMakerTests.Every_fault_brings_its_owners_and_its_runbook</c> holds the
    /// whole.</remarks>
    public const double AboutFirst = 2.5;

    /// <summary>It is about where the trouble shows.</summary>
    /// <remarks>Unit: points. Set by hand; <c>ProposalMakerTests.Every_fault_brings_its_owners_and_its_runbook</c> holds the
    /// whole.</remarks>
    public const double AboutWhereSeen = 1.5;

    /// <summary>Its title names the cause.</summary>
    /// <remarks>Unit: points. Set by hand; <c>ProposalMakerTests.Every_fault_brings_its_owners_and_its_runbook</c> holds the
    /// whole.</remarks>
    public const double Titled = 1.5;

    /// <summary>So many words of the kind of trouble are worth a point together; more add nothing.</summary>
    /// <remarks>Unit: words. Set by hand; <c>ProposalMakerTests.Every_fault_brings_its_owners_and_its_runbook</c> holds the
    /// whole.</remarks>
    public const int MostKindHits = 3;

    /// <summary>What the likest text is worth.</summary>
    /// <remarks>Unit: points. Set by hand; <c>ProposalMakerTests.Every_fault_brings_its_owners_and_its_runbook</c> holds the
    /// whole.</remarks>
    public const double Likeness = 1.5;

    /// <summary>What the cause is compared by; further ones are rare.</summary>
    /// <remarks>Unit: error messages. Set by hand, not measured by itself.</remarks>
    public const int MostErrorTexts = 5;

    /// <summary>A stem of no more keeps its doubled letter.</summary>
    /// <remarks>Unit: letters. Set by hand; <c>RunbookIndexTests.Finds_the_runbook_that_people_mean</c> holds the whole.</remarks>
    public const int ShortestDoubled = 3;
}

/// <summary>How much a guide tells.</summary>
internal static class GuideThresholds
{
    /// <summary>Where at least half are a place's, taking it out is a first step.</summary>
    /// <remarks>Unit: share of the bad requests. Set by hand, not measured by itself.</remarks>
    public const double LeastSetApart = 0.5;

    /// <summary>More are counted.</summary>
    /// <remarks>Unit: services. Set by hand, not measured by itself.</remarks>
    public const int MostAffected = 8;

    /// <summary>As many as people open.</summary>
    /// <remarks>Unit: traces. Set by hand, not measured by itself.</remarks>
    public const int MostTraces = 5;

    /// <summary>Further down nobody reads.</summary>
    /// <remarks>Unit: suspects. Set by hand, not measured by itself.</remarks>
    public const int MostSuspects = 3;

    /// <summary>The strongest.</summary>
    /// <remarks>Unit: claims. Set by hand, not measured by itself.</remarks>
    public const int MostEvidence = 6;

    /// <summary>The commonest.</summary>
    /// <remarks>Unit: error messages. Set by hand, not measured by itself.</remarks>
    public const int MostErrorTexts = 3;

    /// <summary>The rest is in the runbook.</summary>
    /// <remarks>Unit: steps of a runbook. Set by hand, not measured by itself.</remarks>
    public const int MostSteps = 10;

    /// <summary>A sentence for others names so many.</summary>
    /// <remarks>Unit: services. Set by hand, not measured by itself.</remarks>
    public const int MostInUpdate = 5;
}
