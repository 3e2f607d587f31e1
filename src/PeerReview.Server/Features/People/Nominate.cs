using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.People;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Core.Selection;
using PeerReview.Server.Components;
using PeerReview.Server.Platform.Identity;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.People;

/// <summary>The State names its focal point, an alternate, or a contributor with the items given to them; or puts somebody in
/// the place of one. Giving a contributor other items is naming them again.</summary>
public sealed class Nominate(ReviewCommands commands)
{
    public static void Map(WebRoutes routes) => routes.Api.MapPost(
        "/reviews/{review:guid}/nominations",
        async (Guid review, NominationRequest request, Visit visit, Nominate nominate, HttpContext http, CancellationToken cancel) =>
            (await nominate.RunAsync(new ReviewId(review), request, visit.Caller.Actor, Idempotency.Of(http, request), cancel))
            .OrProblem(receipt => TypedResults.Created($"/api/v1/reviews/{review}/nominations", receipt)))
        .WithName(nameof(Nominate)).WithTags("reviews");

    /// <summary>Runs the use case; the receipt's key is the person.</summary>
    public Task<Verdict<Receipt>> RunAsync(
        ReviewId review, NominationRequest request, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(review, actor, key, (work, token) => DecideAsync(work, request, token), cancel);

    private static async Task<Verdict<ReviewChange>> DecideAsync(
        ReviewWork work, NominationRequest request, CancellationToken cancel)
    {
        var review = work.Review;
        var items = request.Items.IsDefault ? [] : request.Items.Distinct(StringComparer.Ordinal).ToImmutableArray();
        var own = HandOverRules.IsOwn(review.Dossier, request.Role, request.Replaces, work.Person);
        if (Access.May(work.Actor, own ? ReviewAct.HandOverFocalPoint : NominationRules.ActOf(request.Role), review.Facts) is { } no)
            return no;
        if (review.Process.FindRole(request.Role) is null)
            return new Refusal("people.unknown-role", RefusalKind.Invalid, "role");
        var person = request.ToPerson().Tidy();
        var problems = NominationRules.Check(request.Role, items, review.Dossier).Concat(person.Check()).ToList();
        if (problems.Count > 0)
            return Refusal.Of([.. problems, .. NoteProblems(request, work.Now)]);
        // Only its authority brings new notes of the State; a focal point who leaves goes by one that is there.
        if (own && !request.ToNote().IsReference)
            return new Refusal("hand-over.note", RefusalKind.Invalid, "noteVerbale.number");
        var letter = await LetterAsync(work, request, cancel);
        if (letter is not Verdict<Guid?>.Accepted { Value: var note })
            return ((Verdict<Guid?>.Refused)letter).Reason;
        var opened = await work.OpenAccountAsync(person, state: null, cancel);
        if (opened is not Verdict<Account>.Accepted { Value: var account })
            return ((Verdict<Account>.Refused)opened).Reason;
        var decided = Decide(work, new Nomination(request.Role, account.Person, note, items, request.Replaces is { } old ? new PersonId(old) : null));
        if (own && request.Drafts && decided is Verdict<ReviewChange>.Accepted { Value: var change })
            await DraftsHandedOn.AddAsync(change, work, account.Person, cancel);
        return decided;
    }

    private static Verdict<ReviewChange> Decide(ReviewWork work, Nomination wanted)
    {
        var review = work.Review;
        if (!Roles.TryParse(wanted.Role, out var role))
            return new Refusal("people.unknown-role", RefusalKind.Invalid, "role");
        var grant = new Grant(role, review.Programme, review.Id, new StateCode(review.Subject.Iso3));
        if (Access.MayGrant(work.Actor, wanted.Person, grant, review.Facts) is { } no)
            return no with { Field = "email" };
        // Whoever was asked to review the State does not work for it.
        if (InvitationRules.MayInvite(review.Dossier.Team, wanted.Person, review.Subject.Iso3) is { } invited)
            return invited;
        var coordinates = review.People.Any(p =>
            p.Person == wanted.Person && p.Role is RoleCode.Coordinator or RoleCode.HeadCoordinator);
        return NominationRules.Appoint(review.Dossier, wanted, Appointing.IsDone(review), coordinates, work.Person)
            .Match<Verdict<ReviewChange>>(
                facts => Finish(Tell(facts.Aggregate(new ReviewChange(), (change, fact) => change.Record(fact)), review, wanted), work),
                refused => refused);
    }

    private static ReviewChange Tell(ReviewChange change, LoadedReview review, Nomination wanted)
    {
        // Whoever contributes already and is asked about the new item at once hears that alone.
        change.SendAfter(after => IsAskedNow(review, after, wanted) ? [] : [LetterTo(review, after, wanted)]).Made(wanted.Person.ToString());
        if (wanted is { Role: RoleCode.FocalPoint, Replaces: { } leaving })
            HandOverLetters.Tell(change, LetterNames.HandedOverFocalPoint, leaving, wanted.Person);
        return change;
    }

    private static bool IsAskedNow(LoadedReview before, LoadedReview after, Nomination wanted) =>
        wanted.Role == RoleCode.Contributor && before.Dossier.Holding(RoleCode.Contributor).Contains(wanted.Person.Value)
        && !IsAsked(before, wanted.Person) && IsAsked(after, wanted.Person);

    private static bool IsAsked(LoadedReview review, PersonId person) => Waits.Of(review).Any(wait =>
        wait.Roles.Contains(RoleCode.Contributor, StringComparer.Ordinal) && wait.Waiting(review, RoleCode.Contributor).Contains(person));

    /// <summary>Whoever names the last person that is needed has done the stage: nothing is left to say about it.</summary>
    private static ReviewChange Finish(ReviewChange change, ReviewWork work) =>
        Appointing.IsDoneBy(work, change.Events) ? change.Then(new ProcessCommand.Complete(work.Acting, Appointing.Stage)) : change;

    /// <param name="after">With whoever is named: what waits for them is told at once.</param>
    private static Letter LetterTo(LoadedReview review, LoadedReview after, Nomination wanted) => wanted.Role switch
    {
        // Whoever follows somebody begins with how everything stands.
        RoleCode.FocalPoint when wanted.Replaces is not null =>
            ReviewLetters.About(review, LetterNames.AppointedFocalPoint, wanted.Person) with { Path = $"/reviews/{review.Id}/hand-over" },
        RoleCode.FocalPoint => ReviewLetters.About(review, LetterNames.AppointedFocalPoint, wanted.Person),
        RoleCode.Alternate => ReviewLetters.About(review, LetterNames.AppointedAlternate, wanted.Person),
        _ when !review.Serves("self_assess") => ReviewLetters.About(review, LetterNames.AppointedHelper, wanted.Person),
        _ => Answering(after, wanted.Person) with
        {
            Items = new LetterItems(review.Framework.Id, review.Framework.Version, [.. wanted.Items]),
        },
    };

    /// <summary>Whoever can answer at once hears by when, in the same letter.</summary>
    private static Letter Answering(LoadedReview after, PersonId person) =>
        Waits.Of(after).FirstOrDefault(wait => KnownStages.RulesOf(after.Process, wait.Stage) == "self_assess" && wait.Waiting(after, RoleCode.Contributor).Contains(person)) is { } open
            ? ReviewLetters.About(after, LetterNames.AppointedContributorNow, person, open) with
            {
                Path = StagePages.Of(after.Process, after.Id.Value, open.Stage, RoleCode.Contributor),
            }
            : ReviewLetters.About(after, LetterNames.AppointedContributor, person);

    private static async Task<Verdict<Guid?>> LetterAsync(ReviewWork work, NominationRequest request, CancellationToken cancel)
    {
        if (request.Role == RoleCode.Contributor)
            return (Guid?)null;
        var matched = await NoteMatching.MatchAsync(work, work.Review.Subject.Iso3, request.ToNote(), cancel);
        return matched.Match<Verdict<Guid?>>(note => (Guid?)note, refused => refused);
    }

    private static IEnumerable<Refusal> NoteProblems(NominationRequest request, DateTimeOffset now) =>
        request.Role == RoleCode.Contributor || request.ToNote() is { IsReference: true }
            ? []
            : request.ToNote().Check(now, "noteVerbale.");
}

/// <summary>A nomination as it comes in, from the API or the page.</summary>
/// <param name="Role"><c>STATE_FP</c>, <c>STATE_ALT</c> or <c>STATE_CONTRIB</c>.</param>
public sealed record NominationRequest(string Role, string Name, string Email)
{
    public string Office { get; init; } = "";

