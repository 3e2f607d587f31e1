using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Moves.Stages;

/// <summary>A party says why it cannot agree to the common text of a stage. The stage goes on: anybody of the parties can change the text.</summary>
public sealed class ObjectToText(ReviewCommands commands, ReviewLookup reviews)
{
    public static void Map(WebRoutes routes) => routes.Api.MapPost(
        "/reviews/{review:guid}/stages/{stage}/object",
        async (Guid review, string stage, ReasonRequest request, Visit visit, ObjectToText use, HttpContext http, CancellationToken cancel) =>
            (await use.RunAsync(new ReviewId(review), stage, request, visit.Caller.Actor, Idempotency.Of(http, request), cancel))
            .OrProblem(TypedResults.Ok))
        .WithName(nameof(ObjectToText)).WithTags("reviews").Produces<Receipt>();

    /// <summary>Runs the use case.</summary>
    /// <returns>A receipt, or <c>stage.documents-missing</c>, <c>moves.reason-missing</c>, <c>moves.reason-too-long</c>, or what the process
    /// says.</returns>
    public async Task<Verdict<Receipt>> RunAsync(
        ReviewId review, string stage, ReasonRequest request, Actor actor, CommandKey? key, CancellationToken cancel)
    {
        // The key names the party of whoever speaks, and what it said before is read by it.
        if (actor.Person is not { } person || await reviews.FindAsync(actor, review, cancel) is not { } found)
            return ReviewRefusals.NotFound;
        if (Access.May(actor, ReviewAct.DoStage, found.Facts) is { } no)
            return no;
        if (found.Process.FindStage(stage) is not { } at || !KnownStages.AreGeneric(found.Process, at) || !CommonText.Has(at))
            return ReviewRefusals.NotFound;
        var party = CommonText.PartyOf(found.State, at, StageRights.ActingIn(found, at, person), found.Dossier);
        return await commands.RunAsync(
            review, actor, key, party is null ? null : new WritingRef(WritingKind.StageObjection, CommonText.ObjectionKey(at, party)),
            async (work, token) => Decide(work, at, request, await work.MaterialAsync(token)), cancel);
    }

    private static Verdict<ReviewChange> Decide(ReviewWork work, Stage stage, ReasonRequest request, Material material)
    {
        var review = work.Review;
        if (Access.May(work.Actor, ReviewAct.DoStage, review.Facts) is { } no)
            return no;
        var by = StageRights.ActingIn(review, stage, work.Person);
        if (StageDoor.Closed(review.State, stage.Id, by) is { } closed)
            return closed;
        if (CommonText.PartyOf(review.State, stage, by, review.Dossier) is not { } party)
            return new Refusal("access.not-allowed", RefusalKind.NotAllowed);
        if (!StageDocuments.Missing(stage, null, material).IsEmpty)
            return new Refusal("stage.documents-missing", RefusalKind.Conflict);
        var reason = request.Reason.Tidy();
        if (reason.Length == 0)
            return new Refusal("moves.reason-missing", RefusalKind.Invalid, "reason");
        if (reason.Length > Reasons.MaxLength || !Core.Text.IsReadable(reason))
            return new Refusal("moves.reason-too-long", RefusalKind.Invalid, "reason").With("max", Reasons.MaxLength);
        return new ReviewChange()
            .Write(
                WritingKind.StageObjection, CommonText.ObjectionKey(stage, party), work.Current?.Version ?? 0,
                Contents.Write(new NoteContent(reason, [])), "AMBER", review.Dossier.WorkingLanguage)
            .SendAfter(after => ReviewLetters.ToAll(after, LetterNames.TextObjected, [.. after.Process.WithAlternates(stage.Acts), RoleCode.Coordinator])
                .Where(letter => letter.Person != work.Person)
                .Select(letter => letter.OnStage(after, stage)))
            .Made(stage.Id);
    }
}
