using System.Text.Json;
using System.Text.RegularExpressions;

namespace Copilot.Slack.Tests.Double;

/// <summary>What the double's workspace holds, and the Web API's methods on it, with Slack's own errors.</summary>
internal sealed partial class SlackWorkspace
{
    public const string Bot = "U00000BOT";

    private readonly Dictionary<string, DateTimeOffset> _triggers = [];
    private int _clock = 1;

    public List<SlackChannel> Channels { get; } = [];

    public List<SlackUser> Users { get; } = [];

    public List<JsonElement> Views { get; } = [];

    public SlackChannel Channel(string id) => Channels.Find(channel => channel.Id == id) ?? throw new SlackRefusal("channel_not_found");

    public object Create(JsonElement arguments)
    {
        var name = Text(arguments, "name") ?? throw new SlackRefusal("invalid_name_required");
        if (arguments.TryGetProperty("is_private", out var hidden) && hidden.ValueKind == JsonValueKind.True)
            throw new SlackRefusal("missing_scope") { Needed = "groups:write", Provided = "channels:manage" };
        if (name.Length == 0)
            throw new SlackRefusal("invalid_name_required");
        if (name.Length > 80)
            throw new SlackRefusal("invalid_name_maxlength");
        if (!NameRule().IsMatch(name))
            throw new SlackRefusal("invalid_name_specials");
        if (!name.Any(char.IsAsciiLetterOrDigit))
            throw new SlackRefusal("invalid_name_punctuation");
        if (Channels.Exists(channel => channel.Name == name))
            throw new SlackRefusal("name_taken");
        Channels.Add(
            new SlackChannel
            {
                Id = $"C{Guid.NewGuid().ToString("N")[..8].ToUpperInvariant()}",
                Name = name,
                Creator = Bot,
                Created = DateTimeOffset.UtcNow.ToUnixTimeSeconds(),
                Members = { Bot },
            }
        );
        return new { ok = true, channel = Channels[^1].Shape() };
    }

    public object SetTopic(JsonElement arguments, bool purpose)
    {
        var channel = Joined(arguments);
        var text = arguments.GetProperty(purpose ? "purpose" : "topic").GetString()!;
        if (text.Length > 250)
            throw new SlackRefusal("too_long");
        if (purpose)
            channel.Purpose = text;
        else
            channel.Topic = text;
        channel.Messages.Add(new SlackMessage { Ts = NextTs(), Text = purpose ? "set the purpose" : "set the topic" });
        return new { ok = true, channel = channel.Shape() };
    }

    public object Invite(JsonElement arguments)
    {
        var channel = Joined(arguments);
        var ids = arguments.GetProperty("users").GetString()!.Split(',');
        if (ids.Length > 100)
            throw new SlackRefusal("too_many_users");
        var force = arguments.TryGetProperty("force", out var flag) && flag.ValueKind == JsonValueKind.True;
        var refused = ids.Select(id => (Id: id, Error: RefusalOf(channel, id)))
            .Where(item => item.Error is not null)
            .Select(item => new
            {
                ok = false,
                error = item.Error,
                user = item.Id,
            })
            .ToArray();
        var valid = ids.Where(id => RefusalOf(channel, id) is null).ToArray();
        if (refused.Length > 0 && (!force || valid.Length == 0))
            throw new SlackRefusal(refused[0].error!) { Errors = refused };
        channel.Members.AddRange(valid);
        channel.Invitations.AddRange(valid);
        return refused.Length == 0
            ? new { ok = true, channel = channel.Shape() }
            : new
            {
                ok = true,
                channel = channel.Shape(),
                errors = refused,
            };
    }

    /// <summary>What is said below a thread while an answer is coming: channel, thread, words.</summary>
    public List<(string Channel, string Thread, string Status)> Statuses { get; } = [];

    /// <summary>Private messages, in order.</summary>
    public List<SlackWhisper> Whispers { get; } = [];

    public object SetStatus(JsonElement arguments)
    {
        var channel = Joined(arguments, "channel_id");
        var thread = Text(arguments, "thread_ts") ?? throw new SlackRefusal("invalid_arguments");
        if (!ThreadTime().IsMatch(thread))
            throw new SlackRefusal("invalid_thread_ts");
        Statuses.Add((channel.Id, thread, Text(arguments, "status") ?? throw new SlackRefusal("invalid_arguments")));
        return new { ok = true };
    }

