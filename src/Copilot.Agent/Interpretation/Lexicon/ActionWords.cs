namespace Copilot.Agent.Interpretation.Lexicon;

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
    private const string DoubtfulText = "deploy release rollback change page call run start set post update open edit raise roll ship flip toggle flag push order alert ping escalate wake write generate put cut undo cancel";

    private static readonly HashSet<string> Actions = [.. ActionText.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)];
    private static readonly HashSet<string> Doubtful = [.. DoubtfulText.Split(' ')];

    /// <summary>Orders something wherever a clause begins with it.</summary>
    public static bool IsAction(string lower) => Actions.Contains(lower);

    /// <summary>Orders something only with an object behind it.</summary>
    public static bool IsDoubtful(string lower) => Doubtful.Contains(lower);
}
