using System.Globalization;
using System.Text.Json;
using Copilot.Ownership.Catalog;

namespace Copilot.Ownership.Readers;

/// <summary>
/// On-call data: PagerDuty's <c>GET /oncalls</c> and <c>GET /schedules/{id}</c> (rendered entries, so that overrides count), and
/// Opsgenie's <c>GET /v2/schedules/{id}/on-calls</c>, one or a list of them.
/// </summary>
internal static class OnCallReader
{
    public static bool Recognises(JsonElement root) =>
        Parts(root)
            .Any(part =>
                part.ValueKind == JsonValueKind.Object
                && (
                    part.TryGetProperty("oncalls", out _)
                    || part.TryGetProperty("schedule", out _)
                    || part.TryGetProperty("schedules", out _)
                    || IsOpsgenie(part)
                )
            );

    public static CatalogContent Read(CatalogFile file, JsonElement root)
    {
        var shifts = new List<OnCallShift>();
        foreach (var part in Parts(root))
        {
            foreach (var call in List(part, "oncalls"))
                AddPagerDuty(call, file.Path, shifts);
            foreach (var schedule in List(part, "schedules").Append(Member(part, "schedule")))
                AddSchedule(schedule, file.Path, shifts);
            foreach (
                var data in Member(part, "data") is { ValueKind: JsonValueKind.Array } many
                    ? many.EnumerateArray().ToArray()
                    : [Member(part, "data")]
            )
                AddOpsgenie(data, file.Path, shifts);
        }

        return new CatalogContent
        {
            Path = file.Path,
            Kind = CatalogFileKind.OnCall,
            Shifts = shifts,
        };
    }

    private static JsonElement[] Parts(JsonElement root) => root.ValueKind == JsonValueKind.Array ? [.. root.EnumerateArray()] : [root];

    private static bool IsOpsgenie(JsonElement part) =>
        Member(part, "data") switch
        {
            { ValueKind: JsonValueKind.Object } one => one.TryGetProperty("onCallParticipants", out _)
                || one.TryGetProperty("onCallRecipients", out _),
            { ValueKind: JsonValueKind.Array } many => many.EnumerateArray()
                .Any(item =>
                    item.ValueKind == JsonValueKind.Object
                    && (item.TryGetProperty("onCallParticipants", out _) || item.TryGetProperty("onCallRecipients", out _))
                ),
            _ => false,
        };

    private static void AddPagerDuty(JsonElement call, string path, List<OnCallShift> shifts)
    {
        var policy = Member(call, "escalation_policy");
        var schedule = Member(call, "schedule");
        var level =
            Member(call, "escalation_level") is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var value) ? value : 1;
        AddPerson(
            Member(call, "user"),
            Text(policy, "id"),
            Name(policy),
            Text(schedule, "id"),
            Name(schedule),
            level,
            Time(call, "start"),
            Time(call, "end"),
            path,
            shifts
        );
    }

    private static void AddSchedule(JsonElement schedule, string path, List<OnCallShift> shifts)
    {
        foreach (var entry in List(Member(schedule, "final_schedule"), "rendered_schedule_entries"))
        {
            AddPerson(
                Member(entry, "user"),
                null,
                null,
                Text(schedule, "id"),
                Name(schedule),
                LevelOf(Name(schedule)),
                Time(entry, "start"),
                Time(entry, "end"),
                path,
                shifts
            );
        }
    }

    private static void AddOpsgenie(JsonElement data, string path, List<OnCallShift> shifts)
    {
        var parent = Member(data, "_parent");
        foreach (var recipient in List(data, "onCallRecipients").Where(item => item.ValueKind == JsonValueKind.String))
            shifts.Add(
                new OnCallShift(
                    null,
                    null,
                    Text(parent, "id"),
                    Name(parent),
                    1,
                    recipient.GetString()!,
                    recipient.GetString(),
                    null,
                    null,
                    path
                )
            );
        AddParticipants(data, parent, 1, path, shifts);
    }

    private static void AddParticipants(JsonElement holder, JsonElement parent, int level, string path, List<OnCallShift> shifts)
    {
        // Within an escalation, who is told later is of a later level.
        var participants = List(holder, "onCallParticipants");
        var delays = participants.Select(Delay).Distinct().Order().ToList();
        foreach (var participant in participants)
        {
            var own = level + delays.IndexOf(Delay(participant));
            if (Text(participant, "type") is null or "user" && Text(participant, "name") is { } name)
                shifts.Add(
                    new OnCallShift(
                        null,
                        null,
                        Text(parent, "id"),
                        Name(parent),
                        own,
                        name,
                        name.Contains('@', StringComparison.Ordinal) ? name : null,
                        null,
                        null,
                        path
                    )
                );
            else
                AddParticipants(participant, parent, own, path, shifts);
        }
    }

    private static void AddPerson(
        JsonElement user,
        string? policyId,
        string? policyName,
        string? scheduleId,
        string? scheduleName,
        int level,
        DateTimeOffset? start,
        DateTimeOffset? end,
        string path,
        List<OnCallShift> shifts
    )
    {
        var name = Text(user, "name") ?? Text(user, "summary") ?? Text(user, "email");
        if (name is not null)
            shifts.Add(new OnCallShift(policyId, policyName, scheduleId, scheduleName, level, name, Text(user, "email"), start, end, path));
    }

    private static double Delay(JsonElement participant) =>
        Member(participant, "escalationTime") is { ValueKind: JsonValueKind.Number } minutes ? minutes.GetDouble() : 0;

    /// <summary>A schedule has no level; where its name tells one, that is it.</summary>
    private static int LevelOf(string? schedule)
    {
        var words = (schedule ?? "").Split([' ', '_', '-', '.', '/', ':', '(', ')'], StringSplitOptions.RemoveEmptyEntries);
        return words.Contains("tertiary", StringComparer.OrdinalIgnoreCase) ? 3
            : words.Contains("secondary", StringComparer.OrdinalIgnoreCase) ? 2
            : 1;
    }

    private static string? Name(JsonElement element) => Text(element, "summary") ?? Text(element, "name");

    private static JsonElement Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;

    private static JsonElement[] List(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray()] : [];

    private static string? Text(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.String } text && text.GetString() is { Length: > 0 } value ? value : null;

    private static DateTimeOffset? Time(JsonElement element, string name) =>
        DateTimeOffset.TryParse(Text(element, name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : null;
}
