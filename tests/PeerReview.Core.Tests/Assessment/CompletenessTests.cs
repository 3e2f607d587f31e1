using System.Collections.Immutable;
using PeerReview.Core.Access;
using PeerReview.Core.Assessment;
using PeerReview.Core.Tests.Frameworks;
using Xunit;

namespace PeerReview.Core.Tests.Assessment;

public sealed class CompletenessTests
{
    private static readonly DateOnly Today = new(2026, 11, 22);
    private static readonly ImmutableArray<string> Scope = ["P-STR.st1", "N-a.a1", "N-b.b1", "N-g.g1"];

    [Fact]
    public void Each_item_in_scope_that_lacks_something_is_named_in_order()
    {
        var found = Completeness.Of(FrameworkFile.Framework, Scope,
        [
            new Answer("P-STR.st1", null) { Rule = "begun" },
            new Answer("N-b.b1", AnswerValue.NotApplicable) { Reason = " " },
            new Answer("N-g.g1", AnswerValue.PreferNotToAnswer),
            new Answer("N-c.c1", null), // not in scope
        ]);

        Assert.False(found.IsComplete);
        Assert.Equal(
            [new("N-a.a1", Lack.NotAnswered), new("N-b.b1", Lack.NoReason), new("P-STR.st1", Lack.NotAnswered)], found.Missing);
    }

    [Theory]
    [InlineData(AnswerValue.NotConsidered)]
    [InlineData(AnswerValue.InPlace)]
    [InlineData(AnswerValue.PreferNotToAnswer)]
    public void Any_choice_but_an_unexplained_not_applicable_is_an_answer(AnswerValue value)
    {
        Assert.True(Completeness.Of(FrameworkFile.Framework, ["N-a.a1"], [new Answer("N-a.a1", value)]).IsComplete);
    }

    [Fact]
    public void Progress_counts_items_per_part_in_scope()
    {
        var progress = Progress.Of(FrameworkFile.Framework, [.. Scope, "N-a.a2"], [new Answer("N-a.a2", AnswerValue.Planned)]);

        Assert.Equal([new("N-a", 1, 2), new("N-b", 0, 1), new("N-g", 0, 1), new("P-STR", 0, 1)], progress);
    }

    public static TheoryData<Answer, Remark[]> Answers() => new()
    {
        { Full(AnswerValue.InPlace), [] },
        { Full(AnswerValue.InPlaceAndTested) with { LastTested = Today }, [] },
        { Full(AnswerValue.InPlaceAndTested), [Remark.TestedWithoutDate] },
        { Full(AnswerValue.InPlace) with { LastTested = Today }, [Remark.DateWithoutTested] },
        { Full(AnswerValue.InPlaceAndTested) with { LastTested = new(2023, 11, 21) }, [Remark.TestedLongAgo] },
        { Full(AnswerValue.InPlaceAndTested) with { LastTested = new(2023, 11, 22) }, [] },
        { Full(AnswerValue.InPlace) with { Rule = "", Practice = " " }, [Remark.InPlaceWithoutRuleOrPractice] },
        { Full(AnswerValue.PartlyInPlace) with { Evidence = "" }, [Remark.NothingToShow] },
        { Full(AnswerValue.Planned) with { Rule = "", Practice = "", Evidence = "" }, [] },
        { Full(AnswerValue.NotConsidered), [Remark.NotConsideredButDescribed] },
        { Full(AnswerValue.PreferNotToAnswer), [Remark.DeclinedButDescribed] },
        { Full(AnswerValue.InPlace) with { Sectors = [] }, [Remark.NoSector] },
    };

    [Theory, MemberData(nameof(Answers))]
    public void Contradictions_and_gaps_are_listed(Answer answer, Remark[] remarks)
    {
        var found = Consistency.Of(FrameworkFile.Framework, [answer], [], Today);

        Assert.Equal(remarks, found.Select(f => f.Remark));
    }

    [Fact]
    public void A_file_counts_as_something_to_show_and_its_label_is_held_against_the_answers()
    {
        var amber = Full(AnswerValue.InPlace) with { Evidence = "" };
        var clear = amber with { Label = SharingLabel.Clear };

        Assert.Empty(Remarks(amber, SharingLabel.AmberStrict));
        Assert.Equal([Remark.FileWiderThanAnswer], Remarks(amber, SharingLabel.Green));
        Assert.Equal([Remark.ClearAnswerWithRedFile], Remarks(clear, SharingLabel.Red));
    }

    private static IEnumerable<Remark> Remarks(Answer answer, SharingLabel label) => Consistency
        .Of(FrameworkFile.Framework, [answer], [new EvidenceFile(Guid.Empty, answer.Item, label)], Today)
        .Select(i => i.Remark);

    private static Answer Full(AnswerValue value) => new("N-g.g1", value)
    {
        Rule = "Law 3.",
        Practice = "Yearly.",
        Evidence = "Report of 2025.",
        Sectors = ["health"],
    };
}
