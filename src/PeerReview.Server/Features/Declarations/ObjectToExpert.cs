using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Core.Selection;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Declarations;

/// <summary>The subject objects to an expert with a reason, or says that it objects to nobody.</summary>
public sealed class ObjectToExpert(ReviewCommands commands)
{
    private const string Window = "objection";

    public static void Map(WebRoutes routes)
    {
        routes.Api.MapPost(
            "/reviews/{review:guid}/objections",
            async (Guid review, ObjectionRequest request, Visit visit, ObjectToExpert @object, HttpContext http, CancellationToken cancel) =>
                (await @object.RunAsync(new ReviewId(review), request, visit.Caller.Actor, Idempotency.Of(http, request), cancel))
                .OrProblem(TypedResults.Ok))
            .WithName(nameof(ObjectToExpert)).WithTags("reviews").Produces<Receipt>();
        routes.Pages.MapPost(
            "/reviews/{review:guid}/declarations/objection",
            (Guid review, Visit visit, Form form, ObjectToExpert @object, DeclarationsPage page, CancellationToken cancel) =>
                @object.PostAsync(review, visit, form, page, cancel));
    }

    private Task<Verdict<Receipt>> RunAsync(
        ReviewId review, ObjectionRequest request, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(review, actor, key, (work, _) => Task.FromResult(Decide(work, request)), cancel);

    private static Verdict<ReviewChange> Decide(ReviewWork work, ObjectionRequest request)
    {
        var (review, dossier) = (work.Review, work.Review.Dossier);
        if (Access.May(work.Actor, ReviewAct.ObjectToExpert, review.Facts) is { } no)
            return no;
        if (StageDoor.Closed(review.State, Window) is { } closed
            && !(request.Person is { } late && SteppingIn.MayObject(dossier, review.State, late, TimeZoneInfo.FindSystemTimeZoneById(review.Subject.TimeZone), work.Now)))
        {
            return closed;
        }

        if (request.Person is not { } person || !dossier.Holding(RoleCode.Expert).Contains(person))
            return new Refusal("objection.unknown-person", RefusalKind.Invalid, "person");
        if (!dossier.HasDeclared(person))
            return new Refusal("objection.not-declared", RefusalKind.Conflict, "person");
        if (dossier.Team.Objections.Any(o => o.Person == person))
            return new Refusal("objection.made", RefusalKind.Conflict, "person");
        var reason = request.Reason.Tidy();
        var state = dossier.People.First(p => p.Person == person && p.Role == RoleCode.Expert).State;
        return ObjectionReason.Problem(reason) is { } problem
            ? problem
            : new ReviewChange()
                .Write(
                    WritingKind.Objection, new PersonId(person).ToString(), 0, Contents.Write(new NoteContent(reason, [])), "AMBER",
                    dossier.WorkingLanguage)
                .Send(ReviewLetters.About(review, LetterNames.ObjectedTo, new PersonId(person)) with { Path = $"/reviews/{review.Id}/declarations" })
                .SendAfter(after => Told(after, work, state))
                .Made(person.ToString());
    }

    /// <summary>That an objection was made and until when it is decided: to the others who speak for the State, and to the coordinators. Whoever
    /// decides is asked in a letter of their own.</summary>
    private static IEnumerable<Letter> Told(LoadedReview after, ReviewWork work, string? state) =>
        from person in new[] { RoleCode.Authority, RoleCode.FocalPoint, RoleCode.Alternate, RoleCode.Coordinator }.SelectMany(after.Holding).Distinct()
        where person != work.Person && !after.Holding(RoleCode.HeadCoordinator).Contains(person)
        let letter = ReviewLetters.About(after, LetterNames.ObjectionTold, person)
        select letter with
        {
            Path = $"/reviews/{after.Id}/declarations",
            Reviewer = state,
            Days = letter.Days.Add("until", DateOnly.FromDateTime(work.Now.UtcDateTime).AddDays(ObjectionMark.DecidedWithin)),
        };

    // The right is given up by the step of the process that waives the stage.
    private static Verdict<ReviewChange> DecideWaived(ReviewWork work) =>
        Access.May(work.Actor, ReviewAct.ObjectToExpert, work.Review.Facts) is { } no
            ? no
            : StageDoor.Closed(work.Review.State, Window) is null && Waits(work.Review.Dossier) is { } waits
                ? waits
                : new ReviewChange().Then(new ProcessCommand.Waive(work.Acting, Window));

    /// <summary>Why the subject cannot say yet that it objects to nobody; null when it can: everybody has declared, and nobody is lacking.</summary>
    internal static Refusal? Waits(Dossier dossier) =>
        dossier.Holding(RoleCode.Expert).All(dossier.HasDeclared) && !dossier.Team.States.Any(seat => dossier.Team.LacksExpert(seat.State))
        && (dossier.Holding(RoleCode.Lead).Any() || dossier.Team.Objections.All(o => o.Upheld != true))
            ? null
            : new Refusal("objection.waits", RefusalKind.Conflict);

    private async Task<IResult> PostAsync(Guid review, Visit visit, Form form, DeclarationsPage page, CancellationToken cancel)
    {
        var (id, actor) = (new ReviewId(review), visit.Caller.Actor);
        var (verdict, notice) = form.Text("act") switch
        {
            "object" => (await RunAsync(id, new ObjectionRequest(form.Id("person"), form.Text("reason")), actor, key: null, cancel), "objected"),
            "waive" => (await commands.RunAsync(id, actor, key: null, (work, _) => Task.FromResult(DecideWaived(work)), cancel), "objections-waived"),
            _ => (ReviewRefusals.UnknownAct, ""),
        };
        return verdict is Verdict<Receipt>.Refused { Reason: var reason }
            ? await page.AgainAsync(visit, review, form, reason, cancel)
            : Answer.Done($"/reviews/{review}/declarations", notice);
    }
}

/// <summary>An objection.</summary>
/// <param name="Person">An expert of the review.</param>
public sealed record ObjectionRequest(Guid? Person = null, string Reason = "");

/// <summary>The reason of an objection, or of the decision about one.</summary>
internal static class ObjectionReason
{
    /// <summary>Longest reason, in characters.</summary>
    public const int Max = 2000;

    /// <summary>Why it cannot stand; null when it can.</summary>
    public static Refusal? Problem(string reason) =>
        reason.Length == 0 ? new Refusal("objection.reason-missing", RefusalKind.Invalid, "reason")
        : reason.Length > Max || !Core.Text.IsReadable(reason) ? new Refusal("objection.reason", RefusalKind.Invalid, "reason").With("max", Max)
        : null;
}
