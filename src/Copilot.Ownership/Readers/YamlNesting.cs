using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Copilot.Ownership.Readers;

/// <summary>How deep a text nests, found without building it: YAML's node model is built by recursion, so a text that is made to exhaust
/// the stack is to be refused before.</summary>
public static class YamlNesting
{
    /// <summary>The first thing that lies deeper; null where nothing does.</summary>
    /// <exception cref="YamlException">The text is no YAML.</exception>
    public static ParsingEvent? Beyond(string text, int deepest)
    {
        var parser = new Parser(new StringReader(text));
        var depth = 0;
        while (Moved(parser))
        {
            depth += parser.Current switch
            {
                MappingStart or SequenceStart => 1,
                MappingEnd or SequenceEnd => -1,
                _ => 0,
            };
            if (depth > deepest)
                return parser.Current;
        }

        return null;
    }

    // The parser breaks where a text ends within a value that is not closed.
    private static bool Moved(Parser parser)
    {
        try
        {
            return parser.MoveNext();
        }
        catch (InvalidOperationException)
        {
            var at = parser.Current?.End ?? Mark.Empty;
            throw new YamlException(at, at, "what begins here is not closed before the text ends");
        }
    }
}
