using System.Globalization;
using System.Text;

namespace Copilot.Ingest.Tests.Noise;

/// <summary>Spoils bytes as broken senders and hostile ones do. The same seed spoils the same way.</summary>
internal sealed class Mutation(Random random)
{
    private static readonly byte[][] Oddities =
    [
        [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1],
        [0x80, 0x80, 0x80, 0x80, 0x10],
        [0, 0, 0, 0, 0, 0, 0, 0],
        [0xC3, 0x28],
        [0xED, 0xA0, 0x80],
        "\\ud800"u8.ToArray(),
        "\\u0000"u8.ToArray(),
        "1e999"u8.ToArray(),
        "-1"u8.ToArray(),
        "18446744073709551616"u8.ToArray(),
        "null"u8.ToArray(),
        "[[[[[[[[[["u8.ToArray(),
        "{\"\":"u8.ToArray(),
        "\"NaN\""u8.ToArray(),
    ];

    public byte[] Spoil(byte[] original)
    {
        var bytes = original.ToList();
        for (var times = 1 + random.Next(4); times > 0; times--)
            SpoilOnce(bytes, original);
        return [.. bytes];
    }

    private void SpoilOnce(List<byte> bytes, byte[] original)
    {
        if (bytes.Count == 0)
            return;
        var at = random.Next(bytes.Count);
        var length = Math.Min(random.Next(1, 40), bytes.Count - at);
        switch (random.Next(10))
        {
            case 0:
                bytes[at] = (byte)random.Next(256);
                break;
            case 1:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 2:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 3:
                bytes.RemoveRange(at, length);
                break;
            case 4:
                bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
            case 5:
                bytes.InsertRange(at, Oddities[random.Next(Oddities.Length)]);
                break;
            case 6:
                var odd = Oddities[random.Next(Oddities.Length)];
                bytes.RemoveRange(at, Math.Min(odd.Length, bytes.Count - at));
                bytes.InsertRange(at, odd);
                break;
            case 7:
                var from = random.Next(original.Length);
                bytes.InsertRange(at, original[from..Math.Min(original.Length, from + length)]);
                break;
            case 8:
                bytes.InsertRange(at, Encoding.UTF8.GetBytes(random.NextInt64().ToString(CultureInfo.InvariantCulture)));
                break;
            default:
                for (var i = at; i < at + length; i++)
                    bytes[i] = (byte)random.Next(256);
                break;
        }
    }
}
