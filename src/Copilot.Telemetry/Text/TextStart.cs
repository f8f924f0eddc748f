namespace Copilot.Telemetry.Text;

/// <summary>The beginning of a text.</summary>
public static class TextStart
{
    /// <summary>At most so many characters, and none of them half of a pair: half a pair can be neither stored nor sent.</summary>
    public static string Of(string text, int longest) =>
        text.Length <= longest ? text : text[..(longest > 0 && char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest)];
}
