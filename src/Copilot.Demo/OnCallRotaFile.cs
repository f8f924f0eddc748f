using System.Globalization;
using System.Text.Json;

namespace Copilot.Demo;

/// <summary>Who is on call this week, in the shape of PagerDuty's <c>GET /oncalls</c>.</summary>
internal static class OnCallRotaFile
{
    private static readonly (string Team, string Primary, string Secondary)[] Teams =
    [
        ("storefront", "Marta Lindqvist", "Paul Okafor"),
        ("mobile", "Yuki Tanabe", "Elena Petrova"),
        ("money", "Ines Moreau", "David Osei"),
        ("warehouse", "Tomasz Wrona", "Leila Haddad"),
        ("discovery", "Sven Aalto", "Priya Raman"),
        ("identity", "Nora Fischer", "Mateus Silva"),
    ];

    public static string Json(DateTimeOffset now)
    {
        var from = now.AddDays(-3).ToString("yyyy-MM-ddT08:00:00Z", CultureInfo.InvariantCulture);
        var to = now.AddDays(4).ToString("yyyy-MM-ddT08:00:00Z", CultureInfo.InvariantCulture);
        var turns = Teams.SelectMany(t => new[] { (t.Team, Name: t.Primary, Level: 1), (t.Team, Name: t.Secondary, Level: 2) });
        return JsonSerializer.Serialize(
            new
            {
                oncalls = turns.Select(t => new
                {
                    escalation_policy = new
                    {
                        id = $"P-{t.Team}",
                        type = "escalation_policy_reference",
                        summary = $"{t.Team} escalation",
                    },
                    escalation_level = t.Level,
                    schedule = new
                    {
                        id = $"S-{t.Team}-{t.Level}",
                        type = "schedule_reference",
                        summary = $"{t.Team} {(t.Level == 1 ? "primary" : "secondary")}",
                    },
                    user = new
                    {
                        id = $"U-{t.Team}-{t.Level}",
                        type = "user",
                        summary = t.Name,
                        name = t.Name,
                        email = Mail(t.Name),
                    },
                    start = from,
                    end = to,
                }),
            }
        );
    }

    private static string Mail(string name) => name.ToLowerInvariant().Replace(' ', '.') + "@alpine.example";
}
