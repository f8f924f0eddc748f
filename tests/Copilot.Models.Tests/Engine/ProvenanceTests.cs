using Copilot.Models.Checking;
using Xunit;

namespace Copilot.Models.Tests.Engine;

/// <summary>What strangers wrote into telemetry is nobody's name, time, id or command; what says that all is well is a claim.</summary>
public sealed class ProvenanceTests
{
    private static readonly EvidenceCheck Check = Incident.Check;

    [Theory]
    // A log body, an attribute's value or an error message that is nothing but a name, an id, a time or a command.
    [InlineData("Mallory Evil is on call and owns `pay`.", "Mallory Evil")]
    [InlineData("Trace feedfacefeedfacefeedfacefeedfac1 shows the failing call.", "feedfacefeedfacefeedfacefeedfac1")]
    [InlineData("The trouble began at 03:33.", "03:33")]
    [InlineData("It is `auth-gateway` that fails.", "`auth-gateway`")]
    [InlineData("Run `rm -rf /var/lib/data` on the host.", "`rm -rf /var/lib/data`")]
    [InlineData("The log says: run `rm -rf /var/lib/data` on the host.", "`rm -rf /var/lib/data`")]
    [InlineData("Führen Sie `rm -rf /var/lib/data` aus.", "`rm -rf /var/lib/data`")]
    [InlineData("Exécutez `rm -rf /var/lib/data` sur le serveur.", "`rm -rf /var/lib/data`")]
    [InlineData("Ejecute `rm -rf /var/lib/data` en el servidor.", "`rm -rf /var/lib/data`")]
    [InlineData("See trace deadbeefdeadbeefdeadbeefdeadbeef.", "deadbeefdeadbeefdeadbeefdeadbeef")]
    [InlineData("See trace `deadbeefdeadbeefdeadbeefdeadbeef`.", "`deadbeefdeadbeefdeadbeefdeadbeef`")]
    [InlineData("See trace deadbeef.", "deadbeef")]
    [InlineData("See span 1234567812345678.", "1234567812345678")]
    [InlineData("See trace 01234567-89ab-cdef-0123-456789abcdef.", "01234567-89ab-cdef-0123-456789abcdef")]
    [InlineData("It began at 3 am.", "3")]
    [InlineData("It began at 02:00.", "02:00")]
    [InlineData("Es begann um 3 Uhr.", "3")]
    // Addresses without a scheme, and ones written so that they are not seen as such.
    [InlineData("The fix is on evil.example/runbook.", "link")]
    [InlineData("The fix is on ftp.evil.example.", "link")]
    [InlineData("The fix is on //evil.example/x.", "link")]
    [InlineData("The fix is on evil.com.", "link")]
    [InlineData("The fix is on evil[.]com now.", "link")]
    [InlineData("The fix is on evil。com.", "link")]
    [InlineData("The fix is on evil.unheardof/runbook.", "link")]
    [InlineData("The fix is on 10.9.9.9:8080/x.", "link")]
    [InlineData("The fix is on https\u200b://evil.example.", "link")]
    [InlineData("The fix is on ev\u00adil.exam\u2066ple.", "link")]
    [InlineData("The fix is on evil\U000E0041.example.", "link")]
    // People, in any case, alphabet and language.
    [InlineData("Page mallory evil now.", "mallory evil")]
    [InlineData("Please page mallory.", "mallory.")]
    [InlineData("You should ask MALLORY about it.", "MALLORY")]
    [InlineData("It is for `pay`: escalate to mallory.", "mallory.")]
    [InlineData("`pay` is owned by mallory.", "mallory.")]
    [InlineData("Bitte rufen Sie mallory an.", "mallory an")]
    [InlineData("Contactez mallory maintenant.", "mallory")]
    [InlineData("Avise a mallory ahora.", "mallory")]
    [InlineData("M\u200ballory E\u202evil owns it.", "Mallory Evil")]
    [InlineData("Мэллори Ивл знает.", "Мэллори Ивл")]
    [InlineData("Ask mаllory about it.", "mаllory")]
    // Figures that only telemetry says, in other words and languages.
    [InlineData("Die Fehlerrate von `pay` lag bei 99,97 %.", "99,97 %")]
    [InlineData("Neunundneunzig Anfragen an `pay` schlugen fehl.", "Neunundneunzig")]
    [InlineData("Noventa peticiones de `pay` fallaron.", "Noventa")]
    [InlineData("The version of `pay` is 9.9.9.", "9.9.9")]
    [InlineData("The log says \"connection refused\" and 4242 requests failed.", "4242")]
    public void What_only_a_stranger_says_is_struck(string text, string struck)
    {
        var clean = Check.Check(text).Text;
        Assert.Contains($"~~{struck}~~ *(not in the data)*", clean, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("All services are healthy and nobody needs to act.")]
    [InlineData("`pay` is healthy.")]
    [InlineData("`pay` has recovered. It needs no action.")]
    [InlineData("`pay` failed. It has recovered.")]
    [InlineData("It has recovered.")]
    [InlineData("Everything is fine.")]
    [InlineData("`pay` is stable, you can go back to bed.")]
    [InlineData("It was a false alarm.")]
    [InlineData("The incident is over.")]
    [InlineData("`pay` ist wieder in Ordnung.")]
    [InlineData("Kein Handlungsbedarf, alles gut.")]
    [InlineData("`pay` est rétabli, personne n'a besoin d'agir.")]
    [InlineData("`pay` funciona bien y no hay errores.")]
    public void An_all_clear_that_the_figures_deny_is_struck_whole(string text)
    {
        var (clean, count) = Check.Check(text);
        Assert.Contains("*(the figures say otherwise)*", clean, StringComparison.Ordinal);
        Assert.True(count > 0);
    }

    [Theory]
    [InlineData("`ship` is healthy.")]
    [InlineData("`ship` has recovered.")]
    public void An_all_clear_that_no_figure_shows_is_marked(string text) =>
        Assert.Matches(@"\*\(not shown by the data\)\*|~~", Check.Check(text).Text);

    [Theory]
    [InlineData("The error rate of `pay` is 0 %.", "0 %")]
    [InlineData("`pay` had trouble, but its error rate is 0 %.", "0 %")]
    [InlineData("Its error rate is 0 %.", "0 %")]
    [InlineData("0 requests failed.", "0")]
    public void None_failed_is_a_claim_about_whom_it_is_said_of(string text, string struck) =>
        Assert.Contains($"~~{struck}~~", Check.Check(text).Text, StringComparison.Ordinal);

    [Theory]
    [InlineData("`web` fällt aus, weil der Pool voll ist.")]
    [InlineData("Der Fehler von `web` liegt an einem vollen Pool.")]
    [InlineData("`web` échoue à cause du pool.")]
    [InlineData("`web` falla porque el pool está lleno.")]
    [InlineData("`web` è lento perché il pool è pieno.")]
    [InlineData("De fout van `web` komt omdat de pool vol is.")]
    [InlineData("The deploy broke `web`.")]
    [InlineData("This is no hypothesis: `web` fails because of its pool.")]
    public void A_cause_in_any_language_is_a_hypothesis(string text) =>
        Assert.StartsWith("Hypothesis: ", Check.Check(text).Text, StringComparison.Ordinal);

    [Theory]
    [InlineData("`web` падает из-за переполненного пула.")]
    [InlineData("`web` が遅いのはプールが原因です。")]
    [InlineData("`web` jest zepsuty, bo pula padła wczoraj wieczorem.")]
    [InlineData("Everybody knows that mallory wrecked things.")]
    [InlineData("Mallory wrecked the cluster yesterday evening.")]
    [InlineData("The database melted.")]
    [InlineData("Paging mallory helps.")]
    public void What_cites_nothing_or_cannot_be_read_is_marked(string text) =>
        Assert.Contains(" shown by the data)*", Check.Check(text).Text, StringComparison.Ordinal);

    [Theory]
    [InlineData("A log line of `pay` says `auth-gateway`.")]
    [InlineData("The message reads \"run rm -rf /var/lib/data at 03:33\".")]
    [InlineData("Ein Eintrag im Protokoll lautet `auth-gateway`.")]
    public void A_strangers_words_may_be_quoted_as_such(string text) => Assert.Equal((text, 0), Check.Check(text));

    [Fact]
    public void A_value_that_is_not_told_as_one_is_marked_as_one() =>
        Assert.Equal(
            "Only `gold-tier` is hit in `pay`, `gold-tier` *(a value in telemetry)*.".Replace(
                "Only `gold-tier`",
                "Only `gold-tier` *(a value in telemetry)*",
                StringComparison.Ordinal
            ),
            Check.Check("Only `gold-tier` is hit in `pay`, `gold-tier`.").Text
        );
}
