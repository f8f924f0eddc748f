using System.Text;

namespace Copilot.Agent.Model.Checking;

/// <summary>Lets a stream of text through a sentence at a time, so that each can be checked before anyone sees it.</summary>
internal sealed class SentenceGate(Action<string> pass)
{
    private readonly StringBuilder waiting = new();

    public void Say(string piece)
    {
        waiting.Append(piece);
        for (var end = EndOfSentence(); end > 0; end = EndOfSentence())
        {
            var sentence = waiting.ToString(0, end);
            waiting.Remove(0, end);
            pass(sentence);
        }
    }

    public void End()
    {
        if (waiting.Length > 0) pass(waiting.ToString());
        waiting.Clear();
    }

    // A sentence ends where a blank or a line's end follows its sign; "3.7" does not end one.
    private int EndOfSentence()
    {
        for (var i = 0; i < waiting.Length; i++)
        {
            if (waiting[i] == '\n') return i + 1;
            if (waiting[i] is '.' or '!' or '?' && i + 1 < waiting.Length && char.IsWhiteSpace(waiting[i + 1])) return i + 2;
        }

        return 0;
    }
}
