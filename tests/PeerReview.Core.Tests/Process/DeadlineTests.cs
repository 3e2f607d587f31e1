using PeerReview.Core.Calendar;
using PeerReview.Core.Process;
using Xunit;
using static PeerReview.Core.Tests.Process.Review;

namespace PeerReview.Core.Tests.Process;

public sealed class DeadlineTests
{
    [Fact]
    public void Days_count_from_the_actual_end_in_the_zone_of_whoever_acts()
    {
        var review = new Review(Shipped.Voluntary);
        review.Facts = review.Facts with
        {
            Calendars = new Dictionary<string, PartyCalendar>
            {
                ["coordination"] = PartyCalendar.In(TimeZoneInfo.FindSystemTimeZoneById("Pacific/Auckland")),
                ["subject"] = PartyCalendar.In(TimeZoneInfo.FindSystemTimeZoneById("America/Los_Angeles")),
            },
        };
        review.Accept(new ProcessCommand.Launch(As("STATE_AUTH"), "light", "national", ["stake_call"]));

        // Noon of 2 March, UTC: already the 3rd in Auckland, still the 2nd in Los Angeles.
        Assert.Equal((new DateOnly(2026, 3, 10), "Pacific/Auckland"), (review.Deadline("acknowledge")!.Day, review.Deadline("acknowledge")!.Zone));
        Assert.Equal((new DateOnly(2026, 3, 16), "America/Los_Angeles"), (review.Deadline("appoint")!.Day, review.Deadline("appoint")!.Zone));
        review.Pass(3);
        review.Done("acknowledge", "COORD");
        Assert.Equal(new DateOnly(2026, 3, 5).AddDays(60), review.Deadline("self_assess")!.Day);
    }

    [Fact]
    public void A_deadline_rolls_over_the_partys_own_weekend_and_holidays_when_rolling_is_on()
    {
        var friday = new PartyCalendar(TimeZoneInfo.Utc, [DayOfWeek.Friday, DayOfWeek.Saturday], [new DateOnly(2026, 3, 9), new DateOnly(2026, 3, 10)]);
        var review = new Review(Shipped.Voluntary);
        review.Facts = review.Facts with
        {
            Rolling = true,
            Calendars = new Dictionary<string, PartyCalendar> { ["coordination"] = friday, ["subject"] = PartyCalendar.In(TimeZoneInfo.Utc) },
        };
        review.Accept(new ProcessCommand.Launch(As("STATE_AUTH"), "light", "national", []));

        Assert.Equal(new DateOnly(2026, 3, 11), review.Deadline("acknowledge")!.Day);
        Assert.Equal(new DateOnly(2026, 3, 16), review.Deadline("appoint")!.Day);
    }

    [Fact]
    public void A_changed_holiday_list_moves_nothing_that_is_set()
    {
        var review = Launched("light");
        var due = review.Deadline("acknowledge");
        review.Facts = review.Facts with
        {
            Rolling = true,
            Calendars = new Dictionary<string, PartyCalendar> { ["COORD"] = new(TimeZoneInfo.Utc, [], [due!.Day]) },
        };

        review.Done("appoint", "STATE_AUTH");

        Assert.Equal(due, review.Deadline("acknowledge"));
    }

    [Fact]
    public void An_extension_moves_the_deadline_once_and_no_further_than_it_may()
    {
        var review = At("light", "self_assess", "appoint");
        var due = review.Deadline("self_assess")!.Day;

        Assert.Equal(60, review.Refuse(
            ProcessRefusals.ExtensionTooLong, new ProcessCommand.Extend(As("STATE_FP"), "self_assess", 61)).Args["max"]);
        review.Refuse(ProcessRefusals.ExtensionTooLong, new ProcessCommand.Extend(As("STATE_FP"), "self_assess", 0));
        review.Refuse(ProcessRefusals.NoExtension, new ProcessCommand.Extend(As("STATE_AUTH"), "appoint", 5));
        review.Refuse(ProcessRefusals.NotYourStage, new ProcessCommand.Extend(As("STAKEHOLDER"), "self_assess", 5));
        review.Accept(new ProcessCommand.Extend(As("STATE_FP"), "self_assess", 60));
        Assert.Equal(due.AddDays(60), review.Deadline("self_assess")!.Day);
        Assert.Equal(DeadlineCause.Extended, review.Deadline("self_assess")!.Why);
        review.Refuse(ProcessRefusals.ExtensionsUsed, new ProcessCommand.Extend(As("COORD"), "self_assess", 5));
    }

