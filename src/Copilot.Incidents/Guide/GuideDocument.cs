using System.Text.Json.Serialization;

namespace Copilot.Incidents.Guide;

/// <summary>A guide as its sections and steps. Where it leaves the product it is Markdown, in JSON too: a digest is of what was
/// read.</summary>
[JsonConverter(typeof(GuideMarkdownConverter))]
public sealed record GuideDocument(IReadOnlyList<GuideSection> Sections)
{
    /// <summary>What there is to do, in its order.</summary>
    public IEnumerable<GuideStep> Steps => Sections.SelectMany(section => section.Steps);

    public string Markdown => GuideMarkdown.Of(this);

    /// <summary>What there is to do against the harm, in its order; not how one sees that it is over.</summary>
    public IEnumerable<GuideStep> ToDo =>
        Sections.Where(section => section.Heading != GuideSection.Recovery).SelectMany(section => section.Steps);

    /// <summary>Of sections whose steps have no numbers yet.</summary>
    public static GuideDocument Of(IEnumerable<GuideSection> sections)
    {
        var number = 0;
        return new GuideDocument([
            .. sections.Select(section => section with { Steps = [.. section.Steps.Select(step => step with { Number = number++ })] }),
        ]);
    }
}

/// <summary>Text, and steps below it.</summary>
public sealed record GuideSection
{
    /// <summary>The heading of the steps that show that it is over.</summary>
    public const string Recovery = "It worked when";

    /// <summary>The heading of what to do before anything else.</summary>
    public const string First = "Do first";

    /// <summary>The heading of what to tell others, and where.</summary>
    public const string Tell = "Tell";

    /// <summary>Markdown; null where the section goes on without one.</summary>
    public string? Heading { get; init; }

    /// <summary>Of the heading: 2, or 3 for what belongs to the section before.</summary>
    public int Level { get; init; } = 2;

    /// <summary>Whole lines of Markdown, ends included; empty where there are steps alone.</summary>
    public string Text { get; init; } = "";

    public IReadOnlyList<GuideStep> Steps { get; init; } = [];
}

/// <summary>One thing to do.</summary>
/// <param name="Text">Markdown.</param>
/// <param name="Command">Text to copy; never run by the product. Null where telemetry does not hold what it needs.</param>
/// <param name="Source">Where the step comes from, a runbook's file name or the kind of cause; null where that goes without saying.</param>
public sealed record GuideStep(string Text, string? Command, string? Source)
{
    /// <summary>What its tick is kept by, from 0.</summary>
    public int Number { get; init; }
}
