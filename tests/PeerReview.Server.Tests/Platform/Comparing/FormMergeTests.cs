using PeerReview.Server.Platform.Comparing;
using PeerReview.Server.Platform.Web;
using Xunit;

namespace PeerReview.Server.Tests.Platform.Comparing;

public sealed class FormMergeTests
{
    private static readonly FieldToMerge[] Fields =
    [
        new("value", "Value") { Shown = code => $"<{code}>" },
        new("text", "Text") { IsText = true },
        new("boxes", "Boxes") { Multiple = true },
    ];

    [Fact]
    public void A_choice_one_side_made_is_taken_and_one_both_made_stays_mine()
    {
        var theirs = Merge(Of("no", "", []), Of("yes", "", []), Of("no", "", []));
        var both = Merge(Of("no", "", []), Of("yes", "", []), Of("perhaps", "", []));

        Assert.Equal("yes", theirs.Form.Text("value"));
        Assert.Equal("perhaps", both.Form.Text("value"));
        var part = Assert.Single(Assert.Single(both.Fields).Parts);
        Assert.Equal((MergeKind.Conflict, "<no>", "<yes>", "<perhaps>"), (part.Kind, part.Origin, part.Theirs, part.Mine));
    }

    [Fact]
    public void Of_boxes_each_is_ticked_or_not_by_who_changed_it()
    {
        var merge = Merge(Of("", "", ["a", "b", "c"]), Of("", "", ["b", "c", "d"]), Of("", "", ["a", "b", "e"]));

        Assert.Equal(["b", "d", "e"], merge.Form.All("boxes").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_form_goes_on_from_their_version_and_keeps_what_is_not_merged()
    {
        var mine = Form.Filled(new Dictionary<string, string[]>(StringComparer.Ordinal) { ["version"] = ["1"], ["then"] = ["N-b.b1"], ["text"] = ["Mine."] });
        var merge = FormMerge.Of(Of("", "", []), Of("", "", []), mine, ("Somebody", 4), Fields);

        Assert.Equal(("4", "N-b.b1", "Mine."), (merge.Form.Text("version"), merge.Form.Text("then"), merge.Form.Text("text")));
        Assert.Equal(("Somebody", 4), (merge.Author, merge.Version));
    }

    [Fact]
    public void Fields_nobody_changed_are_not_spoken_of() =>
        Assert.Equal(["text"], Merge(Of("no", "One.", ["a"]), Of("no", "One. Two.", ["a"]), Of("no", "One.", ["a"])).Fields.Select(f => f.Field.Name));

    private static FormMerge Merge(Form origin, Form theirs, Form mine) => FormMerge.Of(origin, theirs, mine, ("Somebody", 2), Fields);

    private static Form Of(string value, string text, string[] boxes) => Form.Filled(new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["value"] = [value],
        ["text"] = [text],
        ["boxes"] = boxes,
    });
}
