using System.Globalization;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Stacks.Elsa;
using PeerReview.Server.Stacks.Embedded;
using Xunit;

namespace PeerReview.Conformance.Elsa;

/// <summary>A programme's own letters in Scriban: taken on this stack, told with their line when they are wrong, and
/// refused by the other stack with the name of this one.</summary>
public sealed class OwnScribanLettersTests : IDisposable
{
    private const string Digest =
        """
        Dear {{ name }},

        {{ if list.size > 10 }}A full day:{{ else }}For today:{{ end }}
        {{~ for line in list ~}}
        * {{ line.due | date.format "dd/MM" }} {{ line.state }}{{ if line.left < 3 }} (!){{ end }}
        {{~ end ~}}
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("peerreview-own-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_digest_of_ones_own_loops_over_its_lines()
    {
        Write("reminder_digest.en.md", Digest);
        var letters = new ScribanLetters();

        var letter = LetterCatalog.Shipped.With(_folder, letters)["reminder_digest", "en"];

        Assert.Equal(
            "Dear name,\n\nFor today:\n* 31/03 state\n* 31/03 state\n",
            letters.Render(letter.Body, letter.Kind.Sample, CultureInfo.InvariantCulture));
    }

    [Fact]
    public void The_other_stack_says_which_one_takes_it()
    {
        Write("reminder_digest.en.md", Digest);

        var refused = Assert.Throws<LetterFilesException>(() => LetterCatalog.Shipped.With(_folder, new HandlebarsLetters()));

        Assert.Contains("reminder_digest.en.md:6: ", refused.Message, StringComparison.Ordinal);
        Assert.Contains("need the stack elsa: start with --stack elsa", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\n{{ if left < 7 }}{{ end }}", "reminder_digest.en.md:5: no value is called 'left'; use one of address, day, list, name, programme.")]
    [InlineData("\n\na\n{{ for line in list }}\n{{ line.sate }}{{ end }}", "reminder_digest.en.md:8: Cannot get member with name sate.")]
    [InlineData("{{ while true }}{{ end }}", "reminder_digest.en.md:4: letters have no while")]
    [InlineData("{{ day | date.format \"Q\" }}", "reminder_digest.en.md:4: ")]
    [InlineData("{{ if name }}", "reminder_digest.en.md:")]
    public void A_wrong_letter_is_told_with_its_line(string body, string problem)
    {
        Write("reminder_digest.en.md", body);

        var refused = Assert.Throws<LetterFilesException>(() => LetterCatalog.Shipped.With(_folder, new ScribanLetters()));

        Assert.Contains(problem, refused.Message, StringComparison.Ordinal);
    }

    private void Write(string file, string body) =>
        File.WriteAllText(Path.Combine(_folder, file), $"---\nsubject: x\n---\n{body}\n");
}
