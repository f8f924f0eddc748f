namespace Copilot.Store.Server;

/// <summary>Who the server runs as: the app's own user, or an unprivileged one when the app is root.</summary>
internal sealed record ServerUser(string? Name, string? GroupId)
{
    private static readonly string[] SetPriv = ["/usr/bin/setpriv", "/bin/setpriv"];

    public static ServerUser Choose(string runAs)
    {
        if (!Environment.IsPrivilegedProcess) return new ServerUser(null, null);
        var entry = File.ReadLines("/etc/passwd").Select(line => line.Split(':')).FirstOrDefault(fields => fields.Length > 3 && fields[0] == runAs);
        if (entry is null)
            throw new StoreException(
                $"Postgres refuses to run as root, and there is no user '{runAs}' to run it as. "
                + "Create one, name another in Store:RunAs, or start the copilot as an ordinary user.");
        if (entry[2] == "0") throw new StoreException($"Store:RunAs names '{runAs}', which is root too; Postgres refuses that.");
        return new ServerUser(runAs, entry[3]);
    }

    public Task<ServerCommand> RunAsync(string file, IReadOnlyList<string> arguments, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (Name is null) return ServerCommand.RunAsync(file, arguments, timeout, cancellationToken);
        var setpriv = SetPriv.FirstOrDefault(File.Exists);
        var (dropper, leading) = setpriv is not null
            ? (setpriv, new[] { $"--reuid={Name}", $"--regid={GroupId}", "--init-groups", "--" })
            : ("runuser", ["-u", Name, "--"]);
        return ServerCommand.RunAsync(dropper, [.. leading, file, .. arguments], timeout, cancellationToken);
    }

    /// <summary>Makes a folder and all in it the server's own.</summary>
    public async Task OwnAsync(string folder, CancellationToken cancellationToken)
    {
        if (Name is null) return;
        var done = await ServerCommand.RunAsync("chown", ["-R", $"{Name}:{GroupId}", folder], TimeSpan.FromMinutes(1), cancellationToken);
        if (done.ExitCode != 0) throw new StoreException($"{folder} could not be given to the user '{Name}': {done.Output}");
    }

    /// <summary>Fails with the folder that stops the server's user from reaching its data.</summary>
    public async Task MustReachAsync(string folder, CancellationToken cancellationToken)
    {
        if (Name is null) return;
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            var tried = await RunAsync("test", ["-x", at.FullName], TimeSpan.FromSeconds(20), cancellationToken);
            if (tried.ExitCode == 0) return;
            if (at.Parent is { } parent && (await RunAsync("test", ["-x", parent.FullName], TimeSpan.FromSeconds(20), cancellationToken)).ExitCode == 0)
                throw new StoreException(
                    $"Postgres runs as the user '{Name}' (it refuses to be root), who may not enter {at.FullName}. "
                    + "Choose another data folder (Store:DataFolder, deploy/run.sh --data), or allow entry with chmod o+x.");
        }
    }
}
