using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Features.Moves.Stages;

/// <summary>A right is used in a stage whose process says what has to hold before the review goes on: what was written is handed in, and the
/// office settles what follows. With its answer, which the State reads, the stage ends.</summary>
internal static class SettleRight
{
    /// <summary>How the answer is kept.</summary>
    public static string ReasonOf(string stage) => $"SettleRight.{stage}";

    /// <summary>The right somebody of the office is asked about; null where nothing is to be settled, and for everybody else.</summary>
    /// <param name="branch">The part of the stage; the first one with a right to settle where null.</param>
    public static UsedRight? For(Actor actor, LoadedReview review, Stage stage, string? branch = null) =>
        Access.May(actor, ReviewAct.SettleRight, review.Facts) is not null ? null
        : UsedRights.In(review.State, review.Dossier, stage).FirstOrDefault(used => branch is null || used.Branch == branch);

    /// <summary>Whoever acts hands in what they wrote; their part is done when it is settled.</summary>
    public static ReviewChange Use(ReviewWork work, Stage stage, Acting by, StageRequest request, StageAsks asks)
    {
        var role = stage.Acts.First(acting => by.Roles.Any(held => work.Review.Process.ActsAs(held, acting)));
        var change = new ReviewChange().Record(new ReviewEvent.RightUsed(stage.Id, by.Branch, role, work.Person.Value));
        return (request.Conditions.Count > 0 ? change.Record(DoStage.Stated(stage, request, asks, work.Person)) : change).Made(stage.Id);
    }

    /// <summary>Decides for the office.</summary>
    /// <returns>Why not: <c>stage.not-stated</c>, <c>moves.reason-missing</c>, <c>moves.reason-too-long</c>.</returns>
    public static Verdict<ReviewChange> Decide(
        ReviewWork work, UsedRight used, Stage stage, StageRequest request, (StageAsks Asks, Material Material) at)
    {
        var answer = request.Reason.Trim();
        List<Refusal> problems = [.. Reasons.Check(answer) is { } unsaid ? [unsaid] : Array.Empty<Refusal>()];
        if (at.Asks.Guards.Except(request.States, StringComparer.Ordinal).Any())
            problems.Add(new Refusal("stage.not-stated", RefusalKind.Invalid, "states"));
        if (problems.Count > 0)
            return Refusal.Of(problems);
        // What whoever used the right said about what comes next stays said.
        var said = work.Review.Dossier.Statements?.FirstOrDefault(one => one.Stage == stage.Id)?.Conditions;
        return StageNews.Tell(new ReviewChange()
            .Record(new ReviewEvent.StageStated(
                stage.Id, at.Asks.Guards, said ?? ImmutableSortedDictionary<string, bool>.Empty, work.Person.Value))
            .Then(new ProcessCommand.Complete(StageRights.ActingFor(used), stage.Id))
            .Explain(ReasonOf(stage.Id), answer, work)
            .SendAfter(after => ReviewLetters.ToAll(after, LetterNames.RightSettled, RoleCode.Authority, RoleCode.FocalPoint, RoleCode.Alternate)
                .Select(letter => letter.OnStage(after, stage)))
            .Made(stage.Id), stage, at.Material);
    }
}
