using PeerReview.Core;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Features.Moves.Stages;

/// <summary>A party agrees to the common text of a stage exactly as it stands. With the last one everybody's part is done: until then the
/// text can be changed, and whoever agreed is asked again.</summary>
internal static class AgreeOnText
{
    /// <summary>Decides for whoever acts in the stage.</summary>
    public static Verdict<ReviewChange> Decide(ReviewWork work, Stage stage, Acting by, StageRequest request, StageAsks asks, Material material)
    {
        var (review, dossier) = (work.Review, work.Review.Dossier);
        if (CommonText.PartyOf(review.State, stage, by, dossier) is not { } party)
            return new Refusal("access.not-allowed", RefusalKind.NotAllowed);
        if (request.GoOn && !CommonText.MayGoOn(review.State, stage, work.Now))
            return new Refusal("stage.days-not-over", RefusalKind.Conflict);
        if (!request.GoOn && CommonText.HasAgreed(dossier, review.State, stage, party))
            return new Refusal("stage.agreed-already", RefusalKind.Conflict);
        if (DoStage.Problems(review, stage, by, request, asks, material).ToList() is { Count: > 0 } problems)
            return Refusal.Of(problems);
        var change = new ReviewChange().Made(stage.Id);
        // Whoever has it go on says nothing new about the text.
        if (!request.GoOn)
            change.Record(new ReviewEvent.Signed(SignedAct.StageText(stage.Id, party.Key), party.Role, asks.Hash!, "", work.Person.Value));
        var missing = CommonText.Missing(dossier, review.State, stage).Where(other => request.GoOn || other != party).ToList();
        if (missing.Count > 0 && !request.GoOn)
            return change;
        var stated = DoStage.Stated(stage, request, asks, work.Person);
        // The record tells an agreement of all from going on without.
        change.Record(missing.Count > 0 ? stated : stated with
        {
            Guards = [.. stated.Guards, .. stage.Exit.Select(exit => exit.Guard).Where(CommonText.Agrees).Distinct(StringComparer.Ordinal)],
        });
        foreach (var each in CommonText.Parties(stage, review.State[stage]))
        {
            var who = CommonText.Agreement(dossier, review.State, stage, each) is { } agreed ? new PersonId(agreed.By) : work.Person;
            change.Then(new ProcessCommand.Complete(new Acting(who, [each.Role], each.Branch), stage.Id));
        }

        return StageNews.Tell(change, stage, material);
    }
}
