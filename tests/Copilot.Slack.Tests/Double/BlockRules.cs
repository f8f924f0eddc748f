using System.Text.Json;

namespace Copilot.Slack.Tests.Double;

/// <summary>Block Kit's limits, as Slack tells them in <c>response_metadata.messages</c>.</summary>
internal static class BlockRules
{
    private static readonly HashSet<string> Types = ["section", "header", "context", "divider", "actions", "input", "image"];

    public static IReadOnlyList<string> Check(JsonElement blocks, int most)
    {
        if (blocks.ValueKind == JsonValueKind.Undefined || blocks.ValueKind == JsonValueKind.Null)
            return [];
        if (blocks.ValueKind != JsonValueKind.Array)
            return ["[ERROR] must be an array [json-pointer:/blocks]"];
        var errors = new List<string>();
        if (blocks.GetArrayLength() > most)
            errors.Add($"[ERROR] no more than {most} items allowed [json-pointer:/blocks]");
        var total = 0;
        var ids = new HashSet<string>();
        foreach (var (block, place) in blocks.EnumerateArray().Select((block, place) => (block, place)))
        {
            var at = $"/blocks/{place}";
            var type = block.TryGetProperty("type", out var name) ? name.GetString()! : "";
            if (!Types.Contains(type))
                errors.Add($"[ERROR] unsupported type: {type} [json-pointer:{at}]");
            if (block.TryGetProperty("block_id", out var id) && (id.GetString()!.Length > 255 || !ids.Add(id.GetString()!)))
                errors.Add($"[ERROR] bad block_id [json-pointer:{at}/block_id]");
            total += Texts(block, type, at, errors);
        }

        if (total > 13_200)
            errors.Add("[ERROR] msg_blocks_too_long");
        return errors;
    }

    private static int Texts(JsonElement block, string type, string at, List<string> errors)
    {
        var total = 0;
        if (block.TryGetProperty("text", out var text))
            total += Text(text, type == "header" ? 150 : 3000, type == "header" ? "plain_text" : null, at + "/text", errors);
        else if (type is "section" or "header" && !block.TryGetProperty("fields", out _))
            errors.Add($"[ERROR] missing required field: text [json-pointer:{at}]");
        if (block.TryGetProperty("elements", out var elements))
        {
            var most = type == "context" ? 10 : 25;
            if (elements.GetArrayLength() is 0 || elements.GetArrayLength() > most)
                errors.Add($"[ERROR] 1 to {most} elements [json-pointer:{at}/elements]");
            var actions = elements
                .EnumerateArray()
                .Where(e => e.TryGetProperty("action_id", out _))
                .Select(e => e.GetProperty("action_id").GetString());
            if (type == "actions" && actions.GroupBy(action => action).Any(same => same.Count() > 1))
                errors.Add($"[ERROR] duplicate action_id [json-pointer:{at}/elements]");
            foreach (var element in elements.EnumerateArray())
            {
                if (type == "context")
                    total += Text(element, 2000, null, at, errors);
                else
                    Element(element, at, errors);
            }
        }

        if (
            block.TryGetProperty("expand", out var expand)
            && (type != "section" || expand.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        )
            errors.Add($"[ERROR] expand is a boolean of a section [json-pointer:{at}/expand]");
        if (block.TryGetProperty("accessory", out var accessory))
        {
            if (type != "section")
                errors.Add($"[ERROR] only a section has an accessory [json-pointer:{at}/accessory]");
            Element(accessory, at + "/accessory", errors);
        }

        if (type == "input")
        {
            Text(block.GetProperty("label"), 2000, "plain_text", at + "/label", errors);
            Element(block.GetProperty("element"), at, errors);
        }

        return total;
    }

    private static void Element(JsonElement element, string at, List<string> errors)
    {
        if (element.TryGetProperty("action_id", out var id) && id.GetString()!.Length is 0 or > 255)
            errors.Add($"[ERROR] bad action_id [json-pointer:{at}]");
        if (element.TryGetProperty("style", out var style) && style.GetString() is not ("primary" or "danger"))
            errors.Add($"[ERROR] bad style [json-pointer:{at}]");
        if (element.TryGetProperty("text", out var text))
            Text(text, 75, "plain_text", at, errors);
        if (element.TryGetProperty("value", out var value) && value.GetString()!.Length > 2000)
            errors.Add($"[ERROR] value longer than 2000 [json-pointer:{at}]");
        if (element.TryGetProperty("options", out var options))
        {
            if (options.GetArrayLength() is 0 or > 10 && element.GetProperty("type").GetString() == "checkboxes")
                errors.Add($"[ERROR] checkboxes take 1 to 10 options [json-pointer:{at}]");
            foreach (var option in options.EnumerateArray())
            {
                Text(option.GetProperty("text"), 75, null, at, errors);
                if (option.TryGetProperty("description", out var description))
                    Text(description, 75, null, at, errors);
                if (option.GetProperty("value").GetString()!.Length > 150)
                    errors.Add($"[ERROR] option value longer than 150 [json-pointer:{at}]");
            }
        }
    }

    private static int Text(JsonElement text, int most, string? type, string at, List<string> errors)
    {
        var value = text.GetProperty("text").GetString()!;
        if (value.Length == 0)
            errors.Add($"[ERROR] must be more than 0 characters [json-pointer:{at}/text]");
        if (value.Length > most)
            errors.Add($"[ERROR] must be less than {most + 1} characters [json-pointer:{at}/text]");
        if (type is not null && text.GetProperty("type").GetString() != type)
            errors.Add($"[ERROR] must be {type} [json-pointer:{at}]");
        return value.Length;
    }
}
