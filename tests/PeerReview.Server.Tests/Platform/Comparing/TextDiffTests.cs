using FsCheck;
using FsCheck.Fluent;
using PeerReview.Server.Platform.Comparing;
using Xunit;

namespace PeerReview.Server.Tests.Platform.Comparing;

public sealed class TextDiffTests
{
    [Theory]
    [InlineData("One thing. Another thing! A third?", "One thing. |Another thing! |A third?")]
    [InlineData("See art. 19 of the law, e.g. its first part. Then more.", "See art. 19 of the law, e.g. its first part. |Then more.")]
    [InlineData("He said \"no.\" She went.", "He said \"no.\" |She went.")]
    [InlineData("第一句。第二句！第三句", "第一句。|第二句！|第三句")]
    [InlineData("هل هذا جاهز؟ نعم. انتهى", "هل هذا جاهز؟ |نعم. |انتهى")]
    [InlineData("Первое. Второе…\nТретье", "Первое. |Второе…\n|Третье")]
    [InlineData("Une chose : oui. « Deux. » Trois", "Une chose : oui. |« Deux. » |Trois")]
    [InlineData("", "")]
    public void A_text_is_cut_where_its_sentences_end(string text, string cut) =>
        Assert.Equal(cut, string.Join('|', Sentences.Chunker.Chunk(text)));

    [Fact]
    public void The_parts_make_up_both_versions() => Prop.ForAll(SomeTexts.Arbitrary, SomeTexts.Arbitrary, (before, after) =>
    {
        var changes = TextDiff.Between(before, after);
        return string.Concat(changes.Where(c => c.Kind != ChangeKind.Added).Select(c => c.Text)) == before
            && string.Concat(changes.Where(c => c.Kind != ChangeKind.Removed).Select(c => c.Text)) == after;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_word_is_marked_within_a_sentence_that_is_much_the_same() => Assert.Equal(
        "First. The law of [-2024-][+2026+] is in force. Last.",
        Marked(TextDiff.Between("First. The law of 2024 is in force. Last.", "First. The law of 2026 is in force. Last.")));

    [Fact]
    public void Sentences_with_little_in_common_stand_one_after_the_other() => Assert.Equal(
        "[-The budget is under review.-][+The budget was voted in May.+]",
        Marked(TextDiff.Between("The budget is under review.", "The budget was voted in May.")));

    private static string Marked(IEnumerable<TextChange> changes) => string.Concat(changes.Select(change => change.Kind switch
    {
        ChangeKind.Added => $"[+{change.Text}+]",
        ChangeKind.Removed => $"[-{change.Text}-]",
        _ => change.Text,
    }));
}
