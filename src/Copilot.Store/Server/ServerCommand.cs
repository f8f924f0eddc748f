using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Copilot.Store.Server;

/// <summary>One run of a Postgres program, with what it printed.</summary>
internal sealed record ServerCommand(int ExitCode, string Output)
{
    public static async Task<ServerCommand> RunAsync(
        string file,
        IEnumerable<string> arguments,
        TimeSpan timeout,
        CancellationToken cancellationToken,
        IReadOnlyDictionary<string, string?>? environment = null
    )
    {
        // "/" because the unprivileged user may not be allowed into the app's own working folder.
        var start = new ProcessStartInfo(file, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = "/",
        };
        start.Environment["LC_ALL"] = "C";
        start.Environment.Remove("PGDATA");
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
            start.Environment[name] = value;

        using var process = new Process { StartInfo = start };
        var output = new StringBuilder();
        process.OutputDataReceived += (_, line) => Append(output, line.Data);
        process.ErrorDataReceived += (_, line) => Append(output, line.Data);
        try
        {
            process.Start();
        }
        catch (Win32Exception failure)
        {
            throw new StoreException($"{file} could not be started: {failure.Message}", failure);
        }

        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellationToken.ThrowIfCancellationRequested();
            throw new StoreException($"{file} did not finish within {timeout.TotalSeconds:0} seconds. It printed: {Text(output)}");
        }

        return new ServerCommand(process.ExitCode, Text(output));
    }

    private static void Append(StringBuilder output, string? line)
    {
        lock (output)
        {
            if (line is not null && output.Length < 20_000)
                output.AppendLine(line);
        }
    }

    private static string Text(StringBuilder output)
    {
        lock (output)
            return output.ToString().Trim();
    }
}

/// <summary>Who the server runs as: the app's own user, or an unprivileged one when the app is root.</summary>
internal sealed record ServerUser(string? Name, string? GroupId)
{
    private static readonly string[] Passing = ["--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"];
    private static readonly string[] SetPriv = ["/usr/bin/setpriv", "/bin/setpriv"];

    private bool PassesLockedFolders { get; init; }

    public static ServerUser Choose(string runAs)
    {
        if (!Environment.IsPrivilegedProcess)
            return new ServerUser(null, null);
        var entry = File.ReadLines("/etc/passwd")
            .Select(line => line.Split(':'))
            .FirstOrDefault(fields => fields.Length > 3 && fields[0] == runAs);
        if (entry is null)
            throw new StoreException(
                $"Postgres refuses to run as root, and there is no user '{runAs}' to run it as. "
                    + "Create one, name another in Store:RunAs, or start the copilot as an ordinary user."
            );
        if (entry[2] == "0")
            throw new StoreException($"Store:RunAs names '{runAs}', which is root too; Postgres refuses that.");
        return new ServerUser(runAs, entry[3]);
    }

    public Task<ServerCommand> RunAsync(string file, IReadOnlyList<string> arguments, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var command = Command(file, arguments);
        return ServerCommand.RunAsync(command[0], command[1..], timeout, cancellationToken);
    }

    /// <summary>A program and its arguments, to be run by the app and to run as this user.</summary>
    public string[] Command(string file, IEnumerable<string> arguments)
    {
        if (Name is null)
            return [file, .. arguments];
        var setpriv = SetPriv.FirstOrDefault(File.Exists);
        return setpriv is not null
            ?
            [
                setpriv,
                $"--reuid={Name}",
                $"--regid={GroupId}",
                "--init-groups",
                .. PassesLockedFolders ? Passing : [],
                "--",
                file,
                .. arguments,
            ]
            : ["runuser", "-u", Name, "--", file, .. arguments];
    }

    /// <summary>Makes a folder and all in it the server's own.</summary>
    public async Task OwnAsync(string folder, CancellationToken cancellationToken)
    {
        if (Name is null)
            return;
        var done = await ServerCommand.RunAsync("chown", ["-R", $"{Name}:{GroupId}", folder], TimeSpan.FromMinutes(1), cancellationToken);
        if (done.ExitCode != 0)
            throw new StoreException($"{folder} could not be given to the user '{Name}': {done.Output}");
    }

    /// <summary>Makes a folder the server's group's; false where the server runs as the app's own user.</summary>
    public async Task<bool> GiveGroupAsync(string folder, CancellationToken cancellationToken)
    {
        if (Name is null)
            return false;
        var done = await ServerCommand.RunAsync("chgrp", [GroupId!, folder], TimeSpan.FromMinutes(1), cancellationToken);
        return done.ExitCode == 0 ? true : throw new StoreException($"{folder} could not be given to the group of '{Name}': {done.Output}");
    }

    /// <summary>
    /// This user, able to reach the folder. Data under a folder that only root may enter (/root, a mktemp folder) is common;
    /// there the server is lent root's right to pass through folders, and nothing else.
    /// </summary>
    /// <exception cref="StoreException">It cannot be reached; the message names the folder that is in the way.</exception>
    public async Task<ServerUser> ReachingAsync(string folder, CancellationToken cancellationToken)
    {
        if (Name is null || await CanEnterAsync(folder, cancellationToken))
            return this;
        var passing = this with { PassesLockedFolders = true };
        if (SetPriv.Any(File.Exists) && await passing.CanEnterAsync(folder, cancellationToken))
            return passing;

        var locked = folder;
        while (Path.GetDirectoryName(locked) is { } parent && !await CanEnterAsync(parent, cancellationToken))
            locked = parent;
        throw new StoreException(
            $"Postgres runs as the user '{Name}' (it refuses to be root), who may not enter {locked}. "
                + "Choose another data folder (Store:DataFolder, deploy/run.sh --data), or allow entry with chmod o+x."
        );
    }

    private async Task<bool> CanEnterAsync(string folder, CancellationToken cancellationToken) =>
        (await RunAsync("stat", [Path.Combine(folder, ".")], TimeSpan.FromSeconds(20), cancellationToken)).ExitCode == 0;
}
