using Copilot.Models.Facts;
using Copilot.Models.Phrases;

namespace Copilot.Models.Checking;

/// <summary>What the sentences before have left: what they were about, which figures and times they cited, the head of a table.</summary>
internal sealed class Scene
{
    private readonly List<Fact> _facts = [];
    private readonly List<DateTimeOffset> _instants = [];

    public IReadOnlyList<AnchorGroup> Subject { get; private set; } = [];

    public IReadOnlyList<Fact> Facts => _facts;

    /// <summary>Those that the very last sentence cited.</summary>
    public IReadOnlyList<Fact> Last { get; private set; } = [];

    public IReadOnlyList<DateTimeOffset> Instants => _instants;

    public TableHead? Head { get; set; }

    /// <summary>Values of telemetry that were told with what was measured of them: they are known for what they are.</summary>
    public HashSet<string> Introduced { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A runbook was named a little before: what follows may be its words.</summary>
    public int SinceRunbook { get; set; } = int.MaxValue;

    /// <summary>A sentence that names nothing goes on about the same.</summary>
    public void Remember(Anchors anchors, IReadOnlyList<Fact> facts, IReadOnlyList<DateTimeOffset> instants)
    {
        var named = anchors.All.Where(group =>
            group.Class is NameKinds.Service or NameKinds.Operation or NameKinds.Id || NameKinds.IsValue(group.Class)
        );
        // Any that the last sentence named may be meant by the next one; new services take the operations and values before away.
        var last = named
            .GroupBy(group => group.Class)
            .Select(groups => new AnchorGroup(groups.Key, [.. groups.SelectMany(group => group.Mentions)]))
            .ToList();
        if (last.Count > 0)
            Subject = last.Exists(group => group.Class == NameKinds.Service)
                ? last
                : [.. Subject.Where(old => !last.Exists(group => group.Class == old.Class)), .. last];
        if (facts.Count > 0)
            Last = facts;
        Keep(_facts, facts);
        Keep(_instants, instants);
    }

    private static void Keep<T>(List<T> kept, IEnumerable<T> more)
    {
        kept.AddRange(more);
        if (kept.Count > CheckingThresholds.Remembered)
            kept.RemoveRange(0, kept.Count - CheckingThresholds.Remembered);
    }
}

/// <summary>The head of a table in Markdown: what its columns measure, and in which unit.</summary>
internal sealed record TableHead(IReadOnlyList<string> Cells)
{
    public static bool IsRow(string line) => line.TrimStart() is ['|', ..] row && row.TrimEnd().LastIndexOf('|') > 0;

    public static bool IsRule(string line) => IsRow(line) && line.All(sign => sign is '|' or '-' or ':' or ' ' or '\n' or '\r' or '\t');

    public static TableHead Of(string line) => new([.. line.Trim().Trim('|').Split('|', StringSplitOptions.TrimEntries)]);

    /// <summary>The head of the column in which a piece of a row stands.</summary>
    public string Over(string row, int at)
    {
        var column = row[..at].Count(sign => sign == '|') - 1;
        return column >= 0 && column < Cells.Count ? Cells[column] : string.Empty;
    }

    /// <summary>A figure with the unit that its column says.</summary>
    public static IReadOnlyList<SaidNumber> In(string head, IReadOnlyList<SaidNumber> numbers)
    {
        if (numbers.Any(number => number.Unit is not null))
            return numbers;
        var unit = head.Contains('%', StringComparison.Ordinal) ? FactUnit.Ratio : FactUnit.Duration;
        var scale =
            unit == FactUnit.Ratio ? 0.01
            : Unit(head) is > 0 and var told ? told
            : MeasureWords.In(head) is [var word, ..] && MeasureNames.IsOfDurations(word.Measure) ? 1
            : 0;
        return scale == 0 ? numbers : [.. numbers.Select(number => number.As(unit, scale))];
    }

    private static double Unit(string head) =>
        head.Split([' ', '(', ')', '[', ']', ','], StringSplitOptions.RemoveEmptyEntries)
            .Select(word => word is "ms" or "s" or "µs" or "min" or "sec" or "seconds" ? SaidNumber.MillisecondsOf(word) : 0)
            .Max();
}
