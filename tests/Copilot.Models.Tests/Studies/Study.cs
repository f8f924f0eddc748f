using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Copilot.Models.Facts;

namespace Copilot.Models.Tests.Studies;

/// <summary>What the check strikes of true answers, and what it lets through of altered ones.</summary>
internal sealed partial class Study
{
    private const int Reach = 3;

    private readonly List<(string Answer, string Before, string After)> _struck = [];
    private readonly List<(string Kind, string Answer, string Altered)> _missed = [];
    private readonly Dictionary<string, (int All, int Caught)> _kinds = new(StringComparer.Ordinal);

    public int Sentences { get; private set; }

    public int Pieces { get; private set; }

    public int StruckPieces { get; private set; }

    public int MarkedSentences => _struck.Count;

    public int Altered => _kinds.Values.Sum(kind => kind.All);

    public int Caught => _kinds.Values.Sum(kind => kind.Caught);

    public static Study Of(IEnumerable<WrittenAnswer> answers, IReadOnlyDictionary<string, RecordedQuestion> questions)
    {
        var study = new Study();
        foreach (var answer in answers)
            study.Add(answer, questions[answer.Of]);
        return study;
    }

    private void Add(WrittenAnswer answer, RecordedQuestion question)
    {
        var units = WrittenAnswer.Units(answer.Text);
        var whole = WrittenAnswer.Checked(question.Check, units);
        var book = new FactBook(question.Results, question.Question, question.Services);
        for (var i = 0; i < units.Count; i++)
        {
            var pieces = Claimed().Count(units[i]);
            if (pieces > 0)
                Sentences++;
            Pieces += pieces;
            var marks = WrittenAnswer.Marks(whole[i]);
            StruckPieces += whole[i].Split("~~").Length / 2;
            if (marks > 0 && whole[i] != units[i])
                _struck.Add(($"{answer.Of} {answer.Style}", units[i].Trim(), whole[i].Trim()));
            foreach (var alteration in Alterations.Of(units[i], book))
            {
                List<string> altered = [.. units];
                altered[i] = alteration.In(units[i]);
                var from = Start(units, i);
                var marked = WrittenAnswer.Marks(WrittenAnswer.Checked(question.Check, altered.Take(i + 1).Skip(from))[i - from]);
                Count(alteration.Kind, marked > marks, $"{answer.Of} {answer.Style}", altered[i].Trim());
            }
        }
    }

    // What stands long before has no part in how a sentence is read; of a table all rows up to its head have.
    private static int Start(IReadOnlyList<string> units, int unit)
    {
        var from = unit;
        while (from > 0 && units[from].TrimStart().StartsWith('|'))
            from--;
        return Math.Max(0, Math.Min(from, unit - Reach));
    }

    private void Count(string kind, bool caught, string answer, string altered)
    {
        var (all, found) = _kinds.GetValueOrDefault(kind);
        _kinds[kind] = (all + 1, found + (caught ? 1 : 0));
        if (!caught)
            _missed.Add((kind, answer, altered));
    }

    /// <summary>The figures, and each case that went wrong.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"sentences {Sentences}, marked {MarkedSentences}; pieces {Pieces}, struck {StruckPieces} ({(double)StruckPieces / Pieces:P2})"
        );
        text.AppendLine(CultureInfo.InvariantCulture, $"altered {Altered}, caught {Caught} ({(double)Caught / Altered:P2})");
        foreach (var (kind, (all, caught)) in _kinds.OrderBy(kind => kind.Key, StringComparer.Ordinal))
            text.AppendLine(CultureInfo.InvariantCulture, $"  {kind}: {caught} of {all}");
        foreach (var (answer, before, after) in _struck)
            text.AppendLine(CultureInfo.InvariantCulture, $"STRUCK [{answer}] {after}");
        foreach (var (kind, answer, altered) in _missed)
            text.AppendLine(CultureInfo.InvariantCulture, $"MISSED [{kind}] [{answer}] {altered}");
        return text.ToString();
    }

    /// <summary>The first figures alone.</summary>
    public string Brief() =>
        string.Join(
            '\n',
            ToString()
                .Split('\n')
                .TakeWhile(line =>
                    !line.StartsWith("STRUCK", StringComparison.Ordinal) && !line.StartsWith("MISSED", StringComparison.Ordinal)
                )
        );

    [GeneratedRegex(
        @"`[^`]+`|[0-9a-f]{32}|\d\d:\d\d(?::\d\d(?:\.\d+)?)?|(?<![\w.])\d[\d,.]*|\*\*[^*]+\*\*"
            + @"|""[^""]+""|\b(?:two|three|four|five|six|eight|ten|half|twice)\b"
    )]
    private static partial Regex Claimed();
}
