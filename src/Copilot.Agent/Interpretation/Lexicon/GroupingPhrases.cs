namespace Copilot.Agent.Interpretation.Lexicon;

/// <summary>Words for grouping, comparing, and looking at the whole.</summary>
internal static class GroupingPhrases
{
    public const string Text = """
        InCommon: in common | have in common | common | share in common | do they share | have shared | gemeinsam | commonality | commonalities | common denominator | correlate | correlates | correlated with | correlation | common factor | pattern | linked to | concentrated | concentrate | concentrated on | cluster | clustered | skewed
        Differ: sets apart | set apart | sets them apart | apart from | apart | different about | different | differs | differ | distinguish | distinguishes | distinguished | difference between good and bad | special about | what is special | specific to | limited to | restricted to | confined to | unterscheidet | unterscheiden | isolated to | only affecting | distinct | stand out | stands out | characterizes | characterises | characterize
        BreakDown: break down | breakdown | broken down | break-down | split by | split | splits | group by | grouped by | group | distribution | distribution of | distributed | aufgeschlüsselt | aufschlüsseln | aufgeteilt | verteilung | slice by | sliced by | facet | pivot | segment by | segmented by | aggregate by
        By: by | per | for each | pro | je | nach
        Compare: compare | compared to | compared with | comparing | comparison | comparison of | vs | vs. | versus | against | relative to | vergleich | vergleiche | verglichen mit | im vergleich zu | gegenüber | gegen | difference between | difference in | difference | how does it differ | contrast | v.s. | delta between | delta | before and after
        Than: than | als
        OneOf: a single | single | one bad | one particular | one specific | just one | only one | a particular | a specific | ein einzelner | einzelne
        OverTime: over time | trend | trends | trending | graph | chart | plot | timeline | time line | time series | timeseries | history of | per minute | each minute | minute by minute | every minute | verlauf | zeitverlauf | develop | developed | evolve | evolved | evolution | curve | histogram over time | sparkline | pro minute | by minute | per second over time | progression | when did | since when | seit wann | when does | wann
        Overview: what is going wrong | what goes wrong | what has gone wrong | is anything going wrong | going wrong | what is going on | what is wrong | what is happening | what is up | what is broken | what is failing | anything broken | anything wrong | something wrong | anything failing | everything ok | everything okay | everything fine | everything alright | all good | status | health | healthy | health check | overview | state of | summary | situation | sitrep | status report | are we ok | are we healthy | are we down | is anything | any problems | any issues | any incidents | any alerts | was ist los | was läuft schief | alles ok | alles in ordnung | überblick | lage | what burns | what is on fire | on fire | what the hell is going on | what s going on | what should i look at | how are we doing | how are things | how is everything | what do i need to know | what is down | anything i should worry about | going on
        Earlier: earlier | the hour before | the day before | before that | prior to that | just before | right before | shortly before | immediately before | previously | the time before | one before | the window before | davor | kurz davor | kurz zuvor | früher | vorher | previous window | the period before | preceding
        Later: later | after that | right after | afterwards | just after | shortly after | thereafter | danach | später | the window after | following window
        """;
}
