namespace Copilot.TraceQL.Regexes;

/// <summary>How much a regular expression asks of what runs it.</summary>
/// <param name="States">How many places of it a text can be at, with counted repeats written out.</param>
/// <param name="Choices">How many of them may be left out or go on, likewise: what the engine follows at once, and what makes a pattern
/// slow.</param>
public readonly record struct RegexSize(long States, long Choices)
{
    /// <summary>Beyond this nothing is told apart.</summary>
    private const long Most = 1_000_000_000;

    public static RegexSize Of(IReadOnlyList<RegexPart> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        var groups = new Stack<RegexSize>();
        var (whole, last) = (default(RegexSize), default(RegexSize));
        var inClass = false;
        foreach (var part in parts)
        {
            switch (part.Kind)
            {
                case RegexPartKind.GroupOpen:
                    groups.Push(whole.Plus(last));
                    (whole, last) = (default, default);
                    break;
                case RegexPartKind.GroupClose:
                    (whole, last) = (groups.Pop(), whole.Plus(last));
                    break;
                case RegexPartKind.Repeat:
                    last = last.Repeated(part);
                    break;
                case RegexPartKind.ClassOpen or RegexPartKind.NegatedClassOpen:
                    inClass = true;
                    break;
                case RegexPartKind.ClassClose:
                    inClass = false;
                    (whole, last) = (whole.Plus(last), new RegexSize(1, 0));
                    break;
                default:
                    if (!inClass)
                        (whole, last) = (whole.Plus(last), new RegexSize(1, 0));
                    break;
            }
        }

        return whole.Plus(last);
    }

    private RegexSize Plus(RegexSize other) => new(Math.Min(Most, States + other.States), Math.Min(Most, Choices + other.Choices));

    /// <summary>A count is written out as often as it says; what has no end is one more choice.</summary>
    private RegexSize Repeated(RegexPart repeat)
    {
        var times = Math.Max(1, repeat.Most ?? repeat.Least);
        return new RegexSize(
            Math.Min(Most, States * times),
            Math.Min(Most, (Choices * times) + (repeat.Most is { } most ? most - repeat.Least : 1))
        );
    }
}