    [Fact]
    public void An_extension_ends_after_today_or_is_not_given()
    {
        var review = At("light", "self_assess", "appoint");
        var due = review.Deadline("self_assess")!.Day;
        review.Pass(due.DayNumber - DateOnly.FromDateTime(review.Now.UtcDateTime).DayNumber + 20);

        var refused = review.Refuse(ProcessRefusals.ExtensionInPast, new ProcessCommand.Extend(As("STATE_FP"), "self_assess", 20));
        Assert.Equal((21, due.AddDays(21).ToString("O", System.Globalization.CultureInfo.InvariantCulture)), (refused.Args["min"], refused.Args["first"]));
        review.Pass(41);
        Assert.Equal(60, review.Refuse(ProcessRefusals.ExtensionTooLate, new ProcessCommand.Extend(As("STATE_FP"), "self_assess", 60)).Args["max"]);
    }

    [Fact]
    public void Each_branch_has_its_own_extension()
    {
        var review = At("desk", "desk_review");
        var due = review.Deadline("desk_review", "e1")!.Day;

        review.Refuse(ProcessRefusals.BranchNeeded, new ProcessCommand.Extend(As("COORD"), "desk_review", 5));
        review.Accept(new ProcessCommand.Extend(As("COORD"), "desk_review", 5, "e2"));
        review.Accept(new ProcessCommand.Extend(As("REV_EXPERT", "e3"), "desk_review", 7));

        Assert.Equal([due, due.AddDays(5), due.AddDays(7)], review.State["desk_review"].Parts.Select(p => p.Deadline!.Day));
    }

    [Fact]
    public void A_pause_moves_only_the_deadlines_of_the_party_that_waits()
    {
        var review = At("light", "self_assess", "appoint");
        var coordinator = Launched("light");
        var due = review.Deadline("self_assess")!.Day;
        review.Refuse(ProcessRefusals.NotYourCommand, new ProcessCommand.Pause(As("STATE_FP"), "subject", "translation"));
        review.Refuse(ProcessRefusals.UnknownParty, new ProcessCommand.Pause(As("COORD"), "martians", "translation"));
        review.Refuse(ProcessRefusals.UnknownReason, new ProcessCommand.Pause(As("COORD"), "subject", "lunch"));
        review.Refuse(ProcessRefusals.ClockRuns, new ProcessCommand.ResumeClock(As("COORD"), "subject"));

        review.Accept(new ProcessCommand.Pause(As("COORD"), "subject", "force_majeure"));
        review.Refuse(ProcessRefusals.ClockStands, new ProcessCommand.Pause(As("COORD"), "subject", "translation"));
        Assert.All(Turn.Of(review.Definition, review.State, review.Facts), t => Assert.True(t.Paused));
        review.Pass(12);
        review.Accept(new ProcessCommand.ResumeClock(As("COORD"), "subject"));

        Assert.Equal(due.AddDays(12), review.Deadline("self_assess")!.Day);
        Assert.Equal(DeadlineCause.Paused, review.Deadline("self_assess")!.Why);

        var before = coordinator.Deadline("acknowledge");
        coordinator.Accept(new ProcessCommand.Pause(As("COORD"), "subject", "force_majeure"));
        coordinator.Pass(5);
        coordinator.Accept(new ProcessCommand.ResumeClock(As("COORD"), "subject"));
        Assert.Equal(before, coordinator.Deadline("acknowledge"));
    }

