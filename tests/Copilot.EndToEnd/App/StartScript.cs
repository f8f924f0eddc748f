using System.Diagnostics;

namespace Copilot.EndToEnd.App;

/// <summary>deploy/run.sh itself in a folder of its own, with a dotnet that says what a build, an app and a shop would.</summary>
internal sealed class StartScript : IDisposable
{
    private const UnixFileMode Executable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly string _folder = Directory.CreateTempSubdirectory("copilot-run-").FullName;

    public StartScript()
    {
        foreach (var name in new[] { "deploy", "bin", "src/Copilot.Web/obj", "build", "migrations", "prompts" })
            Directory.CreateDirectory(Path.Combine(_folder, name));
        foreach (var name in new[] { "Directory.Build.props", "Directory.Packages.props", "global.json", ".editorconfig" })
            File.WriteAllText(Path.Combine(_folder, name), "");
        foreach (var script in Directory.EnumerateFiles(Path.Combine(Repository.Root, "deploy"), "*.sh"))
            File.Copy(script, Path.Combine(_folder, "deploy", Path.GetFileName(script)));
        // The app ends when the shop has spoken, where there is none and at once where it is to crash.
        Program(
            "dotnet",
            """
            case $1 in
              *Copilot.Web.dll) echo "app: $WORDS"; [ -z "$CRASH" ] || exit 7; echo Ready.; case " $* " in *" --empty "*) sleep 1 ;; *) read -r _ <"$TURN" ;; esac ;;
              *Copilot.Demo.dll) echo "shop: $WORDS"; echo over >"$TURN" ;;
            esac
            """
        );
        // Something answers on the port, whoever it is: that alone says nothing of the app.
        Program("curl", "true");
        using var pipe = Process.Start("mkfifo", [Path.Combine(_folder, "turn")]);
        pipe.WaitForExit();
    }

    public string Data => Path.Combine(_folder, "kept", "data");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>The exit code and the lines that it printed.</summary>
    public Task<(int Code, string[] Output)> RunAsync(string words, bool crash, params string[] arguments) =>
        RunAsync(["WORDS=" + words, "CRASH=" + (crash ? "yes" : ""), Path.Combine(_folder, "deploy", "run.sh"), .. arguments]);

    /// <summary>A command line as a document has it, on ports that are free and a folder of its own.</summary>
    public Task<(int Code, string[] Output)> RunAsync(string shell)
    {
        var command = shell.Replace("/tmp/copilot", Data, StringComparison.Ordinal).Split('#')[0].TrimEnd();
        // Of an option that is given twice the last counts.
        return RunAsync(["WORDS=", "CRASH=", "bash", "-c", $"cd '{_folder}'; {command} --port {FreePorts.Take()} --data '{Data}'"]);
    }

    private async Task<(int Code, string[] Output)> RunAsync(string[] command)
    {
        await using var script = ChildProcess.Start(
            "env",
            [
                $"PATH={Path.Combine(_folder, "bin")}:{Environment.GetEnvironmentVariable("PATH")}",
                "ConnectionStrings__Copilot=Host=nowhere",
                $"TURN={Path.Combine(_folder, "turn")}",
                .. command,
            ]
        );
        var code = await script.WaitAsync(TimeSpan.FromMinutes(2));
        return (code, script.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    private void Program(string name, string script)
    {
        var path = Path.Combine(_folder, "bin", name);
        File.WriteAllText(path, "#!/usr/bin/env bash\n" + script + "\n");
        File.SetUnixFileMode(path, Executable);
    }
}
