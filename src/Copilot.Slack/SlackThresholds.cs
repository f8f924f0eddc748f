namespace Copilot.Slack;

/// <summary>What Slack takes: more is refused, or worse, cut without a word.</summary>
internal static class SlackLimits
{
    /// <summary>The text of a header block.</summary>
    /// <remarks>Unit: characters. Set by Slack's documentation.</remarks>
    public const int Header = 150;

    /// <summary>The text of a button, a check box and its description.</summary>
    /// <remarks>Unit: characters. Set by Slack's documentation.</remarks>
    public const int Button = 75;

    /// <summary>The value of a button, and the text of a context block.</summary>
    /// <remarks>Unit: characters. Set by Slack's documentation.</remarks>
    public const int Value = 2000;

    /// <summary>A section's text.</summary>
    /// <remarks>Unit: characters. Set by Slack's documentation.</remarks>
    public const int Section = 3000;

    /// <summary>Of the 50 blocks of a message, those that are sections; the others are headers, buttons and lines between.</summary>
    /// <remarks>Unit: blocks. Set by Slack's documentation, less five.</remarks>
    public const int Sections = 45;

    /// <summary>A total over all blocks is not documented; about 13,200 characters were refused.</summary>
    /// <remarks>Unit: characters. Set by trying it out, less a third.</remarks>
    public const int Message = 9000;

    /// <summary>A line that is cut leaves room in its section for what closes a code block.</summary>
    /// <remarks>Unit: characters. Set by the section's limit, less a sixth.</remarks>
    public const int Line = 2500;

    /// <summary>An ampersand is written in five characters; where much is escaped a line is cut so much sooner.</summary>
    /// <remarks>Unit: times. Set by how Slack's mark-up is escaped.</remarks>
    public const int EscapedTimes = 5;

    /// <summary>Blocks hold texts no deeper than this.</summary>
    /// <remarks>Unit: levels. Set by Slack's documentation, with room for more.</remarks>
    public const int BlockDepth = 8;

    /// <summary>The title and the buttons of a dialog.</summary>
    /// <remarks>Unit: characters. Set by Slack's documentation.</remarks>
    public const int ModalTitle = 24;

    /// <summary>Check boxes come in groups.</summary>
    /// <remarks>Unit: boxes. Set by Slack's documentation.</remarks>
    public const int CheckBoxes = 10;

    /// <summary>The topic of a channel.</summary>
    /// <remarks>Unit: characters. Set by Slack's documentation.</remarks>
    public const int Topic = 250;

    /// <summary>People of one invitation; the documentation says 1,000 in one place and 100 in another.</summary>
    /// <remarks>Unit: people. Set by Slack's documentation.</remarks>
    public const int Invited = 100;

    /// <summary>How long answers through a response_url are taken.</summary>
    /// <remarks>Unit: time since the command. Set by Slack's documentation.</remarks>
    public static readonly TimeSpan Answerable = TimeSpan.FromMinutes(30);

    /// <summary>How old a signed request may be, so that nobody sends it once more.</summary>
    /// <remarks>Unit: time since it was signed. Set by Slack's documentation.</remarks>
    public static readonly TimeSpan Signature = TimeSpan.FromMinutes(5);

    /// <summary>A status may be said about once a second; other conversations say theirs too.</summary>
    /// <remarks>Unit: time between updates. Set by hand, not measured by itself.</remarks>
    public static readonly TimeSpan BetweenUpdates = TimeSpan.FromSeconds(3);

    /// <summary>Where it asks for a pause and does not say how long.</summary>
    /// <remarks>Unit: time. Set by hand, not measured by itself.</remarks>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(30);
}

/// <summary>How long and how often a call, a delivery or a connection is tried.</summary>
internal static class SlackPatience
{
    /// <summary>Shorter than the outbox's lease, so that a call always ends before another worker may take the step.</summary>
    /// <remarks>Unit: time of a call. Set by hand, not measured by itself.</remarks>
    public static readonly TimeSpan Call = TimeSpan.FromSeconds(20);

    /// <summary>Pauses before the socket is opened again grow until this.</summary>
    /// <remarks>Unit: time. Set by hand, not measured by itself.</remarks>
    public static readonly TimeSpan Reconnect = TimeSpan.FromSeconds(60);

