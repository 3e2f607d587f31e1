using System.Collections.Immutable;
using PeerReview.Core.Tests.Frameworks;
using PeerReview.Core.Tests.Process;
using PeerReview.Server.Platform.Yaml;
using Xunit;

namespace PeerReview.Core.Tests;

/// <summary>Processes and frameworks in the five languages beside English.</summary>
public sealed class TranslationTests
{
    private static readonly string[] Languages = ["ar", "es", "fr", "ru", "zh"];

    public static TheoryData<string, string> Files()
    {
        var data = new TheoryData<string, string>();
        foreach (var language in Languages)
        {
            data.Add("frameworks/un-ict-framework.v1", language);
            foreach (var file in Shipped.Files)
                data.Add("processes/" + Path.GetFileNameWithoutExtension(file), language);
        }

        return data;
    }

    [Theory, MemberData(nameof(Files))]
    public void Every_text_that_ships_is_there_in_every_language(string definition, string language)
    {
        var expected = PathsOf(definition);

        var (translation, problems) = Read(definition, language, expected);

        Assert.Equal([], problems.Select(p => p.ToString()));
        Assert.Equal(expected.Order(StringComparer.Ordinal), translation!.Texts.Keys.Order(StringComparer.Ordinal));
    }

    [Theory, MemberData(nameof(Files))]
    public void No_sentence_is_left_in_English(string definition, string language)
    {
        var english = File.ReadAllText(FrameworkFile.Path(definition.Split('/')[0], Path.GetFileName(definition) + ".yaml"));

        var (translation, _) = Read(definition, language, PathsOf(definition));

        Assert.DoesNotContain(translation!.Texts.Values, text => text.Length > 25 && english.Contains(text, StringComparison.Ordinal));
    }

    [Fact]
    public void A_framework_in_a_language_is_the_same_framework_in_other_words()
    {
        var framework = FrameworkFile.Framework;
        var (translation, _) = Read("frameworks/un-ict-framework.v1", "fr", [.. framework.TextPaths]);

        var french = framework.With([translation!]).In("fr");

        Assert.Equal(framework.Hash, french.Hash);
        Assert.Equal(framework.Items.Select(i => (i.Id, i.Part, i.InLightSet)), french.Items.Select(i => (i.Id, i.Part, i.InLightSet)));
        Assert.NotEqual(framework.Item("N-a.a1")!.Question, french.Item("N-a.a1")!.Question);
        Assert.Equal(framework.Title, framework.With([translation!]).In("de").Title);
    }

    [Fact]
    public void A_process_in_a_language_is_the_same_process_in_other_words()
    {
        var process = Shipped.Voluntary;
        var (translation, _) = Read("processes/voluntary-review.v1", "ru", [.. process.TextPaths]);

        var russian = process.With([translation!]).In("ru");

        Assert.Equal(process.Hash, russian.Hash);
        Assert.Equal(process.Stages.Select(s => s.Id), russian.Stages.Select(s => s.Id));
        Assert.NotEqual(process.Stage("launch").Title, russian.Stage("launch").Title);
    }

    [Fact]
    public void Better_English_words_are_said_alone_and_no_new_version()
    {
        var process = Shipped.Voluntary;
        var (english, problems) = Read("processes/voluntary-review.v1", Translation.Source, [.. process.TextPaths]);

        Assert.Empty(problems);
        var said = process.With([english!]).In(Translation.Source);
        Assert.Equal(process.Hash, said.Hash);
        Assert.Equal("Choice of the reviewing States", said.Stage("draw").Title);
        Assert.Equal(process.Stage("launch").Title, said.Stage("launch").Title);
        // Every language speaks of what happens: nobody draws.
        Assert.All(english!.Texts, text => Assert.DoesNotContain("draw ", text.Value, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void What_is_wrong_with_a_translation_is_told_with_its_line()
    {
        var root = YamlNodes.Parse("title: \"\"\nstages:\n  launch:\n    title: X\n    title: Y\n  lunch: Z\n", "p.v1.fr.yaml").Root!;

        var (translation, problems) = Translation.Read(root, "p.v1.fr.yaml", "fr", ["title", "stages.launch.title", "stages.launch.what"]);

        Assert.Null(translation);
        Assert.Equal(
            [
                "p.v1.fr.yaml:1: the text \"title\" is empty; translate it",
                "p.v1.fr.yaml:5: the text \"stages.launch.title\" stands twice; keep one",
                "p.v1.fr.yaml:6: the definition has no text \"stages.lunch\"; take it out or correct its name",
                "p.v1.fr.yaml:1: the text \"stages.launch.what\" is missing; translate it",
            ],
            problems.Select(p => p.ToString()));
    }

    private static string[] PathsOf(string definition) => definition.StartsWith("frameworks", StringComparison.Ordinal)
        ? [.. FrameworkFile.Framework.TextPaths]
        : [.. Shipped.Read(Path.GetFileName(definition) + ".yaml").TextPaths];

    private static (Translation? Translation, ImmutableArray<DataProblem> Problems) Read(
        string definition, string language, IReadOnlyCollection<string> expected)
    {
        var path = FrameworkFile.Path(definition.Split('/')[0], $"{Path.GetFileName(definition)}.{language}.yaml");
        return Translation.Read(YamlNodes.Parse(File.ReadAllText(path), path).Root!, path, language, expected);
    }
}
