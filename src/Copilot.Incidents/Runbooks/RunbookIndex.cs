namespace Copilot.Incidents.Runbooks;

/// <summary>Full-text ranking of runbooks (BM25 over stems; title and symptoms weigh more than the body).</summary>
public sealed class RunbookIndex
{
    private const double Saturation = 1.2;
    private const double LengthWeight = 0.5;

    private readonly Entry[] entries;
    private readonly Dictionary<string, int> documents = new(StringComparer.Ordinal);
    private readonly double meanLength;

    public RunbookIndex(IReadOnlyList<Runbook> runbooks)
    {
        entries = [.. runbooks.Select(Entry.Of)];
        foreach (var stem in entries.SelectMany(entry => entry.Weights.Keys))
            documents[stem] = documents.GetValueOrDefault(stem) + 1;
        meanLength = entries.Length == 0 ? 1 : entries.Average(entry => entry.Length);
    }

    /// <summary>Best first; runbooks that share no word with the text are left out.</summary>
    public IReadOnlyList<(Runbook Runbook, double Score)> Search(string text)
    {
        var query = SymptomWords.Of(text).Distinct(StringComparer.Ordinal).ToArray();
        return [.. entries.Select(entry => (entry.Runbook, Score: Score(entry, query))).Where(hit => hit.Score > 0)
            .OrderByDescending(hit => hit.Score).ThenBy(hit => hit.Runbook.Path, StringComparer.Ordinal)];
    }

    private double Score(Entry entry, string[] query)
    {
        var score = 0.0;
        foreach (var stem in query)
        {
            if (!entry.Weights.TryGetValue(stem, out var weight))
                continue;
            var rarity = Math.Log(1 + ((entries.Length - documents[stem] + 0.5) / (documents[stem] + 0.5)));
            score += rarity * weight * (Saturation + 1) / (weight + (Saturation * (1 - LengthWeight + (LengthWeight * entry.Length / meanLength))));
        }

        return score;
    }

    private sealed record Entry(Runbook Runbook, Dictionary<string, double> Weights, double Length)
    {
        public static Entry Of(Runbook runbook)
        {
            var weights = new Dictionary<string, double>(StringComparer.Ordinal);
            var length = 0;
            Add($"{runbook.Title} {Path.GetFileNameWithoutExtension(runbook.FileName)}", 3);
            Add(string.Join(' ', runbook.Symptoms), 2);
            foreach (var section in runbook.Sections)
                Add($"{section.Heading} {section.Text}", section.Kind == RunbookSectionKind.When ? 1.5 : 0.5);
            return new Entry(runbook, weights, length);

            void Add(string text, double weight)
            {
                foreach (var stem in SymptomWords.Of(text))
                {
                    weights[stem] = weights.GetValueOrDefault(stem) + weight;
                    length++;
                }
            }
        }
    }
}
