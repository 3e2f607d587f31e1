using FsCheck;
using FsCheck.Fluent;
using PeerReview.Server.Platform.Comparing;
using Xunit;

namespace PeerReview.Server.Tests.Platform.Comparing;

public sealed class TextMergeTests
{
    [Fact]
    public void What_each_changed_alone_is_in_the_text()
    {
        var merge = TextMerge.Of("One. Two. Three.", "One, theirs. Two. Three.", "One. Two. Three, mine. Four, mine.");

        Assert.Equal("One, theirs. Two. Three, mine. Four, mine.", merge.Text);
        Assert.False(merge.HasConflicts);
    }

    [Fact]
    public void Where_both_changed_one_sentence_mine_stands_and_theirs_is_shown()
    {
        var merge = TextMerge.Of("One. Two. Three.", "One. Two, theirs. Three.", "One. Two, mine. Three.");

        Assert.Equal("One. Two, mine. Three.", merge.Text);
        var conflict = Assert.Single(merge.Parts, part => part.Kind == MergeKind.Conflict);
        Assert.Equal(("Two. ", "Two, theirs. ", "Two, mine. "), (conflict.Origin, conflict.Theirs, conflict.Mine));
    }

    [Fact]
    public void A_sentence_I_rewrote_stands_beside_one_we_both_did()
    {
        var merge = TextMerge.Of("A law. Five posts.", "A law. Seven posts. A budget.", "A decree. Six posts.");

        Assert.Equal([MergeKind.Mine, MergeKind.Conflict], merge.Parts.Select(p => p.Kind));
        Assert.Equal("Seven posts. A budget.", merge.Parts[1].Theirs);
    }

    [Fact]
    public void Two_sentences_added_at_one_place_are_a_conflict_and_none_is_lost()
    {
        var merge = TextMerge.Of("One.", "One. Theirs.", "One. Mine.");

        var conflict = Assert.Single(merge.Parts, part => part.Kind == MergeKind.Conflict);
        Assert.Equal(("Theirs.", "Mine."), (conflict.Theirs, conflict.Mine));
        Assert.Equal("One. Mine.", merge.Text);
    }

    [Fact]
    public void What_both_changed_alike_is_no_conflict() =>
        Assert.Equal([MergeKind.Same, MergeKind.Both], TextMerge.Of("One. Two.", "One. Zwei.", "One. Zwei.").Parts.Select(p => p.Kind));

    [Fact]
    public void A_sentence_they_removed_goes_unless_I_changed_it()
    {
        Assert.Equal("One. Three.", TextMerge.Of("One. Two. Three.", "One. Three.", "One. Two. Three.").Text);
        Assert.True(TextMerge.Of("One. Two. Three.", "One. Three.", "One. Two, mine. Three.").HasConflicts);
    }

    [Fact]
    public void The_parts_make_up_all_three_texts() => Prop.ForAll(SomeTexts.Arbitrary, SomeTexts.Arbitrary, SomeTexts.Arbitrary, (origin, theirs, mine) =>
    {
        var parts = TextMerge.Of(origin, theirs, mine).Parts;
        return string.Concat(parts.Select(p => p.Origin)) == origin
            && string.Concat(parts.Select(p => p.Theirs)) == theirs
            && string.Concat(parts.Select(p => p.Mine)) == mine;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void If_one_side_changed_nothing_the_other_stands() => Prop.ForAll(SomeTexts.Arbitrary, SomeTexts.Arbitrary, (origin, changed) =>
        Same(TextMerge.Of(origin, changed, origin).Text, changed) && Same(TextMerge.Of(origin, origin, changed).Text, changed)
        && Same(TextMerge.Of(origin, changed, changed).Text, changed)).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_sentence_of_mine_that_they_left_alone_stands() => Prop.ForAll(SomeTexts.Arbitrary, SomeTexts.Arbitrary, SomeTexts.Arbitrary, (origin, theirs, mine) =>
    {
        var merge = TextMerge.Of(origin, theirs, mine);
        return merge.Parts.Where(p => p.Kind is MergeKind.Mine or MergeKind.Conflict or MergeKind.Both)
            .All(p => Words(merge.Text).Contains(Words(p.Mine), StringComparison.Ordinal));
    }).QuickCheckThrowOnFailure();

    // Blanks between sentences may differ where sentences came together.
    private static bool Same(string one, string other) => Words(one) == Words(other);

    private static string Words(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
}
