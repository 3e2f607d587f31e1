using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.FollowUp;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Urgent;

/// <summary>What somebody says when acknowledging.</summary>
/// <param name="Note">May be empty.</param>
public sealed record AcknowledgeRequest(string Note = "");

/// <summary>The other side says that it has read an urgent point.</summary>
public sealed class AcknowledgeUrgent(ReviewCommands commands)
{
    public static void Map(WebRoutes routes) => routes.Api.MapPost(
        "/reviews/{review:guid}/urgent/{point}/acknowledge",
        async (Guid review, string point, AcknowledgeRequest request, Visit visit, AcknowledgeUrgent acknowledge, HttpContext http, CancellationToken cancel) =>
            (await acknowledge.RunAsync(
                new ReviewId(review), point, request, visit.Caller.Actor, Idempotency.Of(http, request), cancel)).OrProblem(TypedResults.Ok))
        .WithName(nameof(AcknowledgeUrgent)).WithTags("reviews");

    /// <summary>Runs the use case.</summary>
    public Task<Verdict<Receipt>> RunAsync(
        ReviewId review, string point, AcknowledgeRequest request, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(review, actor, key, (work, _) => Task.FromResult(Decide(work, point, request)), cancel);

    /// <summary>Why somebody cannot acknowledge a point; null when they can.</summary>
    internal static Refusal? MayNot(Actor actor, LoadedReview review, UrgentMark point)
    {
        if (Access.May(actor, ReviewAct.AcknowledgeUrgentPoint, review.Facts) is { } no)
            return no;
        var person = actor.Person!.Value;
        // Any coordinator of the programme may step in for those who look after the review.
        IEnumerable<string> roles = review.RolesOf(person);
        if (actor.Serves(review.Programme, Role.Coordinator))
            roles = roles.Append(RoleCode.Coordinator);
        return UrgentCircle.MayAcknowledge(point, person, roles, review.RolesOf(new PersonId(point.By)));
    }

    private static Verdict<ReviewChange> Decide(ReviewWork work, string id, AcknowledgeRequest request)
    {
        var review = work.Review;
        // Whoever may not read a point is not told whether it is there.
        if (!Access.Visible(work.Actor, DocumentKind.UrgentPoint, review.Facts).CanRead)
            return ReviewRefusals.NotFound;
        if (review.Dossier.Urgent.FirstOrDefault(u => u.Id == id) is not { } point)
            return ReviewRefusals.NotFound;
        if (MayNot(work.Actor, review, point) is { } no)
            return no;
        var note = request.Note.Tidy();
        if (UrgentPointRules.CheckNote(note) is { IsEmpty: false } problems)
            return Refusal.Of(problems);
        return new ReviewChange()
            .Write(
                WritingKind.UrgentAcknowledged, id, 0, Contents.Write(new NoteContent(note, [])), SharingLabel.Red.Code(),
                review.Dossier.WorkingLanguage)
            .SendAfter(after => UrgentLetters.Acknowledged(after, point, work.Person))
            .Made(id);
    }
}
