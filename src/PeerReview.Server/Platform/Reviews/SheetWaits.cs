using PeerReview.Core.Calendar;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>What participating States decide about the sheets they handed in, and what waits for it.</summary>
public static class SheetWaits
{
    /// <summary>The stage that puts the report out.</summary>
    private const string Publish = "publish";

    /// <summary>The day by which each State decides about its sheet: that of the owner's decision about the rest, though the owner decides first.
    /// Null before it is asked for, and where nobody takes part.</summary>
    public static Deadline? DayOf(LoadedReview review) =>
        review.Dossier.Region is not null && KnownStages.Serve(review.Process, SignedAct.Publication)
            ? review.State[SignedAct.Publication].Parts.Select(part => part.Deadline).LastOrDefault()
            : null;

    /// <summary>The participating States that handed a sheet in and decided nothing about it, though somebody speaks for them.</summary>
    public static IEnumerable<string> Undecided(LoadedReview review) =>
        (review.Dossier.Region?.States ?? []).Where(state => IsAsked(review, state) && review.Dossier.Region!.ChoiceOf(state) is null);

    /// <summary>Until when nothing can be published, as a State has still days to decide about its sheet; null where nothing is in the way.</summary>
    public static Wait? Awaited(LoadedReview review) =>
        Waits.Of(review).Where(IsOfSheet).Where(wait => wait.DueAt > review.Now).MaxBy(wait => wait.DueAt);

    /// <summary>Whether something waits for the decision about a sheet.</summary>
    public static bool IsOfSheet(Wait wait) =>
        wait.Stage == SignedAct.Publication && wait.Roles.Contains(RoleCode.Participant, StringComparer.Ordinal);

    /// <summary>One wait for each State that has not decided, until the report is out.</summary>
    internal static IEnumerable<Wait> Of(LoadedReview review, ProcessFacts facts)
    {
        if (review.Dossier.Slug is not null || DayOf(review) is not { } deadline)
            return [];
        var due = DueDay.LateFrom(deadline.Day, TimeZoneInfo.FindSystemTimeZoneById(deadline.Zone));
        var paused = Turn.Of(review.Process, review.State, facts).Any(turn => turn.Stage.Id == SignedAct.Publication && turn.Paused);
        return from state in Undecided(review)
               select new Wait(SignedAct.Publication, state, [RoleCode.Participant], deadline.Starts, deadline.Day, deadline.Zone, due, paused);
    }

    /// <summary>The deadline of a stage, which for the publication counts from the day until which the States decide: before it nothing can be
    /// published. The same whether they decide early, so that no day comes nearer unseen.</summary>
    internal static Deadline Before(LoadedReview review, Stage stage, Deadline deadline)
    {
        if (stage.Id != Publish || DayOf(review) is not { } until || !review.Dossier.Region!.States.Any(state => IsAsked(review, state)))
            return deadline;
        var day = until.Day.AddDays(review.Process.Days(stage, review.State.Variant) ?? 1);
        return day > deadline.Day ? deadline with { Day = day } : deadline;
    }

    private static bool IsAsked(LoadedReview review, string state) =>
        SheetRules.IsHandedIn(review.Dossier, state) && review.SpeakingFor(state).Any();
}
