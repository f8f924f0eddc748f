using System.Text.Json;
using Copilot.Telemetry.Assembly;

namespace Copilot.Telemetry.Otlp.Json;

/// <summary>
/// The envelope that all signals share: resources, scopes in them, items in those. JSON's members have no order, so the resource and
/// the scope are looked up first; usually they come first, and nothing is read twice.
/// </summary>
internal static class JsonEnvelope
{
    public delegate void ItemReader<in TAssembler>(scoped ref Utf8JsonReader item, TAssembler assembler);

    /// <summary>Names of the members that hold the lists.</summary>
    public readonly ref struct Names
    {
        public ReadOnlySpan<byte> Resources { get; init; }

        public ReadOnlySpan<byte> Scopes { get; init; }

        public ReadOnlySpan<byte> Items { get; init; }
    }

    public static void Read<TAssembler>(ReadOnlySpan<byte> body, Names names, TAssembler assembler, ItemReader<TAssembler> readItem)
        where TAssembler : BatchAssembler
    {
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = 256 });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            throw JsonReading.Wrong(ref reader, "an object");
        while (JsonReading.TryNextMember(ref reader, out var name))
        {
            if (!name.SequenceEqual(names.Resources) || !JsonReading.TryBeginArray(ref reader))
            {
                reader.Skip();
                continue;
            }

            while (JsonReading.TryNextElement(ref reader))
                ReadResource(ref reader, names, assembler, readItem);
        }

        reader.Read();
    }

    private static void ReadResource<TAssembler>(
        scoped ref Utf8JsonReader reader,
        Names names,
        TAssembler assembler,
        ItemReader<TAssembler> readItem
    )
        where TAssembler : BatchAssembler
    {
        if (!JsonReading.TryBeginObject(ref reader))
            return;
        assembler.Attributes.Begin();
        var ahead = reader;
        if (TryFind(ref ahead, "resource"u8) && JsonReading.TryBeginObject(ref ahead))
        {
            while (JsonReading.TryNextMember(ref ahead, out var field))
            {
                if (field.SequenceEqual("attributes"u8))
                    JsonAttributes.Read(ref ahead, assembler.Attributes);
                else if (field.SequenceEqual("droppedAttributesCount"u8))
                    assembler.Attributes.AddDropped(JsonReading.Int64(ref ahead));
                else
                    ahead.Skip();
            }
        }

        assembler.CompleteResource();
        while (JsonReading.TryNextMember(ref reader, out var name))
        {
            if (!name.SequenceEqual(names.Scopes) || !JsonReading.TryBeginArray(ref reader))
            {
                reader.Skip();
                continue;
            }

            while (JsonReading.TryNextElement(ref reader))
                ReadScope(ref reader, names, assembler, readItem);
        }
    }

    private static void ReadScope<TAssembler>(
        scoped ref Utf8JsonReader reader,
        Names names,
        TAssembler assembler,
        ItemReader<TAssembler> readItem
    )
        where TAssembler : BatchAssembler
    {
        if (!JsonReading.TryBeginObject(ref reader))
            return;
        assembler.Attributes.Begin();
        ReadOnlySpan<byte> scopeName = default;
        ReadOnlySpan<byte> version = default;
        var ahead = reader;
        if (TryFind(ref ahead, "scope"u8) && JsonReading.TryBeginObject(ref ahead))
        {
            while (JsonReading.TryNextMember(ref ahead, out var field))
            {
                if (field.SequenceEqual("name"u8))
                    scopeName = JsonReading.Text(ref ahead);
                else if (field.SequenceEqual("version"u8))
                    version = JsonReading.Text(ref ahead);
                else if (field.SequenceEqual("attributes"u8))
                    JsonAttributes.Read(ref ahead, assembler.Attributes);
                else if (field.SequenceEqual("droppedAttributesCount"u8))
                    assembler.Attributes.AddDropped(JsonReading.Int64(ref ahead));
                else
                    ahead.Skip();
            }
        }

        assembler.CompleteScope(scopeName, version);
        while (JsonReading.TryNextMember(ref reader, out var name))
        {
            if (!name.SequenceEqual(names.Items) || !JsonReading.TryBeginArray(ref reader))
            {
                reader.Skip();
                continue;
            }

            while (JsonReading.TryNextElement(ref reader))
            {
                var item = reader;
                try
                {
                    readItem(ref reader, assembler);
                }
                catch (OtlpFormatException broken)
                {
                    // It is JSON all the same, so where it ends is known.
                    reader = item;
                    reader.Skip();
                    assembler.Refuse(broken);
                }
            }
        }
    }

    private static bool TryFind(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> wanted)
    {
        while (JsonReading.TryNextMember(ref reader, out var name))
        {
            if (name.SequenceEqual(wanted))
                return true;
            reader.Skip();
        }

        return false;
    }
}
