using PeerReview.Core;
using PeerReview.Core.Calendar;
using PeerReview.Core.Reviews;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>Whoever took an expert's place after the others had declared, in a programme's own process, is waited for with a declaration.</summary>
internal static class LateWaits
{
    /// <summary>One for each of them.</summary>
    public static IEnumerable<Wait> Of(LoadedReview review) =>
        from late in LateDeclarations.Open(review.State, review.Dossier)
        let due = LateDeclarations.DeadlineOf(review.State, late)
        select new Wait(
            LateDeclarations.StageOf(review.State)!.Id, new PersonId(late.Person).ToString(), [RoleCode.Expert], due.Starts, due.Day, due.Zone,
            DueDay.LateFrom(due.Day, TimeZoneInfo.Utc), Paused: false);
}