    /// <summary>A person's id stands for the direct message with them.</summary>
    private SlackChannel Place(string id)
    {
        if (!Users.Exists(user => user.Id == id))
            return Channel(id);
        if (Channels.Find(channel => channel.Id == "D" + id) is { } open)
            return open;
        Channels.Add(
            new SlackChannel
            {
                Id = "D" + id,
                Name = id,
                Creator = Bot,
                Private = true,
                Members = { Bot, id },
            }
        );
        return Channels[^1];
    }

    public object Post(JsonElement arguments, IReadOnlySet<string> granted)
    {
        var channel = Place(arguments.GetProperty("channel").GetString()!);
        if (channel.Archived)
            throw new SlackRefusal("is_archived");
        if (!channel.Members.Contains(Bot) && (channel.Private || !granted.Contains("chat:write.public")))
            throw new SlackRefusal("not_in_channel");
        if (Text(arguments, "thread_ts") is { } thread && !ThreadTime().IsMatch(thread))
            throw new SlackRefusal("invalid_thread_ts");
        CheckMessage(arguments);
        var message = new SlackMessage
        {
            Ts = NextTs(),
            ThreadTs = Text(arguments, "thread_ts"),
            Text = Text(arguments, "text") ?? "",
            Blocks = arguments.TryGetProperty("blocks", out var blocks) ? blocks.Clone() : default,
            Attachments = arguments.TryGetProperty("attachments", out var attachments) ? attachments.Clone() : default,
            Metadata = arguments.TryGetProperty("metadata", out var metadata) ? metadata.Clone() : default,
        };
        channel.Messages.Add(message);
        return new
        {
            ok = true,
            channel = channel.Id,
            ts = message.Ts,
            message = message.Shape(),
        };
    }

    public object PostEphemeral(JsonElement arguments)
    {
        var channel = Joined(arguments);
        if (!channel.Members.Contains(Text(arguments, "user") ?? ""))
            throw new SlackRefusal("user_not_in_channel");
        CheckMessage(arguments);
        Whispers.Add(
            new SlackWhisper(
                channel.Id,
                Text(arguments, "user")!,
                Text(arguments, "text") ?? "",
                arguments.TryGetProperty("blocks", out var blocks) ? blocks.Clone() : default
            )
        );
        return new { ok = true, message_ts = NextTs() };
    }

    /// <summary>A message and the replies to it.</summary>
    public IEnumerable<object> Thread(JsonElement arguments)
    {
        var channel = Channel(arguments.GetProperty("channel").GetString()!);
        var ts = Text(arguments, "ts") ?? throw new SlackRefusal("invalid_arguments");
        var messages = channel.Messages.Where(message => message.Ts == ts || message.ThreadTs == ts).ToArray();
        return messages.Length > 0 ? messages.Select(message => message.Shape()) : throw new SlackRefusal("thread_not_found");
    }

    /// <summary>What a click carries: good for one dialog within three seconds.</summary>
    public string NewTrigger(TimeSpan age = default)
    {
        var trigger = FormattableString.Invariant($"{_clock++}.1.{Guid.NewGuid():N}");
        lock (_triggers)
            _triggers.Add(trigger, DateTimeOffset.UtcNow - age);
        return trigger;
    }

    public object Info(string id)
    {
        var user = Users.Find(item => item.Id == id) ?? throw new SlackRefusal("user_not_found");
        return new
        {
            ok = true,
            user = new
            {
                id = user.Id,
                name = user.Name,
                tz = user.Zone,
                profile = new { email = user.Email },
            },
        };
    }

    public object Update(JsonElement arguments)
    {
        var channel = Channel(arguments.GetProperty("channel").GetString()!);
        CheckMessage(arguments);
        var message =
            channel.Messages.Find(item => item.Ts == arguments.GetProperty("ts").GetString())
            ?? throw new SlackRefusal("message_not_found");
        message.Text = Text(arguments, "text") ?? "";
        message.Updates++;
        message.Blocks = arguments.TryGetProperty("blocks", out var blocks) ? blocks.Clone() : default;
        return new
        {
            ok = true,
            channel = channel.Id,
            ts = message.Ts,
            text = message.Text,
        };
    }

