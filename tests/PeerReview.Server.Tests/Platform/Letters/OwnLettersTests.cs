using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Stacks.Embedded;
using Xunit;

namespace PeerReview.Server.Tests.Platform.Letters;

public sealed class OwnLettersTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("peerreview-own-").FullName;

    private string Folder => Path.Combine(_data, "letters");

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public void An_own_letter_stands_in_place_of_the_shipped_one_of_its_name_and_language()
    {
        Write("your_turn.en.md", "Now you", "Dear {{ name }}, please.");
        Write("your_turn.fr.md", "À vous", "Bonjour {{ name }}.");

        var letters = LetterCatalog.Shipped.With(Folder, new HandlebarsLetters());

        Assert.Equal(("Now you", "Dear {{ name }}, please."), (letters["your_turn", "en"].Subject, letters["your_turn", "en"].Body));
        Assert.Equal("À vous", letters["your_turn", "fr"].Subject);
        Assert.Equal(LetterCatalog.Shipped["your_turn", "es"], letters["your_turn", "es"]);
        Assert.Equal(LetterCatalog.Shipped["sign_in", "en"], letters["sign_in", "en"]);
        Assert.Equal(LetterCatalog.Shipped.All.Count(), letters.All.Count());
    }

    [Fact]
    public void Every_problem_of_every_own_letter_is_told_at_once()
    {
        const string Known = "address, due, left, name, programme, review, stage, state.";
        Write("your_turn.en.md", "{{ stat }}", "Dear {{ name }},\n\n{{ if left < 7 }}soon{{ end }}\n{{ list }}");
        Write("your_trun.en.md", "x", "x");

        var refused = Assert.Throws<LetterFilesException>(() => LetterCatalog.Shipped.With(Folder, new HandlebarsLetters()));

        Assert.Collection(
            refused.Message.Split('\n').Select(line => line[(Folder.Length + 1)..]),
            line => Assert.StartsWith("your_trun.en.md:1: no letter is called 'your_trun'; the letters are: ", line, StringComparison.Ordinal),
            line => Assert.Equal("your_turn.en.md:2: no value is called 'stat'; use one of " + Known, line),
            line => Assert.Equal(
                "your_turn.en.md:6: '{{ if left < 7 }}' is no variable; only {{ name }} with a-z, 0-9 and _ is. Conditions, loops "
                    + "and filters need the stack elsa: start with --stack elsa, or use plain {{ name }} variables.",
                line),
            line => Assert.Equal("your_turn.en.md:6: no value is called 'end'; use one of " + Known, line),
            line => Assert.Equal("your_turn.en.md:7: no value is called 'list'; use one of " + Known, line));
    }

    [Fact]
    public void An_own_letter_may_name_its_address_wherever_it_likes()
    {
        Write("your_turn.en.md", "x", "\n\n{{ address }} or {{ address }}");

        Assert.Equal("{{ address }} or {{ address }}", LetterCatalog.Shipped.With(Folder, new HandlebarsLetters())["your_turn", "en"].Body);
    }

    [Fact]
    public void The_folder_lies_beside_the_data_unless_named_otherwise()
    {
        Assert.Null(OwnLetters.FromEnvironment(_ => null, _data).Folder);
        Directory.CreateDirectory(Folder);
        Assert.Equal(Folder, OwnLetters.FromEnvironment(_ => null, _data).Folder);
        Assert.Equal(_data, OwnLetters.FromEnvironment(name => name == "PEERREVIEW_LETTERS" ? _data : null, "/nowhere").Folder);

        var missing = Assert.Throws<LetterFilesException>(() => OwnLetters.FromEnvironment(_ => "/nowhere/at/all", _data));
        Assert.Contains("PEERREVIEW_LETTERS names the folder /nowhere/at/all, which is not there", missing.Message, StringComparison.Ordinal);
    }

    private void Write(string file, string subject, string body)
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, file), $"---\nsubject: {subject}\n---\n{body}\n");
    }
}
