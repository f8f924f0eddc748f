using System.Globalization;
using System.Text;
using Copilot.Diagnosis.Diagnoses;
using Copilot.Telemetry.Text;

namespace Copilot.Incidents.Proposals;

/// <summary>Names of rooms: lower-case letters, digits and hyphens, at most 80 characters, telling when and where at a glance.</summary>
internal static class RoomName
{
    public static string For(WindowDiagnosis diagnosis)
    {
        var what =
            diagnosis.Causes is [var cause, ..] ? $"{cause.Service} {cause.Kind.Word()}"
            : diagnosis.Affected is [var first, ..] ? first.Service
            : "check";
        return Of($"inc {diagnosis.Window.From.UtcDateTime.ToString("yyyyMMdd HHmm", CultureInfo.InvariantCulture)} {what}");
    }

    public static string Of(string text)
    {
        var name = new StringBuilder();
        foreach (var character in text.ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(character))
                name.Append(character);
            else if (name.Length > 0 && name[^1] != '-')
                name.Append('-');
            if (name.Length == ProposalThresholds.LongestRoomName)
                break;
        }

        return name.ToString().Trim('-');
    }
}