    public object Pin(JsonElement arguments)
    {
        var channel = Joined(arguments);
        var ts = arguments.GetProperty("timestamp").GetString()!;
        if (!channel.Messages.Exists(message => message.Ts == ts))
            throw new SlackRefusal("message_not_found");
        if (channel.Pins.Contains(ts))
            throw new SlackRefusal("already_pinned");
        channel.Pins.Add(ts);
        return new { ok = true };
    }

    public object Bookmark(JsonElement arguments)
    {
        var channel = Channel(arguments.GetProperty("channel_id").GetString()!);
        if (
            Text(arguments, "type") != "link"
            || Text(arguments, "title") is null
            || !Uri.IsWellFormedUriString(Text(arguments, "link"), UriKind.Absolute)
        )
            throw new SlackRefusal("invalid_arguments");
        channel.Bookmarks.Add(Text(arguments, "link")!);
        return new
        {
            ok = true,
            bookmark = new
            {
                id = "Bk1",
                channel_id = channel.Id,
                link = channel.Bookmarks[^1],
            },
        };
    }

    public object OpenView(JsonElement arguments)
    {
        var trigger = Text(arguments, "trigger_id") ?? throw new SlackRefusal("invalid_arguments");
        lock (_triggers)
        {
            if (!_triggers.TryGetValue(trigger, out var made))
                throw new SlackRefusal("invalid_trigger_id");
            if (made == DateTimeOffset.MinValue)
                throw new SlackRefusal("trigger_exchanged");
            if (DateTimeOffset.UtcNow - made > TimeSpan.FromSeconds(3))
                throw new SlackRefusal("expired_trigger_id");
            _triggers[trigger] = DateTimeOffset.MinValue;
        }

        var view = arguments.GetProperty("view");
        var errors = BlockRules.Check(view.GetProperty("blocks"), 100);
        if (
            errors.Count > 0
            || Text(view, "type") != "modal"
            || view.GetProperty("title").GetProperty("text").GetString()!.Length > 24
            || (Text(view, "private_metadata")?.Length ?? 0) > 3000
        )
        {
            throw new SlackRefusal("invalid_arguments") { Messages = errors };
        }

        Views.Add(view.Clone());
        return new { ok = true, view = new { id = $"V{Views.Count}", type = "modal" } };
    }

    public object LookupByEmail(string email)
    {
        var user = Users.Find(item => item.Email == email) ?? throw new SlackRefusal("users_not_found");
        return new
        {
            ok = true,
            user = new
            {
                id = user.Id,
                name = user.Name,
                profile = new { email = user.Email },
            },
        };
    }

    private static void CheckMessage(JsonElement arguments)
    {
        if (string.IsNullOrEmpty(Text(arguments, "text")) && !arguments.TryGetProperty("blocks", out _))
            throw new SlackRefusal("no_text");
        if (Text(arguments, "text") is { Length: > 40_000 })
            throw new SlackRefusal("msg_too_long");
        var errors = BlockRules.Check(arguments.TryGetProperty("blocks", out var blocks) ? blocks : default, 50);
        if (errors.Count > 0)
            throw new SlackRefusal("invalid_blocks") { Messages = errors };
    }

    private SlackChannel Joined(JsonElement arguments, string name = "channel")
    {
        var channel = Channel(arguments.GetProperty(name).GetString()!);
        if (channel.Archived)
            throw new SlackRefusal("is_archived");
        return channel.Members.Contains(Bot) ? channel : throw new SlackRefusal("not_in_channel");
    }

    private string? RefusalOf(SlackChannel channel, string id)
    {
        if (id == Bot)
            return "cant_invite_self";
        if (Users.Find(user => user.Id == id) is not { } known)
            return "user_not_found";
        return channel.Members.Contains(id) ? "already_in_channel" : known.Refusal;
    }

    private string NextTs() => FormattableString.Invariant($"{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}.{_clock++:000000}");

    private static string? Text(JsonElement arguments, string name) =>
        arguments.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    [GeneratedRegex(@"^\d+\.\d+$")]
    private static partial Regex ThreadTime();

    [GeneratedRegex("^[a-z0-9_-]+$")]
    private static partial Regex NameRule();
}
