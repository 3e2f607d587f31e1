using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Identity;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.SeeAs;

/// <summary>Looking on a review with the eyes of the subject, a reviewer, another State or the public. It shows what both would
/// see and changes nothing; that somebody began stands in the ledger; it ends with the session, or at once.</summary>
public sealed class SeeAs(ReviewCommands commands, Database database)
{
    public static void Map(WebRoutes routes)
    {
        routes.Pages.MapPost("/reviews/{review:guid}/see-as", BeginAsync).WithMetadata(WhileSeeing.Marker);
        routes.Pages.MapPost("/see-as/end", EndAsync).WithMetadata(WhileSeeing.Marker);
    }

    private static async Task<IResult> BeginAsync(
        Guid review, Visit visit, Form form, HttpContext http, SeeAs seeAs, CancellationToken cancel)
    {
        var role = Roles.TryParse(form.Text("role"), out var named) && Viewpoint.All.Contains(named) ? named : (Role?)null;
        var verdict = await seeAs.RecordAsync(new ReviewId(review), role, visit.Caller.Actor, cancel);
        if (verdict is Verdict<Receipt>.Refused { Reason: var reason })
            return Answer.Refused(reason);
        await seeAs.SetAsync(http, review, role, visit.Caller.Scope, cancel);
        return Answer.Done(StagePages.Of(review));
    }

    private static async Task<IResult> EndAsync(Visit visit, HttpContext http, SeeAs seeAs, CancellationToken cancel)
    {
        await seeAs.SetAsync(http, null, null, Scope.None, cancel);
        return Answer.Done(visit.Caller.Seeing is { } seeing ? StagePages.Of(seeing.Review.Value) : "/");
    }

    private Task<Verdict<Receipt>> RecordAsync(ReviewId review, Role? role, Actor actor, CancellationToken cancel) =>
        commands.RunAsync(review, actor, key: null, (work, _) => Task.FromResult(Decide(work, role)), cancel);

    // Whether somebody may look on at all comes first: a stranger learns nothing from what else is wrong.
    private static Verdict<ReviewChange> Decide(ReviewWork work, Role? role) =>
        Access.May(work.Actor, ReviewAct.SeeAs, work.Review.Facts) is { } no ? no
        : role is { } viewpoint ? new ReviewChange().Record(new ReviewEvent.SeenAs(viewpoint.Code(), work.Person.Value))
        : new Refusal("access.unknown-viewpoint", RefusalKind.Invalid, "role");

    private Task SetAsync(HttpContext http, Guid? review, Role? role, Scope scope, CancellationToken cancel) =>
        SessionCookie.Read(http) is { } secret
            ? database.ExecuteAsync(scope, Sql.Set, new { Hash = Secret.Hash(secret), Review = review, Role = role?.Code() }, cancel)
            : Task.CompletedTask;

    private static class Sql
    {
        public const string Set =
            """
            UPDATE session s SET
                seeing_review = @Review::uuid,
                seeing_role = @Role::text,
                seeing_programme = (SELECT programme_id FROM review WHERE id = @Review::uuid),
                seeing_subject = (SELECT subject_state FROM review WHERE id = @Review::uuid)
            WHERE s.token_hash = @Hash AND s.ended_at IS NULL
            """;
    }
}