    [Fact]
    public void A_pause_of_one_branch_leaves_the_others_and_a_stage_opened_meanwhile_counts_from_its_opening()
    {
        var review = At("desk", "desk_review");
        var due = review.Deadline("desk_review", "e1")!.Day;
        review.Accept(new ProcessCommand.Pause(As("COORD"), "reviewers", "reviewer_replacement", "e2"));
        review.Pass(4);
        review.Accept(new ProcessCommand.ResumeClock(As("COORD"), "reviewers", "e2"));
        Assert.Equal([due, due.AddDays(4), due], review.State["desk_review"].Parts.Select(p => p.Deadline!.Day));

        review.Accept(new ProcessCommand.Pause(As("COORD"), "reviewers", "translation"));
        review.Pass(10);
        review.Finish("desk_review");
        var consolidate = review.Deadline("consolidate")!.Day;
        review.Pass(3);
        review.Accept(new ProcessCommand.ResumeClock(As("COORD"), "reviewers"));
        Assert.Equal(consolidate.AddDays(3), review.Deadline("consolidate")!.Day);
    }

    [Fact]
    public void A_day_that_is_both_paused_and_suspended_counts_once()
    {
        var review = At("light", "self_assess", "appoint");
        var due = review.Deadline("self_assess")!.Day;
        review.Accept(new ProcessCommand.Pause(As("COORD"), "subject", "force_majeure"));
        review.Pass(5);
        review.Accept(new ProcessCommand.Suspend(As("STATE_AUTH")));
        review.Pass(20);
        review.Accept(new ProcessCommand.Resume(As("STATE_AUTH")));
        review.Pass(3);
        review.Accept(new ProcessCommand.ResumeClock(As("COORD"), "subject"));

        Assert.Equal(due.AddDays(28), review.Deadline("self_assess")!.Day);
    }

    [Fact]
    public void A_stage_sent_back_has_the_days_of_the_return()
    {
        var review = At("light", "complete");
        review.Pass(2);
        review.Accept(new ProcessCommand.Return(As("COORD"), "complete", "self_assess"));

        Assert.Equal(DateOnly.FromDateTime(review.Now.UtcDateTime).AddDays(14), review.Deadline("self_assess")!.Day);
    }

    [Fact]
    public void A_window_that_had_not_begun_when_the_review_was_suspended_keeps_its_length()
    {
        var review = Launched("light");
        review.Done("acknowledge", "COORD");
        review.Pass(10);
        review.Accept(new ProcessCommand.Suspend(As("STATE_AUTH")));
        review.Pass(100);
        review.Accept(new ProcessCommand.Resume(As("STATE_AUTH")));

        var window = review.Deadline("stake_call")!;
        Assert.Equal(30, window.Day.DayNumber - window.Starts.DayNumber);
        Assert.Equal(new DateOnly(2026, 3, 2).AddDays(115), window.Starts);
    }

    [Fact]
    public void A_deadline_is_kept_until_the_last_moment_of_its_day()
    {
        var review = Launched("light", "regional", "stake_call");
        review.Facts = review.Facts with
        {
            Calendars = new Dictionary<string, PartyCalendar> { ["STATE_AUTH/DDD"] = PartyCalendar.In(TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo")) },
        };
        review.Reach("endorse");
        review.Pass(21);
        review.Pass(TimeSpan.FromHours(3) - TimeSpan.FromTicks(1)); // one tick before midnight in Tokyo
        review.Refuse(ProcessRefusals.DeadlineNotPassed, new ProcessCommand.Lapse(Acting.System, "endorse", "DDD"));
        review.Pass(TimeSpan.FromTicks(1));
        review.Accept(new ProcessCommand.Lapse(Acting.System, "endorse", "DDD"));
        review.Refuse(ProcessRefusals.DeadlineNotPassed, new ProcessCommand.Lapse(Acting.System, "endorse", "CCC"));
    }
}
