using System.Collections.Frozen;
using System.Collections.Immutable;
using PeerReview.Core.Ports;
using PeerReview.Server.Platform.Data;

namespace PeerReview.Server.Platform.Letters;

/// <summary>Every letter of the program, read and checked.</summary>
public sealed class LetterCatalog
{
    private const string Source = "en";

    // Those that come with the program do not change while it runs.
    private static readonly Lazy<LetterCatalog> Built = new(() =>
    {
        var (catalog, problems) = Read(Path.Combine(ProgramFiles.Workflows, "letters"));
        return catalog ?? throw new LetterFilesException(problems);
    });

    private readonly FrozenDictionary<(string Name, string Language), LetterFile> _letters;

    private LetterCatalog(IEnumerable<LetterFile> letters) =>
        _letters = letters.ToFrozenDictionary(letter => (letter.Kind.Name, letter.Language));

    /// <summary>The letter in a language; in English where it has not been translated.</summary>
    /// <exception cref="KeyNotFoundException">No letter has this name: a stored row from another release.</exception>
    public LetterFile this[string name, string language] =>
        _letters.TryGetValue((name, language), out var letter) || _letters.TryGetValue((name, Source), out letter)
            ? letter
            : throw new KeyNotFoundException($"No letter is called '{name}' in this release.");

    /// <summary>All of them, sorted by name and language.</summary>
    public IEnumerable<LetterFile> All =>
        _letters.Values.OrderBy(l => l.Kind.Name, StringComparer.Ordinal).ThenBy(l => l.Language, StringComparer.Ordinal);

    /// <summary>The letters that come with the program.</summary>
    /// <exception cref="LetterFilesException">Names every problem.</exception>
    public static LetterCatalog Shipped => Built.Value;

    /// <summary>Reads the folder of letters that ship.</summary>
    /// <returns>The catalog, or null with every problem found as <c>path:line: what is wrong and what to do</c>.</returns>
    public static (LetterCatalog? Catalog, ImmutableArray<string> Problems) Read(string folder)
    {
        var (letters, problems) = ReadFiles(folder, renderer: null);
        var missing = LetterRegistry.All.Keys.Order(StringComparer.Ordinal)
            .Where(name => !letters.Exists(letter => letter.Kind.Name == name && letter.Language == Source))
            .Select(name => $"{Path.Combine(folder, $"{name}.{Source}.md")}:1: the letter is missing; write it.");
        problems = [.. problems, .. missing];
        return problems.IsEmpty ? (new LetterCatalog(letters), []) : (null, problems);
    }

    /// <summary>The same letters, but for those that a folder of a programme's own letters has in their place.</summary>
    /// <param name="folder">Any part of the letters in any of the languages; null for none.</param>
    /// <param name="renderer">What will render them: they may say what it takes.</param>
    /// <exception cref="LetterFilesException">Names every problem.</exception>
    public LetterCatalog With(string? folder, ILetterRenderer renderer)
    {
        if (folder is null)
            return this;
        var (own, problems) = ReadFiles(folder, renderer);
        if (!problems.IsEmpty)
            throw new LetterFilesException(problems);
        return new LetterCatalog(own.Concat(_letters.Values).DistinctBy(letter => (letter.Kind.Name, letter.Language)));
    }

    private static (List<LetterFile> Letters, ImmutableArray<string> Problems) ReadFiles(string folder, ILetterRenderer? renderer)
    {
        var problems = ImmutableArray.CreateBuilder<string>();
        var letters = new List<LetterFile>();
        foreach (var path in Directory.EnumerateFiles(folder, "*.md").Order(StringComparer.Ordinal))
        {
            var (letter, found) = LetterFile.Read(path, File.ReadAllText(path), renderer);
            problems.AddRange(found);
            if (letter is not null)
                letters.Add(letter);
        }

        return (letters, problems.ToImmutable());
    }
}

/// <summary>Letters cannot be used; every problem as <c>path:line: what is wrong and what to do</c>.</summary>
public sealed class LetterFilesException(ImmutableArray<string> problems)
    : Exception(string.Join(Environment.NewLine, problems));