    /// <summary>A larger frame is none of Slack's.</summary>
    /// <remarks>Unit: bytes. Set by hand, not measured by itself.</remarks>
    public const int Frame = 4 * 1024 * 1024;

    /// <summary>What is read of a frame at once.</summary>
    /// <remarks>Unit: bytes. Set by hand, not measured by itself.</remarks>
    public const int Buffer = 16 * 1024;

    /// <summary>Deliveries that are worked on side by side.</summary>
    /// <remarks>Unit: deliveries. Set by hand, not measured by itself.</remarks>
    public const int AtOnce = 16;

    /// <summary>A delivery that failed so often fails for good.</summary>
    /// <remarks>Unit: tries. Set by hand, not measured by itself.</remarks>
    public const int Attempts = 5;

    /// <summary>What another process left behind, or what waits for its next try, is looked for so often.</summary>
    /// <remarks>Unit: time between looks. Set by hand, not measured by itself.</remarks>
    public static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);

    /// <summary>Whoever waits longer for a private answer is told that it is coming.</summary>
    /// <remarks>Unit: time. Set by hand, not measured by itself.</remarks>
    public static readonly TimeSpan BeforeLooking = TimeSpan.FromSeconds(2);

    /// <summary>Whether a missing scope was given is looked at so often, while something waits for it.</summary>
    /// <remarks>Unit: time between looks. Set by hand, not measured by itself.</remarks>
    public static readonly TimeSpan BetweenScopeLooks = TimeSpan.FromMinutes(1);

    /// <summary>What was so long ago is not brought up to date after a restart any more.</summary>
    /// <remarks>Unit: time. Set by hand, not measured by itself.</remarks>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    /// <summary>Which channels there are is read again after this.</summary>
    /// <remarks>Unit: time. Set by hand, not measured by itself.</remarks>
    public static readonly TimeSpan ChannelsKept = TimeSpan.FromMinutes(10);

    /// <summary>Which channels there are is asked no longer than this.</summary>
    /// <remarks>Unit: time. Set by the outbox's lease, less two calls.</remarks>
    public static readonly TimeSpan ChannelsListed = TimeSpan.FromSeconds(5);

    /// <summary>A dialog opens within three seconds of the click: who is in Slack is asked no longer than this before it.</summary>
    /// <remarks>Unit: time. Set by hand, not measured by itself.</remarks>
    public static readonly TimeSpan BeforeDialog = TimeSpan.FromSeconds(1);

    /// <summary>The clocks of Slack and of this host may differ a little.</summary>
    /// <remarks>Unit: time. Set by hand, not measured by itself.</remarks>
    public static readonly TimeSpan ClockSlack = TimeSpan.FromMinutes(2);
}

/// <summary>How much of something is told in a message: the link leads to the whole.</summary>
internal static class SlackTelling
{
    /// <summary>What is asked in a direct message so long after the one before begins afresh.</summary>
    /// <remarks>Unit: time between two questions. Set by hand, not measured by itself.</remarks>
    public static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    /// <summary>Of an incident's title where several are told in one line.</summary>
    /// <remarks>Unit: characters. Set by hand, not measured by itself.</remarks>
    public const int ShortTitle = 80;

    /// <summary>Of an answer: together they stay below what one message takes.</summary>
    /// <remarks>Unit: sections. Set by <see cref="SlackLimits.Message"/>.</remarks>
    public const int AnswerSections = 3;

    /// <summary>Of an incident's status.</summary>
    /// <remarks>Unit: sections. Set by hand, not measured by itself.</remarks>
    public const int StatusSections = 3;

    /// <summary>Of a guide, in the dialog that proposes an incident.</summary>
    /// <remarks>Unit: sections. Set by hand, not measured by itself.</remarks>
    public const int GuideSections = 40;

    /// <summary>What "done by" and a name add to a step.</summary>
    /// <remarks>Unit: characters. Set by the length that a name is cut to.</remarks>
    public const int DoneBy = 100;

    /// <summary>Of a list.</summary>
    /// <remarks>Unit: rows. Set by hand, not measured by itself.</remarks>
    public const int Rows = 10;

    /// <summary>A trace's id.</summary>
    /// <remarks>Unit: digits. Set by OpenTelemetry.</remarks>
    public const int TraceId = 32;