    /// <summary>For focal point and alternate. The number alone names a note on record.</summary>
    public NoteVerbale? NoteVerbale { get; init; }

    /// <summary>For a contributor.</summary>
    public ImmutableArray<string> Items { get; init; } = [];

    /// <summary>Whoever holds the role and leaves it for this person.</summary>
    public Guid? Replaces { get; init; }

    /// <summary>Whether what a focal point who leaves typed in this review and did not save goes to this person; only by their own hand.</summary>
    public bool Drafts { get; init; }

    public NamedPerson ToPerson() => new(Name, Email, Office);

    public NoteVerbale ToNote() => (NoteVerbale ?? new NoteVerbale("")).Tidy();

    /// <summary>As the page sends it. A note chosen from the list comes before one typed.</summary>
    public static NominationRequest Of(Form form)
    {
        var person = form.Person();
        return new NominationRequest(form.Text("role"), person.Name, person.Email)
        {
            Office = person.Office,
            NoteVerbale = NoteOption.Of(form),
            Items = [.. form.All("items")],
            Replaces = form.Id("replaces"),
            Drafts = form.IsOn("drafts"),
        };
    }
}

/// <summary>Whether the State has finished appointing: from then on there is no day without focal point and alternate.</summary>
internal static class Appointing
{
    /// <summary>The stage.</summary>
    public const string Stage = "appoint";

    private const string Guard = "G-FP";

    public static bool IsDone(LoadedReview review) =>
        review.Process.FindStage(Stage) is { } stage && review.State[stage].Status.IsClosed();

    /// <summary>Whether an act of the authority names the last person that was missing, in a stage that asks for nothing else. A programme's
    /// own process may ask for more there; then it is confirmed by hand.</summary>
    public static bool IsDoneBy(ReviewWork work, IEnumerable<ReviewEvent> facts)
    {
        var review = work.Review;
        if (review.Process.FindStage(Stage) is not { Exit: [{ Guard: Guard }] } stage || StageDoor.Closed(review.State, Stage, work.Acting) is not null)
            return false;
        var after = facts.Aggregate(review.Dossier, (dossier, fact) => dossier.Evolve(fact, work.Now));
        return Guards.Of([Guard], review.Framework, review.State, after, Material.Empty, stage)[Guard].Holds;
    }
}
