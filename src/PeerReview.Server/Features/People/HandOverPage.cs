using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.People;

/// <summary>What a successor has to know of a review, on one page that can be printed; and the handing over itself.</summary>
public sealed class HandOverPage(ReviewLookup reviews, HandOverCase hand, StateNames names)
{
    public static void Map(WebRoutes routes)
    {
        const string path = "/reviews/{review:guid}/hand-over";
        routes.Pages.MapGet(path, (Guid review, Visit visit, HandOverPage page, CancellationToken cancel) =>
            page.ShowAsync(new ReviewId(review), visit, Form.Empty, [], StatusCodes.Status200OK, cancel));
        routes.Pages.MapPost(path, (Guid review, Visit visit, Form form, HandOverPage page, CancellationToken cancel) =>
            page.HandOverAsync(new ReviewId(review), visit, form, cancel));
    }

    /// <summary>Whether the pack is for somebody: for those who hand over, and for the authority, who names the State's people.</summary>
    public static bool IsFor(Actor actor, ReviewFacts review) =>
        new[] { ReviewAct.HandOverCase, ReviewAct.HandOverFocalPoint, ReviewAct.AppointFocalPoint }.Any(act => Access.May(actor, act, review) is null);

    private async Task<IResult> HandOverAsync(ReviewId review, Visit visit, Form form, CancellationToken cancel)
    {
        var request = new HandOverRequest(form.Id("from"), form.Id("to")) { Drafts = form.IsOn("drafts") };
        var verdict = await hand.RunAsync(review, request, visit.Caller.Actor, key: null, cancel);
        if (verdict is Verdict<Receipt>.Accepted)
            return Answer.Done($"/reviews/{review}", "handed-over");
        var reason = ((Verdict<Receipt>.Refused)verdict).Reason;
        return reason.Kind is RefusalKind.NotFound or RefusalKind.NotAllowed
            ? Answer.Refused(reason)
            : await ShowAsync(review, visit, form, [.. reason.All], reason.Status(), cancel);
    }

    private async Task<IResult> ShowAsync(
        ReviewId id, Visit visit, Form form, IReadOnlyList<Refusal> errors, int status, CancellationToken cancel)
    {
        var actor = visit.Caller.Actor;
        var found = await reviews.FindAsync(actor, id, MaterialSql.Statements + CourseSql.Statements + ";" + Sql.Left + ";" + Sql.Addresses, new { Review = id.Value },
            async grid => (Material: await MaterialSql.ReadAsync(grid), Course: await CourseSql.ReadAsync(grid), Left: await grid.ReadAsync<LeftLine>(), Addresses: await grid.ReadAsync<(Guid Person, string Email)>()), cancel);
        if (found is null || !IsFor(actor, found.Review.Facts))
            return Answer.NotFound();
        var (review, material) = (found.Review, found.More.Material);
        var sight = StageSight.Of(review, actor);
        return Answer.Page<HandOverView>(
            new
            {
                Model = new HandOverModel(review, names.Of(review.Subject.Iso3, visit.Texts.Language), form, errors)
                {
                    Waits = [.. Waits.Of(review).Where(wait => sight.Shows(wait, actor))],
                    Done = [.. review.Process.Ordered.Where(stage => sight.Shows(stage) && review.State[stage].Status is StageStatus.Done or StageStatus.Waived)],
                    Questions = [.. Questions(actor, review, material)],
                    // Who was not invited is the office's to tell.
                    OwedGroups = Access.May(actor, ReviewAct.HandOverCase, review.Facts) is null && Waits.Of(review).Any(wait => wait.Stage == DraftReport.Stage && wait.Roles.Contains(RoleCode.Coordinator, StringComparer.Ordinal))
                        ? StakeholderGroups.Missing(review.State, review.Dossier)
                        : [],
                    Left =
                    [
                        .. found.More.Left.Where(one => Roles.TryParse(one.Role, out var role)
                            && Access.VisiblePerson(actor, review.Facts, role, new PersonId(one.Person)) > Extent.Nothing),
                    ],
                    Changes = Course.Of(review, actor, found.More.Course).Changes,
                    Promised = Access.Visible(actor, DocumentKind.LaunchNotice, review.Facts).CanRead && KnownStages.Serve(review.Process, "pub_decide"),
                    People =
                    [
                        .. review.People.Where(p => review.Holding(p.Role).Contains(p.Person) && Roles.TryParse(p.Role, out var role)
                            && Access.VisiblePerson(actor, review.Facts, role, p.Person) > Extent.Nothing).DistinctBy(p => (p.Person, p.Role)),
                    ],
                    Addresses = found.More.Addresses
                        .Where(one => review.People.Any(p => p.Person.Value == one.Person && Roles.TryParse(p.Role, out var role)
                            && Access.VisiblePerson(actor, review.Facts, role, p.Person) == Extent.Everything))
                        .ToDictionary(one => one.Person, one => one.Email),
                    HandsOverCase = review.Dossier.Coordinator is not null && Access.May(actor, ReviewAct.HandOverCase, review.Facts) is null,
                    HandsOverOwn = HandOverRules.IsOwn(review.Dossier, RoleCode.FocalPoint, visit.Caller.Id.Value, visit.Caller.Id),
                },
            },
            status);
    }

