using System.Text.RegularExpressions;

namespace Copilot.Models.Checking;

/// <summary>
/// Sentences that say that all is well, that it is over or that nobody needs to act. They are claims like any figure: shown only where the
/// health or the failures of what they speak of show it.
/// </summary>
internal static partial class AllClears
{
    /// <summary>Null where the sentence says no such thing; otherwise whether the figures show it, and whether they say
    /// otherwise.</summary>
    /// <param name="subject">Services that the sentence names, or that the one before it named.</param>
    public static (bool IsShown, bool IsContradicted)? Verdict(string sentence, IReadOnlyList<string> subject, Facts facts)
    {
        if (!Said.IsMatch(Denied().Replace(sentence, " ")))
            return null;
        var isShown =
            subject.Count > 0
                ? subject.All(service => IsWell(service, facts))
                : (facts.KnowsEveryService && facts.Health.All(row => row.IsWell))
                    || (
                        facts.Failures.Any()
                        && facts.Failures.All(fact => fact.Value <= CheckingThresholds.Nothing)
                        && facts.Troubled.Count == 0
                    );
        isShown |= facts.HasNothing && facts.Troubled.Count == 0 && NoErrors().IsMatch(sentence);
        var isContradicted =
            !isShown
            && (subject.Count == 0 ? facts.Troubled.Count > 0 : facts.Troubled.Intersect(subject, StringComparer.OrdinalIgnoreCase).Any());
        return (isShown, isContradicted);
    }

    /// <summary>Whether "0 %" or "none failed" is shown of the services spoken of; null where no result counts failures.</summary>
    public static bool? ShowsNone(IReadOnlyList<string> subject, Facts facts)
    {
        var all = facts.Failures.ToList();
        if (all.Count == 0)
            return null;
        if (subject.Count == 0)
            return all.All(fact => fact.Value <= CheckingThresholds.Nothing);
        return all.Any(fact =>
            fact.Value <= CheckingThresholds.Nothing && fact.Services.Intersect(subject, StringComparer.OrdinalIgnoreCase).Any()
        );
    }

    /// <summary>The sentence speaks of what was before.</summary>
    public static bool IsOfBefore(string sentence) => Before().IsMatch(sentence);

    // What was measured last counts: an incident that is over was bad before.
    private static bool IsWell(string service, Facts facts)
    {
        var rows = facts.Health.Where(row => string.Equals(row.Service, service, StringComparison.OrdinalIgnoreCase)).ToList();
        if (rows.Count > 0)
            return rows[^1].IsWell;
        return facts.Failures.LastOrDefault(fact => fact.Services.Contains(service, StringComparer.OrdinalIgnoreCase)) is { } last
            && last.Value <= CheckingThresholds.Nothing;
    }

