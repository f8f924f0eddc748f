using Markdig.Parsers;
using Markdig.Syntax;

namespace Copilot.Slack.Api;

/// <summary>A line that begins with a sign of its own: a bullet, a box, a quotation.</summary>
internal sealed class SignedLine(BlockParser parser, string sign) : ParagraphBlock(parser)
{
    public string Sign { get; } = sign;
}

/// <summary>Takes bullets and quotations line by line: in mrkdwn they are signs before a text, and nothing nests in them.</summary>
internal sealed class SignedLineParser : BlockParser
{
    public SignedLineParser() => OpeningCharacters = ['-', '*', '+', '>'];

    public override BlockState TryOpen(BlockProcessor processor)
    {
        var line = processor.Line;
        if (line.PeekChar() != ' ' || (line.CurrentChar == '>' && processor.Column > 0))
            return BlockState.None;
        var (sign, length) = Sign(line.AsSpan());
        processor.NewBlocks.Push(
            new SignedLine(this, sign) { Column = processor.Column, Span = new SourceSpan(processor.Start, line.End) }
        );
        processor.Line.Start += length;
        return BlockState.Break;
    }

    private static (string Sign, int Length) Sign(ReadOnlySpan<char> line) =>
        line switch
        {
            ['>', ..] => ("> ", 2),
            ['-', ' ', '[', ' ', ']', ' ', ..] => ("☐ ", 6),
            ['-', ' ', '[', 'x' or 'X', ']', ' ', ..] => ("☑ ", 6),
            _ => ("• ", 2),
        };
}

/// <summary>
/// Every line is a paragraph: Slack breaks lines where the text does, and formatting that stays within its line lets a long text be
/// measured and cut between lines. So no line underlines a heading, and none is taken away as a link's definition.
/// </summary>
internal sealed class PlainLineParser : BlockParser
{
    public override BlockState TryOpen(BlockProcessor processor)
    {
        if (processor.IsBlankLine)
            return BlockState.None;
        processor.NewBlocks.Push(
            new ParagraphBlock(this) { Column = processor.Column, Span = new SourceSpan(processor.Start, processor.Line.End) }
        );
        return BlockState.Break;
    }
}
