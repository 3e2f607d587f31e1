using System.Collections.Immutable;
using System.Reflection;
using YamlDotNet.RepresentationModel;
using Templates = System.Collections.Immutable.ImmutableSortedDictionary<
    string, System.Collections.Immutable.ImmutableDictionary<string, PeerReview.Server.Platform.Web.TextTemplate>>;

namespace PeerReview.Server.Platform.Web;

/// <summary>Every text of the interface in every language there is a file for.</summary>
/// <remarks>
/// Files are <c>Resources/&lt;area&gt;.&lt;language&gt;.yaml</c>, built into the program and merged per language; each
/// area belongs to its feature. A key is the path of nested keys, joined by dots. A mapping whose keys are plural
/// categories is one text. English is the source language: a text missing elsewhere is shown in English.
/// </remarks>
public sealed class TextCatalogue
{
    private const string Source = "en";
    private const string Prefix = "texts/";

    // Built into the program: the same for every catalogue, and worth all processors when the program starts.
    private static readonly Lazy<Templates> BuiltIn = new(() =>
    {
        var assembly = typeof(TextCatalogue).Assembly;
        return Merge(assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .AsParallel()
            .Select(name => Read(name[Prefix.Length..], Content(assembly, name)))
            .AsEnumerable());
    });

    private readonly ImmutableSortedDictionary<string, Texts> _languages;

    private TextCatalogue(Templates languages, StateNames states, Action<string, string> missing) =>
        _languages = languages.ToImmutableSortedDictionary(
            language => language.Key,
            language => new Texts(language.Key, language.Value, languages[Source], states, missing),
            StringComparer.Ordinal);

    /// <summary>The languages present, as codes of two letters.</summary>
    public IEnumerable<string> Languages => _languages.Keys;

    /// <summary>The texts of the source language.</summary>
    public Texts English => _languages[Source];

    /// <summary>The texts of a language; English when there are none.</summary>
    public Texts In(string? language) =>
        language is not null && _languages.TryGetValue(language, out var texts) ? texts : English;

    /// <summary>Whether there are texts of this language.</summary>
    public bool Has(string? language) => language is not null && _languages.ContainsKey(language);

    /// <summary>Reads all files built into the program.</summary>
    /// <param name="missing">Called with language and key when a text is asked for that is not there; tests throw.</param>
    /// <exception cref="FormatException">A file cannot be read, or two files give the same key.</exception>
    public static TextCatalogue Load(StateNames states, Action<string, string> missing) => new(BuiltIn.Value, states, missing);

    /// <summary>Reads files given as name and content; the name ends with <c>.&lt;language&gt;.yaml</c>.</summary>
    /// <exception cref="FormatException">A file cannot be read, or two files give the same key.</exception>
    public static TextCatalogue From(
        IEnumerable<(string Name, string Text)> files, StateNames states, Action<string, string> missing) =>
        new(Merge(files.Select(file => Read(file.Name, file.Text))), states, missing);

    private static Templates Merge(IEnumerable<TextFile> files)
    {
        var languages = new SortedDictionary<string, Dictionary<string, TextTemplate>>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            if (!languages.TryGetValue(file.Language, out var texts))
                languages[file.Language] = texts = new Dictionary<string, TextTemplate>(StringComparer.Ordinal);
            foreach (var (key, template) in file.Entries)
            {
                if (!texts.TryAdd(key, template))
                    throw new FormatException($"Resources/{file.Name}: the key '{key}' is given twice.");
            }
        }

        return languages.ToImmutableSortedDictionary(
            language => language.Key, language => language.Value.ToImmutableDictionary(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    private static TextFile Read(string name, string text)
    {
        var yaml = new YamlStream();
        try
        {
            yaml.Load(new StringReader(text));
            return new TextFile(name, yaml.Documents is [{ RootNode: YamlMappingNode root }] ? [.. Flatten("", root)] : []);
        }
        catch (Exception e) when (e is YamlDotNet.Core.YamlException or FormatException)
        {
            throw new FormatException($"Resources/{name}: {e.Message}", e);
        }
    }

    private static IEnumerable<(string, TextTemplate)> Flatten(string path, YamlMappingNode mapping)
    {
        var entries = mapping.Children.Select(child => (Key: ((YamlScalarNode)child.Key).Value ?? "", child.Value)).ToList();
        if (entries.TrueForAll(entry => PluralRules.Categories.Contains(entry.Key, StringComparer.Ordinal)))
            return [(path, TextTemplate.Plural(entries.Select(entry => KeyValuePair.Create(entry.Key, Scalar(entry.Value)))))];

        return entries.SelectMany(entry => (Join(path, entry.Key), entry.Value) switch
        {
            (var key, YamlMappingNode inner) => Flatten(key, inner),
            (var key, var leaf) => [(key, TextTemplate.Plain(Scalar(leaf)))],
        });
    }

    private static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";

    private static string Scalar(YamlNode node) =>
        node is YamlScalarNode { Value: { } value } ? value : throw new FormatException($"Line {node.Start.Line}: a text is expected here.");

    private static string Content(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    private sealed record TextFile(string Name, List<(string Key, TextTemplate Template)> Entries)
    {
        public string Language => Name.Split('.')[^2];
    }
}
