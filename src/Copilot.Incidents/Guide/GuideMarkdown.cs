using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Copilot.Incidents.Guide;

/// <summary>A guide as Markdown, and what was kept as Markdown as a guide. Reading what was written gives the same again, and so the
/// same digest.</summary>
public static partial class GuideMarkdown
{
    private const string SourceStart = " *(";

    private const string Box = "- [ ] ";
    private const string Fence = "  ```";

    public static string Of(GuideDocument guide)
    {
        var text = new StringBuilder();
        foreach (var section in guide.Sections)
        {
            if (section.Heading is { } heading)
                text.Append(text.Length > 0 ? "\n" : "").Append('#', section.Level).Append(' ').Append(heading).Append("\n\n");
            text.Append(section.Text);
            foreach (var step in section.Steps)
                text.Append(Box).Append(Of(step)).Append('\n');
        }

        return text.ToString().TrimEnd() + "\n";
    }

    /// <summary>A step without its box; what goes on below its first line is indented.</summary>
    public static string Of(GuideStep step) =>
        step.Text
        + (step.Source is null ? "" : $" *({step.Source})*")
        + (step.Command is null ? "" : $"\n{Fence}\n  {step.Command}\n{Fence}");

    /// <param name="markdown">A guide as <see cref="Of(GuideDocument)"/> writes it; of anything else as much as can be read.</param>
    public static GuideDocument Read(string markdown)
    {
        var reading = new Reading();
        foreach (var line in markdown.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'))
            reading.Add(line);
        return reading.End();
    }

    private sealed class Reading
    {
        private readonly List<GuideSection> _sections = [];
        private readonly List<List<string>> _steps = [];
        private readonly List<int> _numbers = [];
        private readonly StringBuilder _text = new();
        private GuideSection _section = new();
        private bool _afterHeading;
        private bool _inStep;
        private int _boxes;

        public void Add(string line)
        {
            var afterHeading = _afterHeading;
            _afterHeading = false;
            if (HeadingLine().Match(line) is { Success: true } heading)
            {
                Begin(new GuideSection { Heading = heading.Groups[2].Value, Level = heading.Groups[1].Length });
                _afterHeading = true;
            }
            else if (line.StartsWith(Box, StringComparison.Ordinal))
            {
                _steps.Add([line[Box.Length..]]);
                _numbers.Add(_boxes);
                _inStep = true;
            }
            else if (_inStep && line.StartsWith(' ') && line.Trim().Length > 0)
            {
                _steps[^1].Add(line);
            }
            else if (!afterHeading || line.Length > 0)
            {
                if (_steps.Count > 0)
                    Close(new GuideSection());
                _text.Append(line).Append('\n');
            }

            // Ticks have always been kept by the boxes before them, those within a line included.
            _boxes += line.Split(Box).Length - 1;
        }

        public GuideDocument End()
        {
            Close(new GuideSection());
            return new GuideDocument(_sections);
        }

        /// <summary>The blank line above a heading is the heading's.</summary>
        private void Begin(GuideSection next)
        {
            if (_text.Length > 0 && _text[^1] == '\n' && (_text.Length == 1 || _text[^2] == '\n') && _steps.Count == 0)
                _text.Length--;
            Close(next);
        }

        private void Close(GuideSection next)
        {
            var section = _section with
            {
                Text = _text.ToString(),
                Steps = [.. _steps.Zip(_numbers, (lines, number) => Step(lines) with { Number = number })],
            };
            if (section.Heading is not null || section.Text.Length > 0 || section.Steps.Count > 0)
                _sections.Add(section);
            _section = next;
            _steps.Clear();
            _numbers.Clear();
            _text.Clear();
            _inStep = false;
        }

        private static GuideStep Step(List<string> lines)
        {
            var command = lines is [_, Fence, var inner, Fence] && inner.StartsWith("  ", StringComparison.Ordinal) ? inner[2..] : null;
            var text = command is null ? string.Join('\n', lines) : lines[0];
            var at = text.LastIndexOf(SourceStart, StringComparison.Ordinal);
            return at > 0 && text.EndsWith(")*", StringComparison.Ordinal)
                ? new GuideStep(text[..at], command, text[(at + SourceStart.Length)..^2])
                : new GuideStep(text, command, null);
        }
    }

    [GeneratedRegex("^(#{1,6}) (.+)$")]
    private static partial Regex HeadingLine();
}

/// <summary>A guide as programs and digests see it: Markdown.</summary>
public sealed class GuideMarkdownConverter : JsonConverter<GuideDocument>
{
    public override GuideDocument Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        GuideMarkdown.Read(reader.GetString() ?? "");

    public override void Write(Utf8JsonWriter writer, GuideDocument value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Markdown);
}
