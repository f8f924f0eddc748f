using Copilot.Diagnosis.Investigations;
using Copilot.Incidents;
using Copilot.Incidents.Proposals;
using Copilot.Slack.Api;
using Copilot.Telemetry.Text;

namespace Copilot.Slack.Rooms;

/// <summary>Tells what the watch found in one channel: at most one post every few minutes, rewritten when another cause is known and when
/// it is
/// over. That it is over is said below it too: rewriting makes nobody's phone ring.</summary>
internal sealed class SlackInvestigations(
    SlackApi api,
    SlackPosts posts,
    IProposals proposals,
    SlackOptions slack,
    IncidentsOptions options,
    TimeProvider time
) : IInvestigationChannel
{
    /// <summary>What the key of a finding's post begins with; its id follows.</summary>
    public const string KeyStart = "finding/";

    private DateTimeOffset _lastPost = DateTimeOffset.MinValue;

    public string Name => SlackRoom.PortName;

    public bool IsConfigured => !string.IsNullOrWhiteSpace(slack.FindingsChannel);

    public Task<string> OpenAsync(Investigation investigation, bool inDoubt, CancellationToken cancellationToken) =>
        SlackCall.AsRoomAsync(async () =>
        {
            var key = KeyStart + investigation.Id;
            if (
                inDoubt && await posts.FindAsync(slack.FindingsChannel!, null, key, investigation.OpenedAt, cancellationToken) is { } posted
            )
                return posted;
            var pause = _lastPost + SlackTelling.BetweenPosts - time.GetUtcNow();
            if (pause > TimeSpan.Zero)
                throw new DeliveryBusyException(pause, "The channel was told of another finding just now.");
            var told = await ToldAsync(investigation, cancellationToken);
            var ts = await posts.SendAsync(slack.FindingsChannel!, null, key, told.Text, told.Blocks, cancellationToken);
            _lastPost = time.GetUtcNow();
            return ts;
        });

    public Task UpdateAsync(Investigation investigation, string reference, CancellationToken cancellationToken) =>
        SlackCall.AsRoomAsync(async () =>
        {
            var text = await RewriteAsync(investigation, reference, cancellationToken);
            if (investigation.ClosedAt is { } closed)
                await CloseAsync(investigation, closed, reference, text, cancellationToken);
            return true;
        });

    /// <summary>Brings a post up to date without a word to anybody.</summary>
    /// <returns>What it says now.</returns>
    public async Task<string> RewriteAsync(Investigation investigation, string reference, CancellationToken cancellationToken)
    {
        var told = await ToldAsync(investigation, cancellationToken);
        await api.DoAsync(
            "chat.update",
            new
            {
                channel = slack.FindingsChannel,
                ts = reference,
                text = told.Text,
                blocks = told.Blocks,
            },
            cancellationToken
        );
        return told.Text;
    }

    // Whoever wrote below the post is told by it.
    private async Task CloseAsync(
        Investigation investigation,
        DateTimeOffset closed,
        string reference,
        string text,
        CancellationToken cancellationToken
    )
    {
        var key = FormattableString.Invariant($"{KeyStart}{investigation.Id}/over/{closed.UtcTicks}");
        if (await posts.FindAsync(slack.FindingsChannel!, reference, key, closed, cancellationToken) is null)
            await posts.SendAsync(slack.FindingsChannel!, reference, key, text, [], cancellationToken);
    }

    private async Task<(string Text, IReadOnlyList<object> Blocks)> ToldAsync(
        Investigation investigation,
        CancellationToken cancellationToken
    )
    {
        var proposal = investigation.Answer is { } diagnosis ? await proposals.ProposeAsync(diagnosis, cancellationToken) : null;
        var blocks = new List<object>();
        string text;
        if (proposal is not null && (proposal.Causes.Count > 0 || proposal.Affected.Count > 0))
        {
            var head = new TroubleHead(proposal, investigation.Window.From, investigation.ClosedAt, investigation.IsOpen);
            text = $"{proposal.Severity.Word()} {head.Notification()}";
            blocks.AddRange(Block.Sections(head.Markdown(), options.PublicUrl, SlackTelling.StatusSections, investigation.Window.From));
        }
        else
        {
            text = $"{Hostile.Line(investigation.Cause, 80)}, {investigation.KindWord}{(investigation.IsOpen ? "" : ": over")}";
            blocks.Add(Block.Section(Plain(investigation)));
        }

        blocks.Add(
            Block.Context(
                FormattableString.Invariant($"found by the watch · confidence {investigation.Confidence * 100:0} %")
                    + (investigation.ClosedAt is { } closed ? $" · over since {SlackClock.At(closed)}" : "")
            )
        );
        if (Buttons(investigation, proposal).ToArray() is { Length: > 0 } buttons)
            blocks.Add(Block.Actions("finding", buttons));
        return (Block.Cut(Mrkdwn.Escape(text), SlackTelling.Fallback), blocks);
    }

    private static string Plain(Investigation investigation) =>
        (investigation.ClosedAt is { } closed ? $"Over since {SlackClock.At(closed)}. " : "")
        + Mrkdwn.Of(
            FormattableString.Invariant(
                $"**{Hostile.Code(investigation.Cause, 80)}** since {investigation.Window.From.UtcDateTime:HH:mm} UTC: "
            ) + Hostile.Markdown(investigation.Summary, 1200),
            null,
            investigation.Window.From
        );

    private IEnumerable<object> Buttons(Investigation investigation, IncidentProposal? proposal)
    {
        if (investigation.IsOpen && proposal?.Existing is { } existing)
            yield return Block.Button(IncidentDialog.JoinAction, "Join the incident", existing, primary: true);
        else if (investigation.IsOpen)
            yield return Block.Button(IncidentDialog.FindingAction, "Create incident room…", investigation.Id, primary: true);
        if (options.PublicUrl is { } site)
            yield return Block.LinkButton(
                "open_browser",
                "Open in the browser",
                new Uri(site, $"/investigations/{Uri.EscapeDataString(investigation.Id)}")
            );
    }
}
