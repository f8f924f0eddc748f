using Copilot.Telemetry.Assembly;

namespace Copilot.Telemetry.Otlp.Protobuf;

/// <summary>
/// The envelope that all signals share: resources, scopes in them, items in those. The resource and the scope are looked up first,
/// because a sender may write them behind their items.
/// </summary>
internal static class ProtobufEnvelope
{
    public delegate void ItemReader<in TAssembler>(scoped ref ProtobufReader item, TAssembler assembler);

    public static void Read<TAssembler>(ReadOnlySpan<byte> body, TAssembler assembler, ItemReader<TAssembler> readItem)
        where TAssembler : BatchAssembler
    {
        var request = new ProtobufReader(body);
        while (request.TryReadTag(out var tag))
        {
            if (tag == ((OtlpFields.TelemetryData.ResourceItems << 3) | WireType.Bytes))
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
            if (tag != ((OtlpFields.ResourceItems.Resource << 3) | WireType.Bytes))
            {
                ahead.Skip(tag);
                continue;
            }

            var resource = ahead.ReadMessage();
            while (resource.TryReadTag(out var field))
            {
                switch (field)
                {
                    case (OtlpFields.Resource.Attributes << 3) | WireType.Bytes:
                        ProtobufAttributes.Read(ref resource, assembler.Attributes);
                        break;
                    case (OtlpFields.Resource.DroppedAttributesCount << 3) | WireType.Varint:
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
            if (tag == ((OtlpFields.ResourceItems.ScopeItems << 3) | WireType.Bytes))
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
            if (tag != ((OtlpFields.ScopeItems.Scope << 3) | WireType.Bytes))
            {
                ahead.Skip(tag);
                continue;
            }

            var scope = ahead.ReadMessage();
            while (scope.TryReadTag(out var field))
            {
                switch (field)
                {
                    case (OtlpFields.InstrumentationScope.Name << 3) | WireType.Bytes:
                        name = scope.ReadBytes();
                        break;
                    case (OtlpFields.InstrumentationScope.Version << 3) | WireType.Bytes:
                        version = scope.ReadBytes();
                        break;
                    case (OtlpFields.InstrumentationScope.Attributes << 3) | WireType.Bytes:
                        ProtobufAttributes.Read(ref scope, assembler.Attributes);
                        break;
                    case (OtlpFields.InstrumentationScope.DroppedAttributesCount << 3) | WireType.Varint:
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
            if (tag == ((OtlpFields.ScopeItems.Items << 3) | WireType.Bytes))
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
