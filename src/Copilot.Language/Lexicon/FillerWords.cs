namespace Copilot.Language.Lexicon;

/// <summary>Words that carry no meaning of their own here (filler), and words of everyday language that are no names (ordinary).</summary>
internal static class FillerWords
{
    private const string FillerText = """
        a an the of for in on at to from by with within into onto through thru via and or but nor so as than if then else please pls plz kindly thanks thank thx ty cheers
        hi hello hey dear greetings morning evening moin hallo servus team folks guys all y'all everyone sorry excuse bother can could would should shall will may might must do does did done doing
        be is are was were been being am have has had having i me my we us our you your he she they them his her ours tell know say see look looking looks want wanted need needed like liked help
        just now quick quickly ok okay yes no not yeah yep nope hmm um uh well actually really very much many lot lots too also again still ever yet already right left maybe perhaps possibly
        there here this that these those which what who whom whose when where why how it its itself between during over about around during while since until till
        some any one ones thing things stuff got get gets getting give gives gave make makes made take takes took put let lets go goes going went come comes came seem seems seemed appear appears
        total totals value values figure figures number numbers amount data info information detail details stats statistics metric metrics measurement result results answer question
        current currently recent recently time times period window interval timeframe range moment minute minutes hour hours second seconds day days utc clock o'clock
        advance copilot bot assistant friend bitte danke vielen dank mal doch der die das den dem des ein eine einen einem einer und oder aber für von vom zu zum zur mit im ins in auf an am bei aus nach über unter
        ist sind war waren wird werden wurde wurden hat haben hatte hatten kann können könnte könntest kannst du ihr sie wir ich mir uns mich es man nicht auch noch schon denn so wie was ob seit bis
        bekommen sehen sagen zeigen gerade jetzt eben etwa circa ca gern gerne zwischen innerhalb während alle alles service services svc team's there's kind kindness so-called specifically exactly basically
        only even both each every per such same other another more most less few several anything something nothing everything anybody somebody someone anyone nobody people users user customers customer clients
        happen happened happens happening occur occurred occurs occurring see seen saw notice noticed noticing observe observed experience experienced experiencing reporting reported report reports
        level side end part parts place case cases bit little big small whole entire full complete across along throughout among regarding concerning respect terms related particular respectively
        high low too pagerduty pager duty opsgenie firing hoch hatte hatten gab rank ranked order sort sorted hereby asap urgent urgently fyi btw imo afaik wdyt lol wtf omg ugh damn hell bloody heck dude mate man bro hm oh ah eh huh argh
        respective happening's let's i'm i'd i've i'll we're we've you're they're there're would've should've could've im ive id id'like
        there'd that'd find found check checked checking exact precise precisely absolute ms msec milliseconds given during based using contain
        """;

    private const string OrdinaryText = """
        able above access account across act add after afternoon age ago agree air also although always animal another area ask bad base because become before begin began begun begins behind believe best better beyond
        body book both bring brings brought build business buy call care carry cause center certain chance change child city class clear close cold color come common company complete confirm confirmation consider contain continue cost costs
        country course cover create cut dark deal decide deep delivery develop different dinner direct door down draw drive drop early east easy eat eight either employee employees empty enough environment escalated even event ever every example expect eye face fact
        fall family far fast father feel feet few field fill final find fine finish finished fire first five floor fly follow food foot force form forward four free friend front gather general girl glad gold
        good great green ground group grow guess guest half hand happy hard head hear heard heart heat heavy held high hold home hope hot house however hundred idea inch include instead interest island job join keep kept kind king knew
        know land language large last late laugh lay lead learn least leave left length less letter life light line list listen live load loading long look love low machine mail mails main man manager map mark market mean measure meet mind minute miss
        money month moon more morning mother mountain move much music must name near need never new next night north note nothing notice now number object off office often old once only open opened order other out own paper part pass past pattern pay
        paying person picture piece place plain plan plane play please point possible power press probably problem produce product provide pull purchase purchases push put question quick quite race rain reach read ready real reason record red remember
        resolved rest rich ride right river road rock room round rule run running said sail saw say school science sea second seconds seem seen sentence serve set seven several shape ship short should show side simple since sing sit six size sleep slow small
        snow song soon sort sound south special spell stand star start started starting state stay step still stood stop story street strong study such sun sure surface table take talk tell ten test thank their these they think thought thousand three
        through till time today together told tomorrow took top toward town travel tree true try turn two under understand unit until usual vendor voice vowel wait waiting walk want war warm watch water wave way week weight west wheel white whole why wide
        wife wind wood word work works working world wrong year yellow yesterday young morning support lots getting somebody tell bother page pages right loading purchase since others customer switzerland germany france europe
        switch image browser website site shop store mobile phone desktop complaint complaints started starting noticed ticket manager boss ceo lead colleague colleagues developer developers dev devs ops oncall engineer engineers user's
        confirm verify analyse analyze dashboard dashboards grafana datadog kibana prometheus jaeger tempo monitoring monitor alert pagerduty slack thread threads tool tools feature features function functions code
        bekam bekamen erhielt erhielten respond responds responded responding reply replies replied baseline friends instead sometimes eingegangen eingehend passiert passieren anyway thing currently overall throughout meanwhile yesterday
        broken reason severity critical major minor priority firing resolved annotation annotations label labels summary description runbook value threshold exceeded instance
        """;

    private static readonly HashSet<string> Fillers = Words(FillerText);
    private static readonly HashSet<string> Ordinary = Words(OrdinaryText);

    /// <summary>Plain filler: not worth naming among the words that changed nothing.</summary>
    public static bool IsFiller(string lower) => Fillers.Contains(lower);

    /// <summary>A word of everyday language; it is no mistyped name.</summary>
    public static bool IsOrdinary(string lower) => Fillers.Contains(lower) || Ordinary.Contains(lower);

    private static HashSet<string> Words(string text) =>
        new(text.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), StringComparer.Ordinal);
}

/// <summary>Verbs that order something to be done.</summary>
internal static class ActionWords
{
    private const string ActionText = """
        restart reboot redeploy delete drop remove truncate purge wipe kill stop terminate shutdown scale resize revert enable disable fix patch merge commit execute exec apply
        create close acknowledge ack resolve silence mute snooze notify email send invite assign modify increase decrease lower reset clear flush block ban drain cordon evict failover
        insert grant revoke install uninstall upgrade downgrade configure pause resume trigger rerun retry buy book erase destroy shut turn switch add make forget publish grep curl ssh
        neustarten lösche skaliere stoppe starte entferne reload bounce hotfix autoscale spin provision deprovision approve reject sign upload download summarize migrate rename move copy archive refund rotate quarantine throttle
        """;

    // Verbs that are nouns too, or that ask as well as they order: only with an object behind them.
    private const string DoubtfulText =
        "deploy release rollback change page call run start set post update open edit raise roll ship flip toggle flag push order alert ping escalate wake write generate put cut undo cancel";

    private static readonly HashSet<string> Actions = [.. ActionText.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)];
    private static readonly HashSet<string> Doubtful = [.. DoubtfulText.Split(' ')];

    /// <summary>Orders something wherever a clause begins with it.</summary>
    public static bool IsAction(string lower) => Actions.Contains(lower);

    /// <summary>Orders something only with an object behind it.</summary>
    public static bool IsDoubtful(string lower) => Doubtful.Contains(lower);
}