    /// <summary>Questions to the State that have no reply, as far as the reader may read them.</summary>
    private static IEnumerable<(Writing Text, QuestionContent Question)> Questions(Actor actor, LoadedReview review, Material material) =>
        from id in review.Dossier.OpenQuestions
        let text = material.Find(WritingKind.Question, id)
        where text is not null
        let question = Contents.ReadQuestion(text)
        where Access.Visible(actor, review.Dossier.Clarification(question.Item), review.Facts, SharingLabels.Of(text.Label)).CanRead
        select (text, question);

    private static class Sql
    {
        // Whoever only changed from one grant to the next is still there.
        public const string Left =
            """
            SELECT g.person_id AS person, p.name, g.role, max(g.ended_at) AS at FROM role_grant g JOIN person p ON p.id = g.person_id
            WHERE g.review_id = @Review AND g.ended_at IS NOT NULL AND NOT EXISTS (
                SELECT FROM role_grant o WHERE o.review_id = g.review_id AND o.person_id = g.person_id AND o.role = g.role AND o.ended_at IS NULL)
            GROUP BY g.person_id, p.name, g.role ORDER BY at, p.name
            """;

        public const string Addresses =
            """
            SELECT DISTINCT p.id AS person, p.email FROM review r
            JOIN role_grant g ON g.programme_id = r.programme_id AND g.ended_at IS NULL
                AND (g.review_id = r.id OR (g.review_id IS NULL AND g.role = 'STATE_AUTH' AND g.state = r.subject_state))
            JOIN person p ON p.id = g.person_id
            WHERE r.id = @Review
            """;
    }
}

/// <summary>Somebody who had a role in the review and has it no more.</summary>
/// <param name="At">When it ended, UTC.</param>
public sealed record LeftLine(Guid Person, string Name, string Role, DateTimeOffset At);

/// <summary>What the pack draws, all of it as far as the reader may read it.</summary>
public sealed record HandOverModel(LoadedReview Review, string StateName, Form Form, IReadOnlyList<Refusal> Errors)
{
    /// <summary>What waits for whom until when.</summary>
    public ImmutableArray<Wait> Waits { get; init; } = [];

    /// <summary>Steps that are done.</summary>
    public ImmutableArray<Stage> Done { get; init; } = [];

    /// <summary>Questions without a reply.</summary>
    public ImmutableArray<(Writing Text, QuestionContent Question)> Questions { get; init; } = [];

    /// <summary>How the course of the review was changed, oldest first.</summary>
    public ImmutableArray<CourseChange> Changes { get; init; } = [];

    /// <summary>Whether the reader may read what was promised at the launch.</summary>
    public bool Promised { get; init; }

    public ImmutableArray<Holder> People { get; init; } = [];

    /// <summary>Where those write from whose address the reader may know, by person.</summary>
    public IReadOnlyDictionary<Guid, string> Addresses { get; init; } = ImmutableDictionary<Guid, string>.Empty;

    /// <summary>Who had a role and has it no more, the first to leave first.</summary>
    public ImmutableArray<LeftLine> Left { get; init; } = [];

    /// <summary>Groups of stakeholders of which the coordinator has to say why nobody was invited.</summary>
    public ImmutableArray<string> OwedGroups { get; init; } = [];

    /// <summary>Whether the reader can put another coordinator in the place of one.</summary>
    public bool HandsOverCase { get; init; }

    /// <summary>Whether the reader is the focal point, who names who follows.</summary>
    public bool HandsOverOwn { get; init; }
}
