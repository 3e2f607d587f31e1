using System.Globalization;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Process;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>More time for one step, as one person may give it now or could have given it.</summary>
/// <param name="Max">The most days at a time.</param>
/// <param name="Times">How often it can be given at all.</param>
/// <param name="Left">How often it can still be given.</param>
/// <param name="Least">The fewest days that reach a day still to come, and that day; null where one day does.</param>
/// <param name="Refused">The code of the reason why none can be given; null where some can.</param>
public sealed record MoreTime(Stage Stage, int Max, int Times, int Left, (int Days, DateOnly Day)? Least, string? Refused);

/// <summary>How often more time can be given and a review be put off, and what was used of it: said before somebody uses it up, and
/// afterwards why it is not offered any more.</summary>
public static class ChancesLeft
{
    /// <summary>Each open step this person could give more time, and each that had all of it already or is too late for it; in the order of
    /// the process. Steps that are not theirs to give time are left out.</summary>
    public static IReadOnlyList<MoreTime> OfTime(Actor actor, LoadedReview review, Calendars calendars)
    {
        if (actor.Person is not { } person || Access.May(actor, ReviewAct.Extend, review.Facts) is not null)
            return [];
        var by = new Acting(person, review.RolesOf(person), review.BranchOf(person));
        var facts = FactsForProcess.Planning(review.Process, review.Subject, review.Rolling, calendars);
        return
        [
            .. from stage in review.State.Open
               where stage.Extend is not null && !MovesOffered.DeclaresFirst(actor, review, stage.Id)
               let asked = Ask(stage, stage.Extend!.MaxDays)
               where asked is null || asked.Code is ProcessRefusals.ExtensionsUsed or ProcessRefusals.ExtensionTooLate
               select new MoreTime(stage, stage.Extend!.MaxDays, stage.Extend.Times, Left(stage), Least(Ask(stage, 1)), asked?.Code),
        ];

        Refusal? Ask(Stage stage, int days) =>
            (Decider.Decide(review.Process, review.State, new ProcessCommand.Extend(by, stage.Id, days), facts, review.Now) as Verdict<Decision>.Refused)?.Reason;

        int Left(Stage stage) => stage.Extend!.Times
            - ((review.State[stage].Part(null) ?? review.State[stage].Part(by.Branch))?.Extensions ?? 0);
    }

    /// <summary>How often a review can be put off from the point it has reached, and how often it can still be; null where there is no
    /// limit, or where it cannot be put off at all from there.</summary>
    public static (int Times, int Left)? OfDeferral(LoadedReview review)
    {
        var rules = review.Process.Limits.Deferral;
        for (var i = 0; i < rules.Length; i++)
        {
            if (rules[i].Before is { } milestone && review.State.Reached(milestone))
                continue;
            return rules[i].Times is { } times ? (times, Math.Max(0, times - review.State.Deferrals[i])) : null;
        }

        return null;
    }

    private static (int Days, DateOnly Day)? Least(Refusal? ofOneDay) => ofOneDay is { Code: ProcessRefusals.ExtensionInPast } past
        ? ((int)past.Args["min"], DateOnly.ParseExact((string)past.Args["first"], "O", CultureInfo.InvariantCulture))
        : null;
}
