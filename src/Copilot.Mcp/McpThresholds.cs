namespace Copilot.Mcp;

/// <summary>How much of an answer a client gets to read: its model pays for every token.</summary>
internal static class McpThresholds
{
    /// <summary>Of one answer.</summary>
    /// <remarks>Unit: tokens. Set by what peers are blamed for (answers of 25,000 tokens and more); tests/RESULTS.md has what the worst
    /// take.</remarks>
    public const int AnswerTokens = 2_500;

    /// <summary>Of the query in a link: browsers and chats cut longer addresses.</summary>
    /// <remarks>Unit: characters. Set by hand, not measured by itself.</remarks>
    public const int LinkedQuery = 1_500;
}
