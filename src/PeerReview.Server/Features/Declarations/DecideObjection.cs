using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Declarations;

/// <summary>The head coordinator decides about an objection. Upheld, the expert leaves the review, and the reviewing State may invite
/// somebody else at once; or the expert stays and has no part in some items.</summary>
public sealed class DecideObjection(ReviewCommands commands)
{
    public static void Map(WebRoutes routes)
    {
        routes.Api.MapPost(
            "/reviews/{review:guid}/objections/{person:guid}/decision",
            async (Guid review, Guid person, ObjectionDecisionRequest request, Visit visit, DecideObjection decide, HttpContext http, CancellationToken cancel) =>
                (await decide.RunAsync(new ReviewId(review), person, request, visit.Caller.Actor, Idempotency.Of(http, request), cancel))
                .OrProblem(TypedResults.Ok))
            .WithName(nameof(DecideObjection)).WithTags("reviews").Produces<Receipt>();
        routes.Pages.MapPost(
            "/reviews/{review:guid}/declarations/decision",
            (Guid review, Visit visit, Form form, DecideObjection decide, DeclarationsPage page, CancellationToken cancel) =>
                decide.PostAsync(review, visit, form, page, cancel));
    }

    private Task<Verdict<Receipt>> RunAsync(
        ReviewId review, Guid person, ObjectionDecisionRequest request, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(review, actor, key, (work, token) => DecideAsync(work, person, request, token), cancel);

    private static async Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, Guid person, ObjectionDecisionRequest request, CancellationToken cancel)
    {
        var (review, dossier) = (work.Review, work.Review.Dossier);
        if (Access.May(work.Actor, ReviewAct.DecideObjection, review.Facts) is { } no)
            return no;
        if (dossier.Team.Objections.FirstOrDefault(o => o.Person == person && o.IsOpen) is not { } objection)
            return new Refusal("objection.none", RefusalKind.Conflict);
        var reason = request.Reason.Tidy();
        if (ObjectionReason.Problem(reason) is { } problem)
            return problem;
        if (request.Items is { } items && (request.Upholds ? Both(items) : RecusalRules.Check(dossier, person, items)) is { } unfit)
            return unfit;
        var change = new ReviewChange()
            .Write(
                WritingKind.ObjectionDecision, new PersonId(person).ToString(), 0, Contents.Write(new NoteContent(reason, [])), "AMBER",
                dossier.WorkingLanguage)
            .Record(new ReviewEvent.ObjectionDecided(person, request.Upholds, work.Person.Value));
        if (request.Upholds)
        {
            foreach (var role in dossier.People.Where(p => p.Person == person && p.State is not null).Select(p => p.Role))
                change.Record(new ReviewEvent.PersonReleased(person, role, work.Person.Value));
            // While experts comment nobody is nominated any more: the State and the coordinator are asked to fill the place. After that nobody
            // comments in it, but somebody has to lead.
            if (AreCommenting(review) || (HaveCommented(review) && dossier.Holding(RoleCode.Lead).Contains(person)))
                change.Record(new ReviewEvent.PlaceVacated(person, objection.State, dossier.Holding(RoleCode.Lead).Contains(person), work.Person.Value) { Commented = !AreCommenting(review) });
        }

        else if (request.Items is { } kept)
        {
            change.Record(new ReviewEvent.ItemsRecused(person, [.. dossier.Items.Where(kept.Contains)], work.Person.Value))
                .Send(Told(review, new PersonId(person), objection.State, LetterNames.ObjectionItems));
        }

        var by = (await work.MaterialAsync(cancel)).Find(WritingKind.Objection, new PersonId(person).ToString())?.Author;
        return Tell(
            change, review, objection, by,
            request.Upholds ? LetterNames.ObjectionTaken : request.Items is null ? LetterNames.ObjectionDecided : LetterNames.ObjectionItems);
    }

    private static bool AreCommenting(LoadedReview review) =>
        review.Process.FindStage(CommentRules.Stage) is { } comments && review.State[comments].Status == StageStatus.Open;

    private static bool HaveCommented(LoadedReview review) =>
        review.Process.FindStage(CommentRules.Stage) is { } comments && review.State[comments].Status.IsClosed();

