using System.Text.RegularExpressions;
using PeerReview.Core.Process;
using PeerReview.Server.Platform.Web;
using Xunit;

namespace PeerReview.Server.Tests.Web;

/// <summary>Holds texts and code together: none missing, none left over, the same places in every language.</summary>
/// <remarks>
/// Reads the sources. A key is written as a literal: <c>texts["a.b"]</c> or <c>texts.Of("a.b", ("name", …))</c>. A family
/// of keys chosen by a code is written <c>texts["stage." + code]</c> or <c>texts[$"stage.{code}.title"]</c>; every key with that beginning then counts as used.
/// The sentence of a refusal is <c>refusal.&lt;code&gt;</c> of each <c>new Refusal("code", …)</c>.
/// </remarks>
public sealed partial class TextsInUseTests
{
    private static readonly string Sources = string.Concat(
        Directory.EnumerateFiles(Path.Combine(Root(), "src"), "*", SearchOption.AllDirectories)
            .Where(path => path.EndsWith(".cs", StringComparison.Ordinal) || path.EndsWith(".razor", StringComparison.Ordinal))
            .Select(File.ReadAllText));

    private static readonly HashSet<string> Present = [.. TestTexts.English.Keys];

    // Families whose codes stand in the code without their beginning.
    private static readonly string[] ByCode = ["refusal.", "notice."];

    [Fact]
    public void Every_text_the_code_asks_for_exists()
    {
        var asked = Asked().Matches(Sources).Where(match => !match.Groups["more"].Success).Select(match => match.Groups["key"].Value);
        var refusals = Refusals().Matches(Sources).Select(match => "refusal." + match.Groups["code"].Value);

        Missing(string.Join(" ", asked.Concat(refusals).Where(key => !Present.Contains(key)).Distinct()));
    }

    [Fact]
    public void Every_refusal_of_the_process_has_its_sentence() =>
        Assert.Empty(ProcessRefusals.Codes.Where(code => !Present.Contains("refusal." + code)));

    [Fact]
    public void No_text_is_left_over()
    {
        var literals = Literals().Matches(Sources).Select(match => match.Groups["text"].Value).ToHashSet();
        var families = Asked().Matches(Sources).Where(match => match.Groups["more"].Success).Select(match => match.Groups["key"].Value)
            .Concat(Interpolated().Matches(Sources).Select(match => match.Groups["family"].Value)).ToHashSet();
        var leftOver = Present.Where(key => !literals.Contains(key)
            && !families.Any(family => !ByCode.Contains(family) && key.StartsWith(family, StringComparison.Ordinal))
            && !ByCode.Any(family => key.StartsWith(family, StringComparison.Ordinal) && literals.Contains(key[family.Length..])));

        Missing(string.Join(" ", leftOver));
    }

    [Fact]
    public void The_code_gives_every_place_a_value()
    {
        var wrong = Asked().Matches(Sources)
            .Where(match => !match.Groups["more"].Success)
            .Select(match => (Key: match.Groups["key"].Value, Names: Given(match)))
            .Where(use => TestTexts.English.Find(use.Key) is { } text && !text.Places.IsSubsetOf(use.Names))
            .Select(use => $"{use.Key} wants {string.Join(", ", TestTexts.English.Find(use.Key)!.Places)}, gets {string.Join(", ", use.Names)}");

        Missing(string.Join("\n", wrong));
    }

    [Fact]
    public void Every_language_has_the_same_texts_with_the_same_places()
    {
        foreach (var language in TestTexts.Catalogue.Languages)
        {
            var texts = TestTexts.Catalogue.In(language);
            Assert.Equal(Present.Order(StringComparer.Ordinal), texts.Keys.Order(StringComparer.Ordinal));
            Assert.All(Present, key => Assert.Equal(TestTexts.English.Find(key)!.Places, texts.Find(key)!.Places));
        }
    }

    [Fact]
    public void Every_language_is_there() => Assert.Equal(["ar", "en", "es", "fr", "ru", "zh"], TestTexts.Catalogue.Languages);

    [Fact]
    public void A_text_with_plural_forms_has_all_its_language_tells_apart()
    {
        var wrong = from language in TestTexts.Catalogue.Languages
                    let texts = TestTexts.Catalogue.In(language)
                    from key in Present
                    where TestTexts.English.Find(key)!.Forms.Count() > 1
                    let missing = PluralRules.CategoriesOf(language).Except(texts.Find(key)!.Forms).ToList()
                    where missing.Count > 0
                    select $"{language} {key} lacks {string.Join(", ", missing)}";

        Missing(string.Join("\n", wrong));
    }

    [Fact]
    public void No_sentence_is_left_in_English()
    {
        var left = from language in TestTexts.Catalogue.Languages.Where(l => l != "en")
                   let texts = TestTexts.Catalogue.In(language)
                   from key in Present.Where(k => !k.StartsWith("format.", StringComparison.Ordinal))
                   let english = Filled(TestTexts.English, key)
                   where english.Length > 25 && Filled(texts, key) == english
                   select $"{language} {key}";

        Missing(string.Join("\n", left));

        static string Filled(Texts texts, string key) => texts.Find(key)!.Fill("other", place => place);
    }

    private static void Missing(string found) => Assert.True(found.Length == 0, found);

    // The names in the tuples of the call: texts.Of("key", ("name", value), …).
    private static HashSet<string> Given(Match call)
    {
        var end = call.Index + call.Length;
        for (var depth = 1; depth > 0 && end < Sources.Length; end++)
            depth += Sources[end] switch { '(' or '[' => 1, ')' or ']' => -1, _ => 0 };
        return [.. PlaceNames().Matches(Sources[call.Index..end]).Select(name => name.Groups["name"].Value)];
    }

    [GeneratedRegex("""\b(?:_?[tT]exts|this|English)(?:\[|\.Of\()\s*"(?<key>[a-z][^"]*)"(?<more>\s*\+)?|\bOf\("(?<key>[a-z]+\.[^"]*)"(?<more>\s*\+)?""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Asked();

    // texts[$"a.{code}.title"]: every key that begins with "a." counts as used.
    [GeneratedRegex("""\b_?[tT]exts(?:\[|\.Of\()\s*\$"(?<family>[a-z][^"{]*)\{""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Interpolated();

    [GeneratedRegex("""\bRefusal\(\s*"(?<code>[^"]+)"|\bRefusal \w+(\([^)]*\)| \{ get; \})? =>?\s*new\(\s*"(?<code>[^"]+)["]""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Refusals();

    [GeneratedRegex("""\(\s*"(?<name>[a-z_A-Z]+)"\s*,""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PlaceNames();

    [GeneratedRegex("\"(?<text>[a-z][a-z0-9_.-]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Literals();

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "PeerReview.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("PeerReview.sln");
        return folder;
    }
}
