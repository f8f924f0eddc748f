using System.Globalization;
using Copilot.Answers.Contract;

namespace Copilot.Answers.Drafts;

/// <summary>The answers to the parts of one question, as one answer.</summary>
internal static class SeveralAnswers
{
    /// <param name="answers">In the order asked for; at least one.</param>
    public static Answer Joined(IReadOnlyList<Answer> answers)
    {
        var answered = answers.Where((a, i) => a.Outcome == Outcome.Answered && !IsExplained(answers, i)).ToList();
        // What could be answered is; what could not says why in its own paragraph.
        var lead = answered.FirstOrDefault() ?? answers[0];
        var queries = new List<AnswerQuery>();
        var evidence = new List<Evidence>();
        foreach (var answer in answers)
        {
            var ids = answer
                .Queries.Select((query, n) => (query.Id, New: Id("q", queries.Count + n + 1)))
                .ToDictionary(pair => pair.Id, pair => pair.New, StringComparer.Ordinal);
            queries.AddRange(answer.Queries.Select(q => q with { Id = ids[q.Id] }));
            evidence.AddRange(
                answer.Evidence.Select(
                    (e, n) => e with { Id = Id("e", evidence.Count + n + 1), Query = ids.GetValueOrDefault(e.Query, e.Query) }
                )
            );
        }

        return lead with
        {
            Text = string.Join("\n\n", answers.Select(a => a.Text)),
            // What each part asked for comes first, what goes with it behind all of that.
            More = [.. answered.Where(a => a != lead).Select(a => a.Result), .. answered.SelectMany(a => a.More)],
            Queries = queries,
            Evidence = evidence,
            Statements = [.. answers.SelectMany(a => a.Statements)],
            Coverage = lead.Coverage with
            {
                Exact = answers.All(a => a.Coverage.Exact),
                Note = string.Join("; ", answers.Select(a => a.Coverage.Note).Distinct(StringComparer.Ordinal)),
            },
            // Its outline would be that of one part, and the text is of all.
            Trouble = null,
            Proposal = answers.Select(a => a.Proposal).FirstOrDefault(p => p is not null),
            Explanation = answers.Select(a => a.Explanation).FirstOrDefault(e => e is not null),
            Suggestions =
            [
                .. answers.SelectMany(a => a.Suggestions).Distinct(StringComparer.Ordinal).Take(AnswerLengthThresholds.Suggestions),
            ],
        };
    }

    // The one trace that was found is told by its explanation.
    private static bool IsExplained(IReadOnlyList<Answer> answers, int i) =>
        answers[i].Result is TracesResult { Items: [var found] }
        && i + 1 < answers.Count
        && answers[i + 1].Result is TraceResult trace
        && trace.TraceId == found.TraceId;

    private static string Id(string prefix, int n) => prefix + n.ToString(CultureInfo.InvariantCulture);
}
