using Copilot.Slack.Tests.Double;
using Xunit;
using Xunit.Abstractions;

namespace Copilot.Web.Tests.SlackNight;

/// <summary>One night in Slack: asked before, during and after the trouble, by one person and by another.</summary>
[Trait("needs", "postgres")]
public sealed class SlackNightTests(ITestOutputHelper output)
{
    private const string WhatIsWrong = "what is going wrong right now?";

    /// <summary>What is read aloud of a notification before whoever was woken decides.</summary>
    private const int Heard = 120;

    private readonly List<string> _missed = [];

    [Fact]
    public async Task Each_answer_is_right_about_the_state_and_the_cause_whoever_asks_and_when()
    {
        await using var story = await SlackStory.StartAsync();

        Says(await story.AskAsync("U1", WhatIsWrong), "nothing is clearly worse");
        Says(await story.AskAsync("U1", "why is web slow?"), "No cause");

        await story.BreakAsync();
        await story.PassAsync(TimeSpan.FromMinutes(3));
        var during = await story.AskAsync("U1", WhatIsWrong);
        Says(during, "billing is failing", "deploy 1.4.1", "Roll billing back", "Ines Moreau");
        Says(await story.AskAsync("U2", WhatIsWrong), "billing is failing", "deploy 1.4.1");
        Says(await story.AskAsync("U2", "what broke, who owns it, is it over?"), "billing is failing");
        Says(await story.AskAsync("U1", "why are checkouts failing?"), "billing");
        Says(await story.MentionAsync("U2", "is it over?"), "still going on", "billing");

        // In one thread: what the cause is, and the traces that show it.
        var thread = await story.MentionAsync("U2", WhatIsWrong);
        Says(thread, "billing is failing");
        Says(await story.MentionAsync("U2", "which traces?", thread.ThreadTs), "failed", "billing");

        var room = await story.CreateRoomAsync("U1", during);
        Assert.Contains("U1", room.Members);
        Assert.Contains("U3", room.Members);
        Says(await story.AskAsync("U2", "status", room.Id), "open", "still going on");
        Assert.StartsWith("<#" + room.Id, story.Messages(SlackStory.Channel)[^1].Text, StringComparison.Ordinal);

        await story.PassAsync(TimeSpan.FromMinutes(2));
        Says(await story.AskAsync("U2", "what should I do first?"), "Roll billing back");
        await story.MendAsync();
        await story.PassAsync(TimeSpan.FromMinutes(5));
        foreach (var user in (string[])["U1", "U2"])
        {
            Says(await story.AskAsync(user, WhatIsWrong), "billing failed", "UTC, over");
            Says(await story.AskAsync(user, "what broke, and is it over?"), "It is over.", "billing failed");
            Says(await story.AskAsync(user, "is billing still failing?"), "It is over.");
        }

        Says(await story.AskAsync("U1", "status", room.Id), "open", "looks over");
        SlackPicture.Channel(room, "slack-night-room");
        SlackPicture.Channel(Of(story.Shown), "slack-night-answers");
        foreach (var message in story.Messages(SlackStory.Channel).Concat(story.Messages(room.Id)))
            output.WriteLine(message.Text + "\n");
        Assert.True(_missed.Count == 0, string.Join('\n', _missed));
    }

    /// <summary>Longer than the window that "now" looks back: all of it is bad, and the change that brought it lies before it.</summary>
    [Fact]
    public async Task A_long_outage_is_told_from_its_beginning_by_command_and_in_a_thread_that_began_with_it()
    {
        await using var story = await SlackStory.StartAsync();
        await story.BreakAsync();
        await story.PassAsync(TimeSpan.FromMinutes(3));
        var thread = await story.MentionAsync("U2", WhatIsWrong);
        Says(await story.MentionAsync("U2", "which traces?", thread.ThreadTs), "failed", "billing");
        await story.CreateRoomAsync("U1", await story.AskAsync("U1", WhatIsWrong));

        foreach (var minutes in (int[])[17, 20, 25])
        {
            await story.PassAsync(TimeSpan.FromMinutes(minutes));
            var answer = await story.AskAsync("U1", WhatIsWrong);
            Says(answer, "billing is failing", "deploy 1.4.1", "Roll billing back");
            // The room that there is is of the same trouble.
            Assert.Contains("join_incident", answer.Blocks.ToString(), StringComparison.Ordinal);
            Says(await story.MentionAsync("U2", "why?", thread.ThreadTs), "billing is failing", "deploy 1.4.1");
            Says(await story.MentionAsync("U2", "and now?", thread.ThreadTs), "billing is failing", "deploy 1.4.1");
            Says(await story.MentionAsync("U2", "is it over?", thread.ThreadTs), "still going on");
            Says(await story.MentionAsync("U2", "which traces?", thread.ThreadTs), "failed", "billing");
            Says(await story.MentionAsync("U2", "what should I do first?", thread.ThreadTs), "billing is failing");
        }

        await story.MendAsync();
        await story.PassAsync(TimeSpan.FromMinutes(2));
        Says(await story.AskAsync("U1", WhatIsWrong), "billing failed", "UTC, over", "deploy 1.4.1");
        Says(await story.MentionAsync("U2", "and now?", thread.ThreadTs), "billing failed", "over");
        Assert.True(_missed.Count == 0, string.Join('\n', _missed));
    }

    // All are looked at before one of them fails the night.
    private void Says(SlackMessage message, params string[] words)
    {
        var heard = message.Text[..Math.Min(Heard, message.Text.Length)];
        output.WriteLine(message.Text + "\n");
        foreach (var word in words.Where(word => !heard.Contains(word, StringComparison.OrdinalIgnoreCase)))
            _missed.Add($"\u201c{word}\u201d in \u201c{heard}\u201d");
    }

    private static SlackChannel Of(IEnumerable<SlackMessage> messages)
    {
        var channel = new SlackChannel
        {
            Id = "D1",
            Name = "what each of them saw",
            Creator = "U1",
        };
        channel.Messages.AddRange(messages);
        return channel;
    }
}
