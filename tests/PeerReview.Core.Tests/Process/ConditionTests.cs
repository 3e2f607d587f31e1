using System.Collections.Immutable;
using PeerReview.Core.Process;
using Xunit;
using static PeerReview.Core.Tests.Process.Review;

namespace PeerReview.Core.Tests.Process;

/// <summary>A stage that takes place only under a condition, and what happens while nobody can know whether it holds.</summary>
public sealed class ConditionTests
{
    private const string Translate = "translate";

    [Fact]
    public void While_nobody_knows_whether_a_stage_takes_place_it_waits_and_so_does_what_comes_after()
    {
        var review = Undecided("desk");
        review.Reach("opening", "complete");

        review.Done("complete", "COORD");

        Assert.Equal(StageStatus.Waiting, review.State[Translate].Status);
        Assert.Equal(["opening"], review.Open);
    }

    [Fact]
    public void Known_to_hold_the_stage_opens_with_its_own_days_and_the_experts_wait_for_its_end()
    {
        var review = Undecided("desk");
        review.Reach("opening", "complete");
        review.Done("complete", "COORD");
        review.Pass(5);
        review.Facts = Knowing(review, true);

        review.Finish("opening");

        Assert.Equal([Translate], review.Open);
        Assert.Equal(DayAfter(5 + 28), review.Deadline(Translate)!.Day);
        Assert.All(review.State["desk_review"].Parts, part => Assert.Fail(part.ToString()));
        review.Pass(20);
        review.Done(Translate, "COORD");
        Assert.Equal(["desk_review"], review.Open);
        // Nothing of the time the translation took is taken from the experts.
        Assert.Equal(DayAfter(5 + 20 + 45), review.Deadline("desk_review", "e1")!.Day);
    }

    [Fact]
    public void Known_not_to_hold_the_stage_is_skipped_and_what_comes_after_opens_at_once()
    {
        var review = Undecided("desk");
        review.Reach("opening", "complete");
        review.Done("complete", "COORD");
        review.Facts = Knowing(review, false);

        review.Finish("opening");

        Assert.Equal(SkipCause.Condition, review.State[Translate].Skipped);
        Assert.Equal(["desk_review"], review.Open);
    }

    [Fact]
    public void Known_before_its_turn_the_stage_opens_when_its_turn_comes()
    {
        var review = Undecided("desk");
        review.Reach("opening", "complete");
        review.Facts = Knowing(review, true);
        review.Finish("opening");
        Assert.Equal(["complete"], review.Open);

        review.Done("complete", "COORD");

        Assert.Equal([Translate], review.Open);
    }

    [Fact]
    public void A_lighter_variant_ends_a_stage_that_it_does_not_need()
    {
        var review = Undecided("desk");
        review.Facts = Knowing(review, true);
        review.Reach(Translate);

        review.Facts = Knowing(review, false);
        review.Accept(new ProcessCommand.ChangeVariant(As("STATE_AUTH"), "light"));

        Assert.Equal(SkipCause.Condition, review.State[Translate].Skipped);
        Assert.Equal(["clarify"], review.Open);
    }

    [Fact]
    public void A_deeper_variant_asks_anew_whether_a_stage_takes_place()
    {
        var review = At("light", "clarify");
        Assert.Equal(SkipCause.Condition, review.State[Translate].Skipped);

        review.Facts = Knowing(review, null);
        review.Accept(new ProcessCommand.ChangeVariant(As("STATE_AUTH"), "desk"));
        Assert.Equal(StageStatus.Waiting, review.State[Translate].Status);
        review.Reach("opening");
        review.Facts = Knowing(review, true);
        review.Finish("opening");

        Assert.Equal([Translate], review.Open);
    }

    [Fact]
    public void A_deeper_variant_leaves_skipped_what_is_known_not_to_be_needed()
    {
        var review = At("light", "clarify");

        var events = review.Accept(new ProcessCommand.ChangeVariant(As("STATE_AUTH"), "desk"));

        Assert.DoesNotContain(events, e => e is ProcessEvent.StageReset { Stage: Translate });
    }

    private static Review Undecided(string variant)
    {
        var review = Launched(variant, "national", "stake_call");
        review.Facts = Knowing(review, null);
        return review;
    }

    private static ProcessFacts Knowing(Review review, bool? holds) => review.Facts with
    {
        Conditions = review.Facts.Conditions.ToImmutableDictionary().SetItem("working_language_differs", holds),
    };

    private static DateOnly DayAfter(int days) => DateOnly.FromDateTime(Start.UtcDateTime).AddDays(days);
}
