namespace Copilot.Agent.Interpretation.Lexicon.Phrases;

/// <summary>Words that bind an attribute or a duration to a value.</summary>
internal static class ConditionPhrases
{
    public const string Text = """
        Greater: heavier than | costlier than | pricier than | wider than | deeper than | taller than | more than | greater than | larger than | bigger than | longer than | slower than | over | above | exceeding | exceeds | exceed | higher than | > | mehr als | größer als | länger als | langsamer als | über | beyond | in excess of | north of | older than | longer as | slower as | more as
        Less: lighter than | cheaper than | narrower than | less than | smaller than | shorter than | faster than | under | below | lower than | fewer than | quicker than | < | weniger als | kleiner als | kürzer als | schneller als | unter | younger than
        AtLeast: at least | >= | minimum of | no less than | mindestens | min. | or more | not less than
        AtMost: at most | <= | maximum of | no more than | höchstens | maximal | up to | not more than | or less
        Equals: = | == | equals | equal to | equal | is set to | set to | gleich | being
        NotEquals: != | is not | not equal | not equal to | other than | different from | ungleich
        Contains: contains | contain | containing | mention | mentions | mentioning | mentioned | includes | include | including | like | matching | matches | with the text | with text | saying | says | say | enthält | enthalten | reads | has the text | with message | with the message
        Without: everywhere but | anywhere but | everything but | all but | everyone but | anything but | everywhere except | without | excluding | except | except for | but not | w/o | exclude | minus | ohne | außer | ausser | excl | non | leaving out | not counting | ignoring | apart from those | but for | not from | not for | not in | not with | outside | outside of | neither | nor | did not involve | do not involve | does not involve | not involving | did not touch | do not touch | not touching | never touched | never touch | did not go through | do not go through | does not go through | not going through | not through | never went through | did not reach | never reached | bypassing | weder
        OnlyFor: only for | just for | only from | only in | only with | only on | nur für | nur bei | limited to those | restrict to | filter by | filter on | filter to | narrow to | narrow down to | filtered by
        Exists: exists | is present | carry | carries | that have a | present | reported
        Missing: missing | lacks | lacking | is missing | not set | unset | do not have | absent | fehlt
        """;
}