    /// <summary>Of a trace's id: enough to tell a few apart.</summary>
    /// <remarks>Unit: digits. Set by hand, not measured by itself.</remarks>
    public const int ShortTraceId = 8;

    /// <summary>Of the traces that show a trouble.</summary>
    /// <remarks>Unit: traces. Set by hand, not measured by itself.</remarks>
    public const int Traces = 3;

    /// <summary>Of those who come besides the first.</summary>
    /// <remarks>Unit: people. Set by hand, not measured by itself.</remarks>
    public const int People = 4;

    /// <summary>Of a cause's reason: what a screen holds without scrolling.</summary>
    /// <remarks>Unit: characters. Set by hand, not measured by itself.</remarks>
    public const int Why = 420;

    /// <summary>Questions to go on with.</summary>
    /// <remarks>Unit: buttons. Set by hand, not measured by itself.</remarks>
    public const int Suggestions = 3;

    /// <summary>Points of a course that are drawn as signs; more are put together.</summary>
    /// <remarks>Unit: signs. Set by hand, not measured by itself.</remarks>
    public const int SparklineSigns = 40;

    /// <summary>What is looked at where nobody says: a suggestion that says the same says nothing.</summary>
    /// <remarks>Unit: time. Set by the questions' usual window.</remarks>
    public static readonly TimeSpan Usual = TimeSpan.FromMinutes(15);

    /// <summary>Zones differ by multiples of this.</summary>
    /// <remarks>Unit: min. Set by the zones there are.</remarks>
    public const int ZoneMinutes = 15;

    /// <summary>An alert fires some time after what it is about began.</summary>
    /// <remarks>Unit: time. Set by hand, not measured by itself.</remarks>
    public static readonly TimeSpan BeforeAlert = TimeSpan.FromMinutes(15);

    /// <summary>What ended so short a time ago is about now.</summary>
    /// <remarks>Unit: time. Set by hand, not measured by itself.</remarks>
    public static readonly TimeSpan StillNow = TimeSpan.FromMinutes(1);

    /// <summary>Of a table.</summary>
    /// <remarks>Unit: columns. Set by hand, not measured by itself.</remarks>
    public const int Columns = 8;

    /// <summary>Of a cell.</summary>
    /// <remarks>Unit: characters. Set by hand, not measured by itself.</remarks>
    public const int Cell = 60;

    /// <summary>Of an incident's timeline.</summary>
    /// <remarks>Unit: lines. Set by hand, not measured by itself.</remarks>
    public const int TimelineLines = 40;

    /// <summary>Of an incident's causes.</summary>
    /// <remarks>Unit: causes. Set by hand, not measured by itself.</remarks>
    public const int Causes = 3;

    /// <summary>Of the services that an investigation concerns.</summary>
    /// <remarks>Unit: services. Set by hand, not measured by itself.</remarks>
    public const int Affected = 8;

    /// <summary>Of what is being done now.</summary>
    /// <remarks>Unit: characters. Set by hand, not measured by itself.</remarks>
    public const int Status = 100;

    /// <summary>What a notification shows.</summary>
    /// <remarks>Unit: characters. Set by hand, not measured by itself.</remarks>
    public const int Fallback = 300;

    /// <summary>Of a question; the HTTP interface takes no more.</summary>
    /// <remarks>Unit: characters. Set by hand, not measured by itself.</remarks>
    public const int Question = 2000;

    /// <summary>Names that are tried for a channel until one is free.</summary>
    /// <remarks>Unit: names. Set by hand, not measured by itself.</remarks>
    public const int RoomNames = 20;

    /// <summary>Where a topic is longer than Slack takes once it is escaped.</summary>
    /// <remarks>Unit: characters. Set by hand, not measured by itself.</remarks>
    public const int TopicEnd = 50;

    /// <summary>Suggested investigations are posted no closer to each other.</summary>
    /// <remarks>Unit: time between posts. Set by hand, not measured by itself.</remarks>
    public static readonly TimeSpan BetweenPosts = TimeSpan.FromMinutes(3);

    /// <summary>People whose time zone is remembered.</summary>
    /// <remarks>Unit: people. Set by hand, not measured by itself.</remarks>
    public const int PeopleKept = 5000;
}
