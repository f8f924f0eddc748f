using Copilot.Ownership.Catalog;

namespace Copilot.Incidents.Guide;

/// <summary>
/// Full-text ranking of runbooks: BM25 over stems with fields of different weight, and over the words that mean much the same. What a
/// runbook is called and when it applies says what it is about; what its steps mention many times does not.
/// </summary>
public sealed class RunbookIndex
{
    private readonly Entry[] _entries;
    private readonly Dictionary<string, int> _documents = new(StringComparer.Ordinal);

    public RunbookIndex(IReadOnlyList<Runbook> runbooks)
    {
        var fields = runbooks.Select(Fields).ToArray();
        var usual = Enumerable
            .Range(0, RunbookThresholds.FieldWeights.Length)
            .Select(field => fields.Select(of => (double)of[field].Length).DefaultIfEmpty(1).Average())
            .ToArray();
        _entries = [.. runbooks.Select((runbook, i) => new Entry(runbook, Weights(fields[i], usual)))];
        foreach (var stem in _entries.SelectMany(entry => entry.Weights.Keys))
            _documents[stem] = _documents.GetValueOrDefault(stem) + 1;
    }

    /// <summary>Best first; runbooks that share no word with the text are left out.</summary>
    public IReadOnlyList<(Runbook Runbook, double Score)> Search(string text)
    {
        var scores = new double[_entries.Length];
        foreach (var stem in SymptomWords.Of(text).Distinct(StringComparer.Ordinal))
        {
            var alike = SymptomWords.Like(stem);
            // A rare word for a thing that is often spoken of is no rare thing.
            var (rarity, rarityAlike) = (
                Rarity(_documents.GetValueOrDefault(stem)),
                Rarity(_entries.Count(entry => entry.Weights.ContainsKey(stem) || alike.Any(entry.Weights.ContainsKey)))
            );
            for (var i = 0; i < _entries.Length; i++)
            {
                scores[i] += Math.Max(
                    rarity * Saturated(_entries[i].Weights.GetValueOrDefault(stem)),
                    RunbookThresholds.Related
                        * rarityAlike
                        * Saturated(alike.Select(like => _entries[i].Weights.GetValueOrDefault(like)).DefaultIfEmpty().Max())
                );
            }
        }

        return
        [
            .. _entries
                .Select((entry, i) => (entry.Runbook, Score: scores[i]))
                .Where(hit => hit.Score > 0)
                .OrderByDescending(hit => hit.Score)
                .ThenBy(hit => hit.Runbook.Path, StringComparer.Ordinal),
        ];
    }

    private double Rarity(int among) =>
        Math.Log(1 + ((_entries.Length - among + RunbookThresholds.Unseen) / (among + RunbookThresholds.Unseen)));

    private static double Saturated(double weight) => weight * (RunbookThresholds.Saturation + 1) / (weight + RunbookThresholds.Saturation);

    /// <summary>The stems of the title, of the symptoms, of when it applies, and of the rest.</summary>
    private static string[][] Fields(Runbook runbook) =>
        [
            [.. SymptomWords.Of($"{runbook.Title} {Path.GetFileNameWithoutExtension(runbook.FileName)}")],
            [.. SymptomWords.Of(string.Join(' ', runbook.Symptoms))],
            Stems(runbook, section => section.Kind == RunbookSectionKind.When),
            Stems(runbook, section => section.Kind != RunbookSectionKind.When),
        ];

    private static Dictionary<string, double> Weights(string[][] fields, double[] usual)
    {
        var weights = new Dictionary<string, double>(StringComparer.Ordinal);
        for (var field = 0; field < fields.Length; field++)
        {
            var length =
                1 - RunbookThresholds.LengthWeight + (RunbookThresholds.LengthWeight * fields[field].Length / Math.Max(1, usual[field]));
            // The tenth mention says little that the second did not.
            foreach (var (stem, times) in fields[field].CountBy(stem => stem))
                weights[stem] = weights.GetValueOrDefault(stem) + (RunbookThresholds.FieldWeights[field] * (1 + Math.Log(times)) / length);
        }

        return weights;
    }

    private static string[] Stems(Runbook runbook, Func<RunbookSection, bool> wanted) =>
        [.. runbook.Sections.Where(wanted).SelectMany(section => SymptomWords.Of($"{section.Heading} {section.Text}"))];

    private sealed record Entry(Runbook Runbook, Dictionary<string, double> Weights);
}
