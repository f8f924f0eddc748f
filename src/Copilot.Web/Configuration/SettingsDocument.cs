using System.Text;

namespace Copilot.Web.Configuration;

/// <summary>docs/settings.md, written from the table: <c>--settings</c> prints it, and a test holds the file to it.</summary>
public static class SettingsDocument
{
    public static string Write()
    {
        var text = new StringBuilder(
            """
            # Settings

            Nothing has to be set. Each of these is an environment variable (`Retention__HotWindow=6h deploy/run.sh`), an argument
            (`deploy/run.sh --Retention:HotWindow=6h`) or a member of `appsettings.json`; the argument counts before the variable, the
            variable before the file. A value is refused at the start where it cannot be used, with its name and what is allowed, all of
            them at once; nothing is bent into a range, and a name that is no setting is told with the one that was probably meant.

            `NAME` is a name of your own, `0` the first entry of a list, whose next is `1`. Durations are written `250ms`, `30s`, `5m`,
            `2h`, `1h30m`, `14d` or `2 hours`; sizes `64MiB`, `1GiB` (by 1,024), `500MB` (by 1,000) or bytes; shares `1%` or `0.01`;
            what is on or off `true` or `false`.

            This page is what `dotnet src/Copilot.Web/bin/Release/net10.0/Copilot.Web.dll --settings` prints.

            """
        );
        foreach (var section in SettingsTable.Sections)
        {
            text.Append("\n## ").Append(section.Title).Append("\n\n");
            text.Append("| setting | what it does | allowed | without it |\n| --- | --- | --- | --- |\n");
            foreach (var setting in section.Settings.OrderBy(setting => setting.Fine))
            {
                text.Append("| `").Append(setting.Name).Append("` | ").Append(setting.What).Append(" | ");
                text.Append(setting.Form.Briefly).Append(" | ").Append(setting.Without ?? Default(section, setting)).Append(" |\n");
            }
        }

        return text.ToString();
    }

    private static string Default(SettingSection section, Setting setting) =>
        setting.Default(section) is { } value ? $"`{value}`" : "nothing";
}
