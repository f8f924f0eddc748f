namespace Copilot.Language.Lexicon;

/// <summary>
/// The words of human languages that questions are read by: text files beside the code (<c>Words/*.txt</c>), a line a concept, so that a
/// new synonym is one word in one file.
/// </summary>
internal static class WordFiles
{
    /// <param name="name">The file's name without its ending.</param>
    /// <exception cref="InvalidOperationException">The program was built without it.</exception>
    public static string Read(string name)
    {
        using var stream =
            typeof(WordFiles).Assembly.GetManifestResourceStream($"words/{name}.txt")
            ?? throw new InvalidOperationException($"The word list Words/{name}.txt is not in the program: was it built whole?");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>The words of a file in which there is nothing but words.</summary>
    public static HashSet<string> Words(string name) =>
        new(Read(name).Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries), StringComparer.Ordinal);
}