    // Interpreted, as the claims are.
    private static readonly Regex Said = new(
        """
        \b(?:healthy|recovered|recovers|resolved|remediated|mitigated|back\ to\ (?:normal|baseline)|normal\ again|works?\ again
          |under\ control|stand(?:ing)?\ down|in\ good\ shape|(?:has|have)\ (?:cleared|calmed|ended|passed|subsided)
          |(?:all|everything)(?:\ (?:systems?|services?|is|are|looks?|seems?|runs?|works?|still))*\ (?:good|well|fine|clear
          |ok(?:ay)?|green|normal(?:ly)?|nominal|operational|quiet|up)
          |(?<!root\ (?:span\ )?)(?:is|are|looks?|runs?|running|works?|working|stays?|remains?)\ (?:now\ |all\ |again\ )?(?:fine
          |ok(?:ay)?|stable|normal(?:ly)?|nominal|operational|well|green|clean|safe|fixed)
          |(?:is|are)\ over(?=\s*[.,;!]|\s*$)|no\ (?:\w+\ )?(?:action|intervention|problems?|issues?|incidents?|outages?|errors?
          |failures?|impact|cause\ for\ concern|need|harm)|no\ ?one\ needs|nobody\ (?:needs|has|must|should)
          |nothing\ (?:is\ (?:wrong|broken)|to\ (?:worry|do|fix|see)|fail\w*|needs)|false\ (?:alarm|positive)|safe\ to\ ignore
          |(?:can|may|should)\ (?:safely\ )?be\ (?:ignored|closed|dismissed)|(?:you|we)\ can\ (?:ignore|close|sleep|relax)
          |go\ back\ to\ (?:bed|sleep)|without\ (?:any\ )?(?:errors?|problems?|failures?|issues?)|error-free
          |no\ longer\ (?:fail\w*|slow|affected|broken)|(?:stopped|ceased)\ failing|zero\ (?:errors?|failures?)
          |gesund|erholt|behoben|gelöst|entwarnung|fehlalarm|wieder\ normal|normalisiert|in\ ordnung|alles\ (?:\w+\ )?(?:gut
          |normal|grün|bestens|okay|ok|ruhig)|kein(?:e|en|er|erlei)?\ (?:handlungsbedarf|fehler|probleme?|störung\w*|ausfäll\w*
          |ausfall|grund\ zur)
          |niemand\ (?:muss|braucht)|stabil|fehlerfrei|einwandfrei|funktionier\w*\ wieder|läuft\ wieder|nichts\ zu\ tun
          |ohne\ (?:fehler|probleme?)
          |saine?s?|rétabli\w*|résolue?s?|à\ la\ normale|tout\ (?:va\ bien|est\ (?:normal|bon|rentré|en\ ordre|ok))
          |aucune?\ (?:erreurs?|problèmes?|action|pannes?|échecs?|incidents?|intervention)|personne\ n['’]|rien\ à\ (?:faire
          |signaler)|fausse\ alerte
          |fonctionne\w*\ (?:bien|normalement|à\ nouveau)|sans\ (?:erreurs?|problèmes?|échecs?)|stables?
          |san[oa]s?|recuperad[oa]s?|recuperó|resuelt[oa]s?|a\ la\ normalidad|con\ normalidad|todo\ (?:va\ |está\ |es\ )?(?:bien
          |en\ orden|normal|ok)|ningún\ (?:errore?s?|problemas?|fallos?)|ninguna\ (?:acción|incidencia)|sin\ (?:errores
          |problemas|fallos|incidencias)
          |no\ hay\ (?:errores|problemas|fallos|nada)|nadie\ (?:tiene|debe|necesita)|falsa\ alarma|funciona\w*\ (?:bien
          |de\ nuevo)|nada\ que\ hacer|estables?
          |ripristinat\w*|risolt\w*|tutto\ (?:bene|ok|a\ posto)|resolvid\w*|tudo\ (?:bem|certo)|hersteld|opgelost|gezond)\b
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.IgnoreCase,
        TimeSpan.FromMilliseconds(PatternThresholds.OfAnswer)
    );

    // "has not recovered", "ist nicht behoben".
    [GeneratedRegex(
        @"\b(?:not|never|n['’]t|isn['’]t|aren['’]t|hasn['’]t|nicht|noch nicht|pas|no está\w*|no se ha\w*"
            + @"|no (?=longer (?:healthy|stable|fine|well)))\b(?:\s+(?:yet|been|fully|encore|aún))*\s+\w+(?: \w+)?",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfAnswer
    )]
    private static partial Regex Denied();

    [GeneratedRegex(
        @"\b(?:no|nothing|without|zero|kein\w*|ohne|aucune?|sans|ningún|ninguna|sin|no hay)\b",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfAnswer
    )]
    private static partial Regex NoErrors();

    [GeneratedRegex(
        @"\b(?:before|earlier|previous(?:ly)?|baseline|from|rose|vorher|zuvor|davor|von|avant|auparavant|antes|desde)\b",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfAnswer
    )]
    private static partial Regex Before();
}

/// <summary>How one service does, by its own requests.</summary>
internal sealed record HealthRow(string Service, bool IsClearlyWorse, double ErrorRate)
{
    public bool IsWell => !IsClearlyWorse && ErrorRate <= CheckingThresholds.WellErrors;
}

/// <summary>How a piece of a sentence stands against the results.</summary>
internal enum Standing
{
    /// <summary>It claims nothing.</summary>
    Plain,

    /// <summary>A result shows it, or it is told as somebody's words.</summary>
    Shown,

    /// <summary>A stranger's value that is not told as one: it is marked as what it is.</summary>
    Quoted,

    /// <summary>No result shows it.</summary>
    Struck,
}
