using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Copilot.Telemetry.Intake;
using Copilot.Telemetry.Text;

namespace Copilot.Telemetry.Assembly;

/// <summary>Puts resources and scopes into a batch, and remembers which ones the items that follow belong to.</summary>
internal abstract class BatchAssembler(TelemetryBatch batch, DecodeLimits limits) : IDisposable
{
    private const int TextBytes = 512;

    /// <summary>A body of nothing but broken items is not looked through to its end.</summary>
    private const int MostBroken = 1000;

    private OtlpFormatException? _firstBroken;
    private int _broken;

    public AttributeSink Attributes { get; } = new(limits);

    /// <summary>For attributes inside of attributes' owners: events, links, exemplars.</summary>
    public AttributeSink Inner { get; } = new(limits);

    public DecodeLimits Limits => limits;

    protected int Resource { get; private set; } = -1;

    protected int Scope { get; private set; } = -1;

    protected Utf8Buffer Arena => batch.Arena;

    public static Guid Hash(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(bytes, hash);
        return new Guid(hash[..16], bigEndian: true);
    }

    /// <summary>The resource whose attributes are in the sink becomes that of the items that follow.</summary>
    public void CompleteResource()
    {
        var attributes = Attributes.CompleteSorted(Arena);
        if (attributes.IsAbsent)
            attributes = Arena.Append("{}"u8);
        var json = Arena[attributes];
        var row = new ResourceRow
        {
            Hash = Hash(json),
            ServiceName = "unknown_service",
            Attributes = attributes,
        };
        Resource = batch.Resources.Count;
        batch.Resources.Add(WithService(row, json));
    }

    /// <summary>The scope whose attributes are in the sink becomes that of the items that follow.</summary>
    public void CompleteScope(ReadOnlySpan<byte> name, ReadOnlySpan<byte> version)
    {
        var start = Arena.Length;
        var nameSlice = JsonText.Append(Arena, JsonText.Cut(name, limits.NameBytes));
        Arena.Write((byte)0);
        var versionSlice = JsonText.Append(Arena, JsonText.Cut(version, limits.NameBytes));
        Arena.Write((byte)0);
        var attributes = Attributes.CompleteSorted(Arena);
        Scope = batch.Scopes.Count;
        batch.Scopes.Add(
            new ScopeRow
            {
                Hash = Hash(Arena[Arena.Since(start)]),
                Name = Encoding.UTF8.GetString(Arena[nameSlice]),
                Version = Encoding.UTF8.GetString(Arena[versionSlice]),
                Attributes = attributes,
            }
        );
    }

    /// <summary>Counts an item that cannot be read as refused, so that it costs no other.</summary>
    /// <exception cref="OtlpFormatException">There are so many that the body as a whole is not what it says.</exception>
    public void Refuse(OtlpFormatException broken)
    {
        _firstBroken ??= broken;
        if (++_broken > MostBroken)
        {
            throw new OtlpFormatException(
                $"More than {MostBroken} items of the body cannot be read. The last: {broken.Message}",
                broken.Offset,
                broken
            );
        }

        batch.Rejections.Add(broken.Message.TrimEnd('.'));
    }

    /// <summary>A body of which no item could be read is no request that was taken in part.</summary>
    public void CompleteBody()
    {
        if (_firstBroken is not null && batch.Count == 0 && batch.Rejections.Count == _broken)
            throw _firstBroken;
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (!disposing)
            return;
        Attributes.Dispose();
        Inner.Dispose();
    }

    /// <summary>Plain text for a column; absent where it is empty.</summary>
    protected TextSlice TextOrAbsent(ReadOnlySpan<byte> text, int maxBytes) =>
        text.IsEmpty ? default : JsonText.Append(Arena, JsonText.Cut(text, maxBytes));

    private static ResourceRow WithService(ResourceRow row, ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 256 });
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field =
                reader.ValueTextEquals("service.name"u8) ? 1
                : reader.ValueTextEquals("service.namespace"u8) ? 2
                : reader.ValueTextEquals("service.version"u8) ? 3
                : reader.ValueTextEquals("service.instance.id"u8) ? 4
                : 0;
            reader.Read();
            if (field == 0 || reader.TokenType != JsonTokenType.String)
            {
                reader.Skip();
                continue;
            }

            var text = Short(reader.GetString()!);
            row = field switch
            {
                1 when text.Length > 0 => row with { ServiceName = text },
                2 => row with { ServiceNamespace = text },
                3 => row with { ServiceVersion = text },
                4 => row with { ServiceInstanceId = text },
                _ => row,
            };
        }

        return row;
    }

    private static string Short(string text) =>
        Encoding.UTF8.GetByteCount(text) <= TextBytes
            ? text
            : Encoding.UTF8.GetString(JsonText.Cut(Encoding.UTF8.GetBytes(text), TextBytes));
}
