using System.Security.Cryptography;
using System.Text;
using Copilot.Store;
using Copilot.Store.Access;
using Microsoft.EntityFrameworkCore;

namespace Copilot.Access.Sessions;

/// <summary>Who is signed in. The cookie carries a random value and nothing that counts: what a session is worth stands in the
/// store.</summary>
public sealed class SessionStore(IDbContextFactory<CopilotContext> contexts, SessionEnds ends, SignInOptions options, TimeProvider time)
{
    private const int SecretBytes = 32;

    /// <returns>What the cookie carries.</returns>
    public async Task<string> BeginAsync(SignedIn person, CancellationToken cancellationToken)
    {
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes));
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.Set<SignInSessionRow>().Where(row => row.ExpiresAt < now).ExecuteDeleteAsync(cancellationToken);
        context.Add(
            new SignInSessionRow
            {
                Id = Hash(secret),
                Subject = person.Subject,
                Name = person.Name,
                Groups = [.. person.Groups],
                StartedAt = now,
                ExpiresAt = now + options.SessionsLast,
            }
        );
        await context.SaveChangesAsync(cancellationToken);
        return secret;
    }

    /// <summary>The person; null where the session has ended, or their groups no longer have a role.</summary>
    public async Task<Caller?> FindAsync(string secret, CancellationToken cancellationToken)
    {
        var (id, now) = (Hash(secret), time.GetUtcNow());
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await context
            .Set<SignInSessionRow>()
            .AsNoTracking()
            .FirstOrDefaultAsync(row => row.Id == id && row.ExpiresAt > now, cancellationToken);
        if (row is null || options.RoleOf(row.Groups) is not { } role)
            return null;
        return Caller.Person(row.Subject, row.Name, role) with { Session = secret, Until = row.ExpiresAt };
    }

    /// <summary>Signs out: every page that is open on this session is told.</summary>
    public async Task EndAsync(string secret, CancellationToken cancellationToken)
    {
        var id = Hash(secret);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.Set<SignInSessionRow>().Where(row => row.Id == id).ExecuteDeleteAsync(cancellationToken);
        ends.Tell(secret);
    }

    private static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
