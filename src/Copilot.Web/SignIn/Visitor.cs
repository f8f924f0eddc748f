using Copilot.Access;
using Copilot.Access.Audit;
using Microsoft.AspNetCore.Components.Authorization;

namespace Copilot.Web.SignIn;

/// <summary>Who sits before this circuit, and the door to everything that a page does: a button that is shown by mistake does nothing. One
/// a
/// circuit.</summary>
public sealed class Visitor(AuthenticationStateProvider states)
{
    public async Task<Caller> CallerAsync() => Caller.Of((await states.GetAuthenticationStateAsync()).User);

    /// <summary>The name of somebody who signed in; null where the reader has to say it.</summary>
    public async Task<string?> NameAsync() =>
        await CallerAsync() is { Kind: not CallerKind.Local, Name.Length: > 0 } caller ? caller.Name : null;

    public async Task<bool> MayAsync(Permission permission) => (await CallerAsync()).May(permission);

    /// <summary>Does it as this visitor, whom the audit log then names.</summary>
    /// <exception cref="NotPermittedException">They may not.</exception>
    public async Task<T> DoAsync<T>(Permission permission, Func<Task<T>> work)
    {
        var caller = await CallerAsync();
        if (!caller.May(permission))
            throw new NotPermittedException(caller, permission);
        AuditActor.Be(new AuditActor(caller.Label, "browser"));
        return await work();
    }

    /// <inheritdoc cref="DoAsync{T}(Permission, Func{Task{T}})"/>
    public Task DoAsync(Permission permission, Func<Task> work) =>
        DoAsync(
            permission,
            async () =>
            {
                await work();
                return true;
            }
        );
}

/// <summary>Somebody may not do what they set out to; the message is for them.</summary>
public sealed class NotPermittedException(Caller caller, Permission permission) : Exception(Told(caller, permission))
{
    public static string Told(Caller caller, Permission permission) =>
        caller.Kind == CallerKind.Nobody
            ? "You are no longer signed in: load the page again."
            : $"You are signed in as {caller.Role?.ToString().ToLowerInvariant() ?? caller.Name}, "
                + $"whose role does not include '{permission.Word()}'.";
}
