using System.Text.RegularExpressions;
using Copilot.Models.Facts;

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
    /// <param name="about">Whatever the sentence names besides services: pods, regions, currencies.</param>
    public static (bool IsShown, bool IsContradicted)? Verdict(
        string sentence,
        IReadOnlyList<string> subject,
        IReadOnlyList<AnchorGroup> about,
        FactBook facts
    )
    {
        var said = Denied().Replace(sentence, " ");
        if (!Said.IsMatch(said))
            return null;
        if (IsOver().IsMatch(said) && Lasts(subject, facts) is { } lasts)
            return (!lasts, lasts);
        if (NoErrors().IsMatch(sentence) && Failing(about, sentence, facts) is { } fails)
            return (!fails, fails);
        // "None of the others failed": what the others are no result lists, and their number is judged by itself.
        if (NoErrors().IsMatch(sentence) && Others().IsMatch(sentence) && about.Any(group => group.Class != NameKinds.Service))
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
        // "Without errors" is less than "well": a slow service has none either.
        isShown |= OnlyErrors().IsMatch(said) && ShowsNone(subject, facts) == true;
        var isContradicted =
            !isShown
            && (subject.Count == 0 ? facts.Troubled.Count > 0 : facts.Troubled.Intersect(subject, StringComparer.OrdinalIgnoreCase).Any());
        return (isShown, isContradicted);
    }

    /// <summary>Whether "0 %" or "none failed" is shown of the services spoken of; null where no result counts failures.</summary>
    public static bool? ShowsNone(IReadOnlyList<string> subject, FactBook facts)
    {
        var all = facts.Failures.ToList();
        if (all.Count == 0)
            return null;
        if (subject.Count == 0)
            return all.All(fact => fact.Value <= CheckingThresholds.Nothing);
        var own = all.Where(fact => fact.Entry.Names(NameKinds.Service).Intersect(subject, StringComparer.OrdinalIgnoreCase).Any())
            .ToList();
        return own.Exists(fact => fact.Value <= CheckingThresholds.Nothing);
    }

    // Of pods, regions, values: whether any of those spoken of fails, or any of the others where those are meant; null where no
    // result counts it.
    private static bool? Failing(IReadOnlyList<AnchorGroup> about, string sentence, FactBook facts)
    {
        var values = about.Where(group => group.Class != NameKinds.Service).ToList();
        if (values.Count == 0)
            return null;
        // "The others had none: USD, EUR" names them, "none of the others than CHF" does not.
        var named = facts.Failures.Where(fact => values.Exists(group => group.Of(fact.Entry) == Fit.Yes)).ToList();
        if (named.Count > 0 && named.All(fact => fact.Value <= CheckingThresholds.Nothing))
            return false;
        var others = facts.Failures.Where(fact => values.TrueForAll(group => group.Of(fact.Entry) == Fit.No)).ToList();
        if (Others().IsMatch(sentence) && others.Count > 0)
            return others.Exists(fact => fact.Value > CheckingThresholds.Nothing);
        return named.Count == 0 ? null : true;
    }

    private static bool? Lasts(IReadOnlyList<string> subject, FactBook facts)
    {
        var told = facts
            .Entries.Where(entry =>
                entry.Ongoing is not null
                && (
                    subject.Count == 0
                    || !entry.HasKind(NameKinds.Service)
                    || entry.Names(NameKinds.Service).Intersect(subject, StringComparer.OrdinalIgnoreCase).Any()
                )
            )
            .ToList();
        return told.Count == 0 ? null : told.Exists(entry => entry.Ongoing == true);
    }

    /// <summary>The sentence speaks of what was before.</summary>
    public static bool IsOfBefore(string sentence) => Before().IsMatch(sentence);

    // What was measured last counts: an incident that is over was bad before.
    private static bool IsWell(string service, FactBook facts)
    {
        var rows = facts.Health.Where(row => string.Equals(row.Service, service, StringComparison.OrdinalIgnoreCase)).ToList();
        if (rows.Count > 0)
            return rows[^1].IsWell;
        return facts.Failures.LastOrDefault(fact => fact.Entry.Has(NameKinds.Service, service)) is { } last
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
          |(?:nothing|none|no\ one|not\ a\ single\ (?:one|request)|not\ one(?:\ request)?|no\ requests?)\ (?:has\ |have\ )?fail\w*
          |keine\ (?:einzige\ )?(?:anfragen?\ )?(?:ist\ |sind\ )?fehlge\w*|fehlge\w*\ (?:ist|sind)\ kein\w*
          |keine\ (?:einzige\ )?anfragen?\ schlug\w*
          |aucune?\ (?:requête\ )?n['’]a\ échoué|ningun[ao]?\ (?:petición\ |solicitud\ )?(?:falló|ha\ fallado)
          |none\ of\ (?:them|these|those|it|the\ (?:\w+\ )?\w+)\ (?:failed|fails|has\ (?:an?y?\ )?(?:errors?|failures?
          |error\ spans?)|had\ (?:an?y?\ )?(?:errors?|failures?))
          |no\ longer\ (?:fail\w*|slow|affected|broken)|(?:stopped|ceased)\ failing|zero\ (?:errors?|failures?)
          |vorbei|beendet|gesund|erholt|behoben|gelöst|entwarnung|fehlalarm|wieder\ normal|normalisiert|in\ ordnung|alles\ (?:\w+\ )?(?:gut
          |normal|grün|bestens|okay|ok|ruhig)|kein(?:e|en|er|erlei)?\ (?:handlungsbedarf|fehler|probleme?|störung\w*|ausfäll\w*
          |ausfall|grund\ zur)
          |niemand\ (?:muss|braucht)|stabil|fehlerfrei|einwandfrei|funktionier\w*\ wieder|läuft\ wieder|nichts\ zu\ tun
          |ohne\ (?:fehler|probleme?)
          |terminée?s?|saine?s?|rétabli\w*|résolue?s?|à\ la\ normale|tout\ (?:va\ bien|est\ (?:normal|bon|rentré|en\ ordre|ok))
          |aucune?\ (?:erreurs?|problèmes?|action|pannes?|échecs?|incidents?|intervention)|personne\ n['’]|rien\ à\ (?:faire
          |signaler)|fausse\ alerte
          |fonctionne\w*\ (?:bien|normalement|à\ nouveau)|sans\ (?:erreurs?|problèmes?|échecs?)|stables?
          |terminó|terminad[oa]s?|san[oa]s?|recuperad[oa]s?|recuperó|resuelt[oa]s?|a\ la\ normalidad|con\ normalidad|todo\ (?:va\ 
          |está\ |es\ )?(?:bien
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
        @"\b(?:no|none|nothing|not one|not a single|without|zero|ninguna?|kein\w*|ohne|aucune?|sans|ningún|ninguna|sin|no hay)\b",
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

    [GeneratedRegex(
        @"\b(?:(?:is|are) over|resolved|ended|has (?:cleared|ended|passed)|vorbei|beendet|behoben|termin\w+"
            + @"|résolu\w*|resuelt\w*|recover\w+|back to normal)\b",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfAnswer
    )]
    private static partial Regex IsOver();

    [GeneratedRegex(
        @"\b(?:(?:nothing|none|no one|not one|not a single|no)\b[^.;,]{0,40}\b(?:fail\w*|errors?|error spans?)"
            + @"|kein\w*\b[^.;,]{0,30}\bfehl\w*|fehlge\w* (?:ist|sind) kein\w*|aucune?\b[^.;,]{0,20}\béchou\w*"
            + @"|ningun\w*\b[^.;,]{0,20}\bfall\w*|no (?:\w+ )?(?:errors?|failures?)|without (?:any )?(?:errors?"
            + @"|failures?)|zero (?:errors?|failures?)|error-free|kein\w* fehler|fehlerfrei|ohne fehler"
            + @"|aucune? (?:erreurs?|échecs?)|sans (?:erreurs?|échecs?)|ningún (?:errore?s?|fallos?)|sin (?:errores|fallos))\b",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfAnswer
    )]
    private static partial Regex OnlyErrors();

    [GeneratedRegex(
        @"\b(?:others?|rest|remaining|übrigen|anderen|restlichen|autres|demás|otr[oa]s)\b",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfAnswer
    )]
    private static partial Regex Others();
}
