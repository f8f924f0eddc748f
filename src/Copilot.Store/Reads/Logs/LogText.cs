using Copilot.Store.Reads.Commands;

namespace Copilot.Store.Reads.Logs;

/// <summary>What "a log record says" means: its body or the value of one of its attributes (an exception's type or message) contains the text.</summary>
internal static class LogText
{
    /// <summary>A condition on <c>logs l</c>.</summary>
    public static Sql Contains(string text) => Sql.Of($"""
        (strpos(lower(l.body), lower({text})) > 0
          or exists (select from jsonb_each_text(l.attributes) a where strpos(lower(a.value), lower({text})) > 0))
        """);
}
