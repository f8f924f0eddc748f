using System.Text;
using System.Text.Json;
using Copilot.Ownership.Catalog;

namespace Copilot.Ownership.Readers;

/// <summary>Reads a file as what it is: its name decides, and for JSON its content.</summary>
public static class CatalogReader
{
    // CODEOWNERS' own limit; the largest catalogue files met are a tenth of it.
    private const int LargestBytes = 3 * 1024 * 1024;

    /// <exception cref="CatalogFileException">The file is broken, too large, or of no kind that is known.</exception>
    public static CatalogContent Read(CatalogFile file)
    {
        if (Encoding.UTF8.GetByteCount(file.Content) > LargestBytes)
            throw new CatalogFileException("larger than 3 MB", null, null);
        if (file.Content.Contains('\0', StringComparison.Ordinal))
            throw new CatalogFileException("holds a NUL character, so it is no text file", null, null);
        var name = file.Path[(file.Path.LastIndexOf('/') + 1)..];
        if (
            name.Equals("CODEOWNERS", StringComparison.OrdinalIgnoreCase)
            || name.EndsWith(".CODEOWNERS", StringComparison.OrdinalIgnoreCase)
        )
            return CodeOwnersReader.Read(file);
        return Path.GetExtension(name).ToLowerInvariant() switch
        {
            ".yaml" or ".yml" => BackstageReader.Read(file),
            ".json" => ReadJson(file),
            ".md" or ".markdown" => new CatalogContent
            {
                Path = file.Path,
                Kind = CatalogFileKind.Runbook,
                Runbook = RunbookReader.Read(file),
            },
            _ => throw new CatalogFileException(
                "not a kind of file that is known here: Backstage .yaml, .yml or .json, CODEOWNERS, PagerDuty or "
                    + "Opsgenie on-call .json, or a runbook .md",
                null,
                null
            ),
        };
    }

    private static CatalogContent ReadJson(CatalogFile file)
    {
        try
        {
            using var document = JsonDocument.Parse(file.Content);
            if (OnCallReader.Recognises(document.RootElement))
                return OnCallReader.Read(file, document.RootElement);
        }
        catch (JsonException e)
        {
            var place = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
            throw new CatalogFileException(
                $"not valid JSON: {(place > 0 ? e.Message[..place] : e.Message)}",
                e.LineNumber + 1,
                e.BytePositionInLine + 1
            );
        }

        // JSON is YAML; read this way, entities keep their line and column.
        return BackstageReader.Read(file);
    }
}