    private static Refusal? Both(IReadOnlyList<string> items) => items.Count > 0 ? new("recusal.upheld", RefusalKind.Invalid, "items") : null;

    // Whoever objected hears of the outcome, and so does whoever was told of the objection.
    private static ReviewChange Tell(ReviewChange change, LoadedReview review, ObjectionMark objection, PersonId? by, string letter)
    {
        var upheld = letter == LetterNames.ObjectionTaken;
        var told = review.Holding(RoleCode.FocalPoint).Concat(review.Holding(RoleCode.Alternate))
            .Concat(review.Holding(RoleCode.Authority).Where(person => person == by))
            .Concat(review.Dossier.Holding(RoleCode.ReviewerFocalPoint, objection.State).Select(p => new PersonId(p))).Distinct();
        // Whoever has to find somebody else is told in the letter of that turn, with its day.
        if (upheld)
        {
            var taken = HaveCommented(review) ? LetterNames.ObjectionTakenLate : letter;
            change.SendAfter(after => told.Select(person => OfTurn(after, person, objection.State) ?? Told(review, person, objection.State, taken)));
        }

        foreach (var person in upheld ? [] : told)
            change.Send(IsReviewer(review, person) ? Told(review, person, objection.State, LetterNames.ExpertStays) with { Reviewer = null } : Told(review, person, objection.State, letter));

        if (letter == LetterNames.ObjectionDecided)
            change.Send(Told(review, new PersonId(objection.Person), objection.State, letter));

        // Whoever is out can no longer open the review.
        return upheld ? change.Send(ReviewLetters.About(review, LetterNames.ObjectionUpheld, new PersonId(objection.Person)) with { Path = "/" }) : change;
    }

    private static Letter? OfTurn(LoadedReview after, PersonId person, string state) =>
        Waits.Of(after).FirstOrDefault(wait => wait.Stage == "objection" && wait.Branch == state && wait.Roles.Contains(RoleCode.ReviewerFocalPoint, StringComparer.Ordinal)) is { } wait
        && wait.Waiting(after, RoleCode.ReviewerFocalPoint).Contains(person)
            ? ReviewLetters.About(after, AreCommenting(after) ? LetterNames.FillPlace : LetterNames.YourTurn("objection", RoleCode.ReviewerFocalPoint), person, wait) with
            {
                Path = StagePages.Of(after.Process, after.Id.Value, "objection", RoleCode.ReviewerFocalPoint),
            }
            : null;

    // The reviewing State reads no declarations: its focal point goes to its experts.
    private static Letter Told(LoadedReview review, PersonId person, string state, string letter) => ReviewLetters.About(review, letter, person) with
    {
        Reviewer = state,
        Path = $"/reviews/{review.Id}/{(IsReviewer(review, person) ? "experts" : "declarations")}",
    };

    private static bool IsReviewer(LoadedReview review, PersonId person) => review.RolesOf(person).Contains(RoleCode.ReviewerFocalPoint, StringComparer.Ordinal);

    private async Task<IResult> PostAsync(Guid review, Visit visit, Form form, DeclarationsPage page, CancellationToken cancel)
    {
        if (form.Text("act") is not ("uphold" or "recuse" or "reject"))
            return await page.AgainAsync(visit, review, form, ReviewRefusals.UnknownAct, cancel);
        var request = new ObjectionDecisionRequest(form.Text("act") == "uphold", form.Text("reason"))
        {
            Items = form.Text("act") == "recuse" ? [.. form.All("items")] : null,
        };
        var verdict = await RunAsync(
            new ReviewId(review), form.Id("person") ?? Guid.Empty, request, visit.Caller.Actor, key: null, cancel);
        return verdict is Verdict<Receipt>.Refused { Reason: var reason }
            ? await page.AgainAsync(visit, review, form, reason, cancel)
            : Answer.Done($"/reviews/{review}/declarations", "objection-decided");
    }
}

/// <summary>A decision about an objection.</summary>
/// <param name="Upholds">The expert leaves, and somebody else takes the place.</param>
public sealed record ObjectionDecisionRequest(bool Upholds = false, string Reason = "")
{
    /// <summary>Items the expert has no part in, though they stay; null where nothing changes for them.</summary>
    public IReadOnlyList<string>? Items { get; init; }
}
