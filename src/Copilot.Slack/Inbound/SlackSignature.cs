using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Copilot.Slack.Inbound;

/// <summary>Tells whether a request comes from Slack, by its signature over the raw body, and is not a replay.</summary>
public static class SlackSignature
{
    /// <param name="timestamp">The header X-Slack-Request-Timestamp.</param>
    /// <param name="signature">The header X-Slack-Signature.</param>
    /// <param name="body">The bytes as they came, before any reading.</param>
    public static bool IsValid(string? secret, string? timestamp, string? signature, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        if (
            string.IsNullOrEmpty(secret)
            || signature is null
            || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || Math.Abs(now.ToUnixTimeSeconds() - seconds) > SlackLimits.Signature.TotalSeconds
        )
        {
            return false;
        }

        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hmac.AppendData(Encoding.UTF8.GetBytes($"v0:{timestamp}:"));
        hmac.AppendData(body);
        var expected = Encoding.ASCII.GetBytes("v0=" + Convert.ToHexStringLower(hmac.GetHashAndReset()));
        return CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(signature));
    }
}
