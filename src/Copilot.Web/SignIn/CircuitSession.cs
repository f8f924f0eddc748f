using Copilot.Access;
using Copilot.Access.Keys;
using Copilot.Access.Sessions;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace Copilot.Web.SignIn;

/// <summary>
/// Who sits before an open page. A circuit outlives the request that opened it, and with it what that request knew: it is looked up again
/// now and then, and at once where the session ends on this instance.
/// </summary>
internal sealed class CircuitSession : RevalidatingServerAuthenticationStateProvider
{
    private readonly SessionStore _sessions;
    private readonly SessionEnds _ends;
    private readonly KeyRing _keys;
    private readonly SignInOptions _options;
    private readonly TimeProvider _time;

    public CircuitSession(
        ILoggerFactory loggers,
        SessionStore sessions,
        SessionEnds ends,
        KeyRing keys,
        SignInOptions options,
        TimeProvider time
    )
        : base(loggers)
    {
        (_sessions, _ends, _keys, _options, _time) = (sessions, ends, keys, options, time);
        _ends.Ended += OnEnded;
    }

    protected override TimeSpan RevalidationInterval => _options.CheckEvery;

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState state, CancellationToken cancellationToken)
    {
        var caller = Caller.Of(state.User);
        if (caller.Until is { } until && until <= _time.GetUtcNow())
            return false;
        return caller switch
        {
            { Kind: CallerKind.Local } => true,
            { Kind: CallerKind.Key } => _keys.IsGood(caller.Id),
            // A role that was taken away is taken away here too.
            { Session: { } session } => await _sessions.FindAsync(session, cancellationToken) is { } now && now.Role == caller.Role,
            { Kind: CallerKind.Person } => true,
            _ => false,
        };
    }

    protected override void Dispose(bool disposing)
    {
        _ends.Ended -= OnEnded;
        base.Dispose(disposing);
    }

    private void OnEnded(string session) => _ = EndAsync(session);

    private async Task EndAsync(string session)
    {
        if (Caller.Of((await GetAuthenticationStateAsync()).User).Session == session)
            SetAuthenticationState(Task.FromResult(new AuthenticationState(Caller.Nobody.ToPrincipal(""))));
    }
}
