using System.Text;

namespace Copilot.Models.Checking;

/// <summary>Lets a stream of text through a sentence at a time, so that each can be checked before anyone sees it.</summary>
internal sealed class SentenceGate(Action<string> pass)
{
    private readonly StringBuilder _waiting = new();

    public void Say(string piece)
    {
        _waiting.Append(piece);
        for (var end = EndOfSentence(); end > 0; end = EndOfSentence())
        {
            var sentence = _waiting.ToString(0, end);
            _waiting.Remove(0, end);
            pass(sentence);
        }
    }

    public void End()
    {
        if (_waiting.Length > 0)
            pass(_waiting.ToString());
        _waiting.Clear();
    }

    // A sentence ends where a blank or a line's end follows its sign; "3.7" does not end one.
    private int EndOfSentence()
    {
        for (var i = 0; i < _waiting.Length; i++)
        {
            if (_waiting[i] == '\n')
                return i + 1;
            if (_waiting[i] is '.' or '!' or '?' && i + 1 < _waiting.Length && char.IsWhiteSpace(_waiting[i + 1]))
                return i + 2;
        }

        return 0;
    }
}
