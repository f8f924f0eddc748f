using Copilot.Language.Questions;

namespace Copilot.Web.Chat;

/// <summary>Turns a changed chip into the question that says it: what is asked stays visible as words.</summary>
public static class ChipEdit
{
    /// <summary>The question with the chip's words replaced, or with the new value added where the question did not name it.</summary>
    public static string Rephrase(string question, Chip chip, string value)
    {
        value = value.Trim();
        if (value.Length == 0 || value == chip.Value)
            return question;
        var at = chip.Source is "default" or "conversation" or "" ? -1 : question.IndexOf(chip.Source, StringComparison.OrdinalIgnoreCase);
        return at >= 0
            ? string.Concat(question.AsSpan(0, at), value, question.AsSpan(at + chip.Source.Length))
            : $"{question.TrimEnd(' ', '?', '.')} {Joining(chip.Name)}{value}";
    }

    private static string Joining(string name) =>
        name switch
        {
            "window" => string.Empty,
            "service" => "for ",
            "operation" => "in operation ",
            "filter" => "where ",
            "baseline" => "compared to ",
            _ => string.Empty,
        };
}
