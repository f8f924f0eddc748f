using System.Text.RegularExpressions;

namespace Copilot.Models.Phrases;

/// <summary>The languages whose claims the check can tell apart: English, German, French and Spanish. In any other, only figures and names
/// can be checked.</summary>
internal static partial class Languages
{
    private static readonly HashSet<string>[] Known =
    [
        Words(
            """
            the this these that it its in at on no nothing all both most only a an is are was were be been has have had of by to
              for from with without and or but not who what when which where while before after
            between since into than as so there here their they more less each every any other one some up down over under about
              now then i you we do does did can cannot could may most also same
            root cause error errors rate likely service services latency trace traces request requests failed fail fails failing
              slow slower slowest window hypothesis affected team owner mean throughput call calls
            called span spans log logs line lines says reads operation operations measure measured minutes seconds hours percent
              times ms took take change changes deploy version runbook found find show shows shown data
            answer answers result results see summary details anything something everything attribute value
              values message record records share count number numbers median first last next time period day health healthy
                degraded question asked
            """
        ),
        Words(
            """
            der die das den dem des ein eine einer eines einem einen ist sind war waren wird wurde wurden hat haben hatte im in
              am an auf aus bei mit von vom zu zum zur für und oder aber nicht kein keine nur alle alles
            wer was wann welche welcher es sie er sich sein seine ihr ihre mehr weniger als wie so dort hier nach vor seit bis
              über unter zwischen um lag liegt betrug beträgt
            dienst dienste fehler fehlerrate fehlgeschlagen schlugen fehl anfragen anfrage latenz dauert dauerte zeit uhr aufruf
              aufrufe spur spuren team gehört änderung version minuten sekunden stunden prozent
            betroffen langsam langsamer langsamste protokoll meldet meldung wert zeigt daten ergebnis ruft auf bereitschaft
            """
        ),
        Words(
            """
            le la les l un une des du de d au aux est sont était étaient a ont avait dans sur pour par avec sans et ou mais ne
              pas aucun aucune seul seulement tous toutes qui que quoi quand il elle ils elles se son sa ses leur
            plus moins comme ici là après avant depuis entre vers en ce cette ces n y
            service services erreur erreurs taux requête requêtes échoué échouent échoue latence trace appel appels appelle
              équipe appartient changement version minutes secondes heures pourcent cent durée pris
            touché touchés lent lente journal message valeur montre données résultat fenêtre astreinte
            """
        ),
        Words(
            """
            el la los las un una unos unas de del al es son era eran fue fueron ha han había en por para con sin y o pero no
              ningún ninguna solo todos todas quien que cuando él ella se su sus lo
            más menos como aquí después antes desde entre hasta hacia este esta estos estas hay
            servicio servicios error errores tasa petición peticiones solicitudes solicitud fallaron falla fallan latencia traza
              llamada llamadas llama equipo pertenece cambio versión minutos segundos horas ciento
            afectado afectados lento lenta registro mensaje valor muestra datos resultado ventana guardia tardó
            """
        ),
    ];

    private static readonly HashSet<string> Stems = [.. Known.SelectMany(words => words).Select(Stem)];

    /// <summary>A word of any of the languages, or of the trade in it: no name of anybody.</summary>
    public static bool IsPlain(string word) => Known.Any(words => words.Contains(word));

    /// <summary>A word that says nothing of its own, in any of its forms.</summary>
    public static bool IsCommon(string word) => word.Length < CheckingThresholds.ShortWord || Stems.Contains(Stem(word));

    public static string Stem(string word) => word[..Math.Min(word.Length, CheckingThresholds.Stem)].ToLowerInvariant();

    /// <param name="sentence">Without its code and names.</param>
    /// <returns>Whether the sentence is in a language of which the check can tell causes and all-clears; and whether that is
    /// English.</returns>
    public static (bool IsRead, bool IsEnglish) Of(string sentence)
    {
        var words = Word().Matches(sentence).Select(found => found.Value).ToList();
        if (words.Any(word => Foreign().IsMatch(word)))
            return (false, false);
        if (words.Count < CheckingThresholds.LanguageWords)
            return (true, true);
        var hits = Known.Select(known => words.Count(known.Contains)).ToList();
        return (hits.Max() >= CheckingThresholds.LanguageShare * words.Count, hits[0] == hits.Max());
    }

    public static IEnumerable<string> WordsOf(string text) => Word().Matches(text).Select(found => found.Value);

    private static HashSet<string> Words(string text) =>
        new(text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries), StringComparer.OrdinalIgnoreCase);

    [GeneratedRegex(@"(?<![\w.])\p{L}[\p{L}\p{M}]*", RegexOptions.None, PatternThresholds.OfAnswer)]
    private static partial Regex Word();

    // Letters of no Latin alphabet.
    [GeneratedRegex(@"[\p{L}-[A-Za-zªº\u00B5\u00C0-\u024F\u1E00-\u1EFF]]", RegexOptions.None, PatternThresholds.OfAnswer)]
    private static partial Regex Foreign();
}
