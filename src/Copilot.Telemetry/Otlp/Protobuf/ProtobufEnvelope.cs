using Copilot.Telemetry.Assembly;

namespace Copilot.Telemetry.Otlp.Protobuf;

/// <summary>
/// The envelope that all signals share: resources, scopes in them, items in those. The resource and the scope are looked up first,
/// because a sender may write them behind their items.
/// </summary>
internal static class ProtobufEnvelope
{
    private const uint First = (1 << 3) | 2;
    private const uint Second = (2 << 3) | 2;

    public delegate void ItemReader<in TAssembler>(scoped ref ProtobufReader item, TAssembler assembler);

    public static void Read<TAssembler>(ReadOnlySpan<byte> body, TAssembler assembler, ItemReader<TAssembler> readItem)
        where TAssembler : BatchAssembler
    {
        var request = new ProtobufReader(body);
        while (request.TryReadTag(out var tag))
        {
            if (tag == First)
            {
                var resourceItems = request.ReadMessage();
                ReadResource(resourceItems, assembler, readItem);
            }
            else
            {
                request.Skip(tag);
            }
        }
    }

    private static void ReadResource<TAssembler>(ProtobufReader message, TAssembler assembler, ItemReader<TAssembler> readItem)
        where TAssembler : BatchAssembler
    {
        assembler.Attributes.Begin();
        var ahead = message;
        while (ahead.TryReadTag(out var tag))
        {
            if (tag != First)
            {
                ahead.Skip(tag);
                continue;
            }

            var resource = ahead.ReadMessage();
            while (resource.TryReadTag(out var field))
            {
                switch (field)
                {
                    case First:
                        ProtobufAttributes.Read(ref resource, assembler.Attributes);
                        break;
                    case 2 << 3:
                        assembler.Attributes.AddDropped((long)resource.ReadVarint());
                        break;
                    default:
                        resource.Skip(field);
                        break;
                }
            }
        }

        assembler.CompleteResource();
        while (message.TryReadTag(out var tag))
        {
            if (tag == Second)
                ReadScope(message.ReadMessage(), assembler, readItem);
            else
                message.Skip(tag);
        }
    }

    private static void ReadScope<TAssembler>(ProtobufReader message, TAssembler assembler, ItemReader<TAssembler> readItem)
        where TAssembler : BatchAssembler
    {
        assembler.Attributes.Begin();
        ReadOnlySpan<byte> name = default;
        ReadOnlySpan<byte> version = default;
        var ahead = message;
        while (ahead.TryReadTag(out var tag))
        {
            if (tag != First)
            {
                ahead.Skip(tag);
                continue;
            }

            var scope = ahead.ReadMessage();
            while (scope.TryReadTag(out var field))
            {
                switch (field)
                {
                    case First:
                        name = scope.ReadBytes();
                        break;
                    case Second:
                        version = scope.ReadBytes();
                        break;
                    case (3 << 3) | 2:
                        ProtobufAttributes.Read(ref scope, assembler.Attributes);
                        break;
                    case 4 << 3:
                        assembler.Attributes.AddDropped((long)scope.ReadVarint());
                        break;
                    default:
                        scope.Skip(field);
                        break;
                }
            }
        }

        assembler.CompleteScope(name, version);
        while (message.TryReadTag(out var tag))
        {
            if (tag == Second)
            {
                var item = message.ReadMessage();
                try
                {
                    readItem(ref item, assembler);
                }
                catch (OtlpFormatException broken)
                {
                    // Where it ends is known from outside.
                    assembler.Refuse(broken);
                }
            }
            else
            {
                message.Skip(tag);
            }
        }
    }
}
