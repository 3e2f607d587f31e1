using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Team;

/// <summary>The coordinator puts a reserve of the same State in the place of an expert who is late or leaves: with the items given to
/// them, the lead if they led, and the open part of the stage. What the expert handed in stays; who has handed in is not replaced.
/// Into the gap an objection left, or a State that left the review, the focal point of the State puts a reserve as well.</summary>
public sealed class ReplaceExpert(ReviewCommands commands, Calendars calendars)
{
    public static void Map(WebRoutes routes)
    {
        routes.Api.MapPost(
            "/reviews/{review:guid}/experts/{person:guid}/replacement",
            async (Guid review, Guid person, ExpertReplacementRequest request, Visit visit, ReplaceExpert replace, HttpContext http, CancellationToken cancel) =>
                (await replace.RunAsync(new ReviewId(review), person, request.By ?? Guid.Empty, visit.Caller.Actor, Idempotency.Of(http, request), cancel))
                .OrProblem(TypedResults.Ok))
            .WithName(nameof(ReplaceExpert)).WithTags("reviews").Produces<Receipt>();
        routes.Pages.MapPost(
            "/reviews/{review:guid}/experts/replacement",
            (Guid review, Visit visit, Form form, ReplaceExpert replace, ExpertsPage page, CancellationToken cancel) =>
                replace.PostAsync(review, visit, form, page, cancel));
    }

    private Task<Verdict<Receipt>> RunAsync(
        ReviewId review, Guid from, Guid to, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(review, actor, key, (work, token) => DecideAsync(work, from, to, token), cancel);

    private async Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, Guid from, Guid to, CancellationToken cancel)
    {
        var (review, dossier) = (work.Review, work.Review.Dossier);
        var gap = dossier.Team.GapLeftBy(from);
        var step = Parts(review, from).Any(part => part.Status == PartStatus.Open);
        if (Access.May(work.Actor, ReviewAct.ReplaceReviewer, review.Facts) is { } no && (step || !MayFill(work, gap)))
            return no;
        if ((gap?.State ?? dossier.People.FirstOrDefault(p => p.Person == from && p.Role == RoleCode.Expert)?.State) is not { } state)
            return new Refusal("team.not-an-expert", RefusalKind.Conflict, "person");
        if (!dossier.Team.ReserveExperts(state).Contains(to) || dossier.Holding(RoleCode.Expert).Contains(to))
            return new Refusal("team.no-reserve", RefusalKind.Invalid, "by");
        if (IsObjectedTo(review, from))
            return new Refusal("team.objection-open", RefusalKind.Conflict, "person");
        // Since accepting, the person may have been given another role.
        if (await ReviewerStanding.ProblemAsync(work, new PersonId(to), cancel) is { } problem)
            return problem with { Field = "by" };
        if (gap is { Left.Commented: true })
            return new Refusal("team.part-done", RefusalKind.Conflict, "person");
        if (gap is not null)
            return Fill(work, (from, to), gap, step);
        if (HasDoneTheirPart(review, from))
            return new Refusal("team.part-done", RefusalKind.Conflict, "person");
        return Change(work, (from, to), state, step);
    }

    /// <summary>Whether somebody can be put in the place of an expert now at all, whoever it is.</summary>
    internal static bool CanReplace(LoadedReview review, Guid person) => !IsObjectedTo(review, person) && !HasDoneTheirPart(review, person);

    private static bool IsObjectedTo(LoadedReview review, Guid person) => review.Dossier.Team.Objections.Any(o => o.Person == person && o.IsOpen);

    private static bool HasDoneTheirPart(LoadedReview review, Guid person) =>
        Parts(review, person).Any(part => part.Status != PartStatus.Open) || AreExpertsDone(review);

    /// <summary>Whether nothing is left for experts to do: their comments are closed, and in a programme's own process every stage in which they
    /// act.</summary>
    internal static bool AreExpertsDone(LoadedReview review) => KnownStages.Serve(review.Process, CommentRules.Stage)
        ? review.State[review.Process.Stage(CommentRules.Stage)].Status.IsClosed()
        : review.Process.Stages
            .Where(stage => review.State.Exists(stage) && stage.Acts.Any(role => review.Process.ActsAs(RoleCode.Expert, role) || role == RoleCode.Lead))
            .All(stage => review.State[stage].Status.IsClosed());

    // Of the stages experts act in now, each on their own.
    private static IEnumerable<PartState> Parts(LoadedReview review, Guid person) => review.State.Open
        .Where(stage => stage.Each.Any(each => each.Over == BranchSet.Expert))
        .Select(stage => review.State[stage].Part(new PersonId(person).ToString())).OfType<PartState>();

    private static bool MayFill(ReviewWork work, OpenPlace? gap) => gap is not null
        && Access.May(work.Actor, ReviewAct.NominateExperts, work.Review.Facts) is null && work.Review.BranchOf(work.Person) == gap.State;

