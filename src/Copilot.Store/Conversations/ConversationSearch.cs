using Copilot.Store.Commands;

namespace Copilot.Store.Conversations;

/// <summary>Finds conversations by words of their questions and answers.</summary>
public sealed class ConversationSearch(CopilotDatabase database)
{
    /// <param name="words">As people type them into a search box: quotes hold words together, a minus leaves out, the last word may be half
    /// typed. Empty: the newest.</param>
    public async Task<IReadOnlyList<ConversationHit>> FindAsync(string words, int limit, CancellationToken cancellationToken)
    {
        var asked = words.Replace("\0", string.Empty, StringComparison.Ordinal).Trim();
        return await database.QueryAsync(
            asked.Length == 0 ? Newest(limit) : Matching(asked, limit),
            static reader => new ConversationHit(
                reader.GetString(0),
                reader.GetString(1),
                reader.GetString(2),
                reader.GetFieldValue<DateTimeOffset>(3),
                reader.GetInt32(4),
                reader.GetString(5),
                reader.GetString(6),
                reader.GetInt32(7),
                reader.GetBoolean(8)
            ),
            cancellationToken
        );
    }

    private static Sql Newest(int limit) =>
        Sql.Of(
            $"""
            select c.id, coalesce(c.name, c.title), c.asker, c.updated_at, t.number, t.question,
                left(coalesce(t.answer ->> 'answer', ''), 200), t.number, c.pinned
            from (select * from conversations order by pinned desc, updated_at desc limit {limit}) c
            join lateral (select * from conversation_turns where conversation_id = c.id order by number desc limit 1) t on true
            order by c.pinned desc, c.updated_at desc
            """
        );

    // The text form of a query ends with its last word: ":*" behind it lets that word go on.
    private static Sql Matching(string words, int limit) =>
        Sql.Of(
            $"""
            with asked as materialized (
                select case when numnode(q) = 0 then q else (q::text || ':*')::tsquery end as q
                  from (select websearch_to_tsquery('simple', {words}) as q) typed),
            best as (
                select distinct on (t.conversation_id) t.conversation_id, t.number, t.question, coalesce(t.answer ->> 'answer',
                  '') as answer,
                    ts_rank(to_tsvector('simple', t.question || ' ' || coalesce(t.answer ->> 'answer', '')), q) as rank
                from conversation_turns t, asked
                where to_tsvector('simple', t.question || ' ' || coalesce(t.answer ->> 'answer', '')) @@ q
                order by t.conversation_id, rank desc, t.number desc),
            shown as (select b.*, coalesce(c.name, c.title) as title, c.pinned, c.asker, c.updated_at
              from best b join conversations c on c.id = b.conversation_id
              order by c.updated_at desc limit {limit})
            select s.conversation_id, s.title, s.asker, s.updated_at, s.number, s.question,
                ts_headline('simple', s.answer, asked.q, 'StartSel="", StopSel="", MinWords=12, MaxWords=30'),
                (select max(number) from conversation_turns n where n.conversation_id = s.conversation_id), s.pinned
            from shown s, asked order by s.updated_at desc
            """
        );
}

/// <summary>A conversation that a search found, with the turn that fits best.</summary>
/// <param name="Title">What a person called it, else its first question.</param>
/// <param name="Turn">Number of that turn.</param>
/// <param name="Question">Its question.</param>
/// <param name="Excerpt">Words around what was found, out of its answer.</param>
/// <param name="Turns">How many turns the conversation has.</param>
public sealed record ConversationHit(
    string Id,
    string Title,
    string Asker,
    DateTimeOffset UpdatedAt,
    int Turn,
    string Question,
    string Excerpt,
    int Turns,
    bool Pinned
);
