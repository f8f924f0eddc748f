namespace Copilot.Agent.Interpretation.Lexicon.Phrases;

/// <summary>Words for changes and their kinds.</summary>
internal static class ChangePhrases
{
    public const string Text = """
        Change: change | changes | changed | changing | what is new | what was new | touched | touch | touches | touching | modified | modification | modifications | modify | altered | migration | migrations | migrated | änderung | änderungen | geändert | verändert | anything new | edit | edits | edited | changelog | change log | change events | what happened before | new in | recent changes
        Deploy: deploy | deploys | deployed | deployment | deployments | release | releases | released | rollout | rollouts | roll out | rolled out | shipped | ship to prod | new version | new versions | version bump | version bumps | upgrade | upgraded | upgrades | pushed to prod | pushed | went live | go live | deployt | deployte | ausgerollt | ausgeliefert | deploying | installed | version change | version changes | build | builds
        Rollback: rollback | rollbacks | rolled back | rolled-back | reverted | revert | reverts | backed out | zurückgerollt | roll back | roll-backs | roll-back
        Flag: feature flag | feature flags | flag | flags | flag flip | flag flips | feature flag flip | feature flag flips | feature flag change | feature flag changes | flag change | flag changes | toggle | toggles | toggled | feature toggle | feature toggles | flips | flip | flipped | experiment | experiments | flag toggles | launchdarkly
        Config: config | config change | config changes | configuration | configuration change | configuration changes | configs | configuration updates | config update | config updates | konfiguration | konfigurationsänderung | konfigurationsänderungen | settings | setting change
        Scale: scale | scale up | scale down | scaling | scaled | scale ups | scale downs | autoscaling | scaling event | scaling events | scaled up | scaled down | replica change | replica changes | skaliert
        """;
}