    /// <summary>Nobody has to leave: the objection, or the leaving of their State, saw to that. Who led while experts comment is followed by
    /// whoever takes the place, unless somebody else leads by now.</summary>
    private ReviewChange Fill(ReviewWork work, (Guid From, Guid To) who, OpenPlace gap, bool step)
    {
        var change = new ReviewChange().Record(new ReviewEvent.ReviewerAppointed(who.To, RoleCode.Expert, gap.State, null, work.Person.Value));
        if (gap.Left is { Led: true } && !work.Review.Dossier.Holding(RoleCode.Lead).Any())
            change.Record(new ReviewEvent.ReviewerAppointed(who.To, RoleCode.Lead, gap.State, null, work.Person.Value));
        return Told(change.Record(new ReviewEvent.ExpertReplaced(who.From, who.To, gap.State, work.Person.Value) { Late = IsLate(work.Review) }), work, who, gap.State, step);
    }

    /// <summary>With the open part of the stage, and what the reserve and everybody else is told.</summary>
    private ReviewChange Told(ReviewChange change, ReviewWork work, (Guid From, Guid To) who, string state, bool step)
    {
        if (step)
        {
            change.Then(new ProcessCommand.Replace(
                work.Acting, BranchSet.Expert, new PersonId(who.From).ToString(), new PersonId(who.To).ToString()));
        }

        return change
            .SendAfter(after =>
            [
                Needed(after, new PersonId(who.To)),
                .. Leading(after, new PersonId(who.To)),
                .. IsOwn(after)
                    ? TeamNews.Of(after, LetterNames.ExpertReplacedOwn, state, who.To)
                    : TeamNews.OfReplacement((work.Review, after), state, who.To, calendars),
            ])
            .Made(who.To.ToString());
    }

    /// <summary>With a day once the experts comment: before that it is the day of the declaration alone.</summary>
    private static Letter Needed(LoadedReview after, PersonId reserve) => IsOwn(after)
        ? ReviewLetters.About(after, LetterNames.ReserveNeededOwn, reserve)
        : (Commenting(after) && Waits.Of(after).FirstOrDefault(wait => wait.Branch == reserve.ToString()) is { } wait
            ? ReviewLetters.About(after, LetterNames.ReserveNeededBy, reserve, wait)
            : ReviewLetters.About(after, LetterNames.ReserveNeeded, reserve)) with
        {
            Path = $"/reviews/{after.Id}/declarations",
        };

    private static IEnumerable<Letter> Leading(LoadedReview after, PersonId reserve) =>
        after.Holding(RoleCode.Lead).Contains(reserve) ? [ReviewLetters.About(after, LetterNames.LeadNamed, reserve)] : [];

    private static bool Commenting(LoadedReview review) => review.State[review.Process.Stage("desk_review")].Status == StageStatus.Open;

    private static bool IsLate(LoadedReview review) => LateDeclarations.StageOf(review.State) is not null;

    // Nobody declares or comments as ours do.
    private static bool IsOwn(LoadedReview review) => !KnownStages.Serve(review.Process, CommentRules.Stage);

    /// <param name="step">Whether a part of an open stage goes over.</param>
    private ReviewChange Change(ReviewWork work, (Guid From, Guid To) who, string state, bool step)
    {
        var (review, by) = (work.Review, work.Person.Value);
        var roles = review.Dossier.People.Where(p => p.Person == who.From && p.State == state).Select(p => p.Role).ToList();
        var change = new ReviewChange();
        foreach (var role in roles)
        {
            change.Record(new ReviewEvent.PersonReleased(who.From, role, by))
                .Record(new ReviewEvent.ReviewerAppointed(who.To, role, state, null, by));
        }

        change.Record(new ReviewEvent.ExpertReplaced(who.From, who.To, state, by) { Late = IsLate(review) })
            .Send(ReviewLetters.About(review, LetterNames.ExpertReleased, new PersonId(who.From)) with { Path = "/" });
        return Told(change, work, who, state, step);
    }

    private async Task<IResult> PostAsync(Guid review, Visit visit, Form form, ExpertsPage page, CancellationToken cancel)
    {
        var verdict = await RunAsync(
            new ReviewId(review), form.Id("person") ?? Guid.Empty, form.Id("by") ?? Guid.Empty, visit.Caller.Actor, key: null, cancel);
        return verdict is Verdict<Receipt>.Refused { Reason: var reason }
            ? await page.AgainAsync(visit, review, form, reason, cancel)
            : Answer.Done($"/reviews/{review}/experts", "expert-replaced");
    }
}

/// <summary>Who takes the place.</summary>
/// <param name="By">A reserve of the same State who accepted.</param>
public sealed record ExpertReplacementRequest(Guid? By = null);
