using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using PeerReview.Core.Frameworks;
using PeerReview.Server;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Testing;
using YamlDotNet.RepresentationModel;

namespace PeerReview.Browser.Tests.Driving;

/// <summary>The words of the pages in another language: a journey is written down once, in English, and taken in any.</summary>
/// <remarks>One English word may stand for several things; the page decides which of the candidates it shows.</remarks>
internal sealed partial class Wording
{
    /// <summary>As it is written down.</summary>
    public static readonly Wording English = new(Enumerable.Empty<(string, string)>().ToLookup(pair => pair.Item1, pair => pair.Item2, StringComparer.Ordinal));

    private readonly ILookup<string, string> _words;

    private Wording(ILookup<string, string> words) => _words = words;

    /// <summary>Everything a page of this program says, in a language.</summary>
    public static Wording Of(TestApp app, string language)
    {
        var definitions = app.App.Services.GetRequiredService<Definitions>();
        var states = app.App.Services.GetRequiredService<PeerReview.Server.Platform.Web.StateNames>();
        return new Wording(Interface(language)
            .Concat(Terms(definitions.Current).Zip(Terms(definitions.Current.In(language))))
            .Concat(definitions.Offered.In("en").Stages.Select(s => s.Title).Zip(definitions.Offered.In(language).Stages.Select(s => s.Title)))
            .Concat(states.Codes.Select(code => (states.Of(code, "en"), states.Of(code, language))))
            .ToLookup(pair => pair.Item1, pair => pair.Item2, StringComparer.Ordinal));
    }

    /// <summary>What may stand on the page for this; what nobody translated, such as an id or a name, stands for itself.</summary>
    public IReadOnlyList<string> Candidates(string english) => [.. Known(english).DefaultIfEmpty(english).Distinct(StringComparer.Ordinal)];

    /// <summary>Pieces of which one must be on a page that says so; a part of a sentence is enough.</summary>
    public IReadOnlyList<string> Sentences(string english) => Known(english).ToList() is { Count: > 0 } whole
        ? whole
        : [.. _words.Where(pair => pair.Key.Contains(english, StringComparison.Ordinal)).SelectMany(pair => pair).Select(Longest).DefaultIfEmpty(english)];

    /// <summary>A text without the marks that keep names of another direction together.</summary>
    public static string Plain(string text) => string.Concat(text.Where(c => c is < '\u2066' or > '\u2069'));

    private IEnumerable<string> Known(string english) => _words.Contains(english) ? _words[english]
        : Splits(english).SelectMany(split => Candidates(split.Left).SelectMany(left => Candidates(split.Right).Select(right => left + split.Between + right)));

    // "Rule (optional)", "Kenya – Light voluntary report": each part has words of its own; a label such as TLP:CLEAR is the same in all.
    private IEnumerable<(string Left, string Between, string Right)> Splits(string english) => Gaps().Matches(english)
        .Select(gap => (english[..gap.Index], gap.Value, english[(gap.Index + gap.Length)..]))
        .Where(split => (_words.Contains(split.Item1) || !split.Item1.Any(char.IsLower)) && _words.Contains(split.Item3));

    // A sentence with places for names: what stands between them.
    private static string Longest(string template) => Places().Split(template).MaxBy(part => part.Length)!.Trim();

    private static IEnumerable<string> Terms(Framework framework) =>
        new[]
        {
            framework.Scale, framework.Layers, framework.Sectors, framework.Lenses, framework.Outcomes, framework.Levels, framework.ActionTypes,
            framework.ThreatKinds, framework.Urgencies,
        }.SelectMany(terms => terms).Select(term => term.Text);

    private static IEnumerable<(string, string)> Interface(string language)
    {
        var (from, to) = (Texts("en"), Texts(language));
        return from.Where(text => to.ContainsKey(text.Key)).Select(text => (text.Value, to[text.Key]));
    }

    private static Dictionary<string, string> Texts(string language)
    {
        var assembly = typeof(App).Assembly;
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.EndsWith($".{language}.yaml", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            var yaml = new YamlStream();
            yaml.Load(reader);
            Flatten("", yaml.Documents[0].RootNode, texts);
        }

        return texts;
    }

    private static void Flatten(string path, YamlNode node, Dictionary<string, string> texts)
    {
        if (node is not YamlMappingNode mapping)
            texts[path] = ((YamlScalarNode)node).Value!;
        else
        {
            foreach (var (key, value) in mapping.Children)
                Flatten($"{path}.{key}", value, texts);
        }
    }

    [GeneratedRegex(" – | ", RegexOptions.None, 1000)]
    private static partial Regex Gaps();

    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.None, 1000)]
    private static partial Regex Places();
}
