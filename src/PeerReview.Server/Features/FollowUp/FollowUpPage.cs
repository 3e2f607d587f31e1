using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.FollowUp;
using PeerReview.Core.Process;
using PeerReview.Core.Report;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Documents;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.FollowUp;

/// <summary>What has become of the commitments, and the closing of the review.</summary>
public sealed class FollowUpPage(
    ReviewLookup reviews, ReviewCommands commands, TellProgress tell, MidTerm midTerm, ReleaseConfirmation release, CloseReview close,
    StateNames states, TextCatalogue catalogue)
{
    public static void Map(WebRoutes routes)
    {
        const string path = "/reviews/{review:guid}/follow-up";
        routes.Pages.MapGet(path, (Guid review, Visit visit, FollowUpPage page, CancellationToken cancel) =>
            page.ShowAsync(new ReviewId(review), visit, Kept(visit), [], StatusCodes.Status200OK, cancel));
        routes.Pages.MapPost(path, (Guid review, Visit visit, Form form, FollowUpPage page, CancellationToken cancel) =>
            page.SendAsync(new ReviewId(review), visit, form, cancel));
        routes.Api.MapGet(path, (Guid review, Visit visit, FollowUpPage page, CancellationToken cancel) =>
            page.ReadAsync(new ReviewId(review), visit, cancel)).WithName("ReadFollowUp").WithTags("reviews").Produces<FollowUpBody>();
    }

    // The button that shows what the public will read.
    private const string Look = "look";

    // One form is kept for each of the three; the first that was begun is shown.
    private static readonly string[] Forms = ["progress", "confirm", "close"];

    private static Form Kept(Visit visit) =>
        Forms.Select(visit.Caller.DraftOf).FirstOrDefault(draft => draft.Has("act")) ?? Form.Empty;

    private async Task<IResult> SendAsync(ReviewId review, Visit visit, Form form, CancellationToken cancel)
    {
        if (form.Text("act") is not ("tell" or "confirm" or "release" or "close"))
            return await ShowAsync(review, visit, form, [ReviewRefusals.UnknownAct], StatusCodes.Status422UnprocessableEntity, cancel);
        if (form.Has(Look))
            return await LookAsync(review, visit, form, cancel);
        var verdict = await commands.RunAsync(
            review, visit.Caller.Actor, key: null,
            (work, token) => form.Text("act") switch
            {
                "close" => Task.FromResult(close.Decide(work, () => new ClosingRequest(form.Text("text")))),
                "release" => release.DecideAsync(work, token),
                "confirm" => midTerm.ConfirmAsync(work, () => new ProgressConfirmation(form.Text("text"), form.IsOn("names_nobody")), token),
                _ => tell.DecideAsync(work, StageOf(form), () => Read(form), token),
            },
            cancel);
        if (verdict is Verdict<Receipt>.Accepted)
        {
            return Answer.Done(
                $"/reviews/{review}/follow-up", form.Text("act") switch { "close" => "closing-told", "confirm" => "progress-confirmed", "release" => "confirmation-released", _ => "progress-told" });
        }

        var reason = ((Verdict<Receipt>.Refused)verdict).Reason;
        return reason.Kind is RefusalKind.NotFound or RefusalKind.NotAllowed ? Answer.Refused(reason)
            : reason.Code == FollowUpRefusals.LookFirst ? await LookAsync(review, visit, form, cancel, reason)
            : await ShowAsync(review, visit, form, [.. reason.All], reason.Status(), cancel);
    }

    // What is typed stays typed; nothing is handed in.
    private async Task<IResult> LookAsync(ReviewId id, Visit visit, Form form, CancellationToken cancel, Refusal? first = null)
    {
        if (await FindAsync(id, visit, cancel) is not { Review: var review, More: var material })
            return Answer.NotFound();
        if ((Access.May(visit.Caller.Actor, ReviewAct.WriteProgressNote, review.Facts) ?? StageDoor.Closed(review.State, StageOf(form))) is { } no)
            return Answer.Refused(no);
        return TellProgress.Texts(review, material, StageOf(form), Read(form)) switch
        {
            Verdict<ImmutableArray<NewText>>.Refused { Reason: var reason } => await ShowAsync(id, visit, form, [.. reason.All], reason.Status(), cancel),
            Verdict<ImmutableArray<NewText>>.Accepted { Value: var texts }
                when ProgressEditions.Next(review, material.With(texts, visit.Caller.Id, review.Now), published: null) is { } report =>
                await ShowAsync(
                    id, visit, form, [.. first is null ? [] : new[] { first }], first?.Status() ?? StatusCodes.Status200OK, cancel,
                    new ProgressPreview(Excerpt(report, review, StageOf(form)), ReportHash.Of(report))),
            _ => await ShowAsync(id, visit, form, [], StatusCodes.Status200OK, cancel),
        };
    }

    private ReportLayout Excerpt(PublishedReport report, LoadedReview review, string moment) =>
        ReportLayouts.Excerpt(ReportSheet.Of(report, review.Framework, catalogue, states), ReportLayouts.ProgressAt(moment));

    private async Task<IResult> ShowAsync(
        ReviewId id, Visit visit, Form form, IReadOnlyList<Refusal> errors, int status, CancellationToken cancel, ProgressPreview? preview = null)
    {
        var found = await FindAsync(id, visit, cancel);
        if (found is null)
            return Answer.NotFound();
        var body = Body(found, visit);
        var mayClose = May(visit, found.Review, ReviewAct.Close, close.Stage);
        var closed = body.Closing.ContainsKey(CloseReview.SideOf(found.Review.RolesOf(visit.Caller.Id)));
        var unreleasable = ReleaseConfirmation.Closed(found.Review, visit.Caller.Actor, found.More);
        return Answer.Page<FollowUpView>(
            new
            {
                Model = new FollowUpModel(
                    found.Review, states.Of(found.Review.Subject.Iso3, visit.Texts.Language), body, form, errors)
                {
                    Tells = ProgressRules.Stages.FirstOrDefault(stage =>
                        found.More.Find(WritingKind.ProgressNote, stage) is null && May(visit, found.Review, ReviewAct.WriteProgressNote, stage)),
                    GoesOut = ProgressEditions.GoOut(found.Review),
                    Preview = preview,
                    MayConfirm = body.MidTerm is { Confirmation: null } && May(visit, found.Review, ReviewAct.ConfirmProgress, ProgressRules.MidTerm),
                    Release = unreleasable,
                    Released = unreleasable is null && ReleaseConfirmation.Preview(found.Review, found.More) is { } report
                        ? Excerpt(report, found.Review, ProgressRules.MidTerm)
                        : null,
                    MayClose = mayClose && !closed,
                    AwaitsOtherSide = mayClose && closed,
                    StillOpen = [.. Waits.Of(found.Review).Where(wait => wait.Stage != close.Stage && (!Waits.IsBeside(wait.Stage) || (wait.Stage == Waits.Urgent && SeesUrgent(visit, found.Review))))],
                },
            },
            status);
    }

    private async Task<IResult> ReadAsync(ReviewId id, Visit visit, CancellationToken cancel)
    {
        var found = await FindAsync(id, visit, cancel);
        return found is null ? ReviewRefusals.NotFound.ToProblem() : TypedResults.Ok(Body(found, visit));
    }

    private static bool SeesUrgent(Visit visit, LoadedReview review) =>
        Access.Visible(visit.Caller.Actor, DocumentKind.UrgentPoint, review.Facts).CanRead;

    private static bool May(Visit visit, LoadedReview review, ReviewAct act, string stage) =>
        (Access.May(visit.Caller.Actor, act, review.Facts) ?? StageDoor.Closed(review.State, stage)) is null;

    private async Task<Found<Material>?> FindAsync(ReviewId id, Visit visit, CancellationToken cancel)
    {
        var found = await reviews.FindAsync(
            visit.Caller.Actor, id, MaterialSql.Statements, new { Review = id.Value }, MaterialSql.ReadAsync, cancel);
        return found is not null && found.Review.Serves("check_6m", "mid_term", "close") && found.Review.Facts.OpensCommitments(visit.Caller.Actor) ? found : null;
    }

    private static FollowUpBody Body(Found<Material> found, Visit visit)
    {
        var reading = new ToldProgress(found.Review, found.More, visit.Caller.Actor);
        var (half, middle) = (reading.At(ProgressRules.SixMonths), reading.At(ProgressRules.MidTerm));
        return new FollowUpBody(half.Commitments, half.Text, reading.Closing)
        {
            Told = half.Told,
            MidTerm = middle.Told ? new MidTermBody(middle.Commitments, middle.Text, reading.Confirmation) : null,
        };
    }

    // What is no moment is the first: whoever sent it is told whether it is time.
    private static string StageOf(Form form) => form.Text("stage") == ProgressRules.MidTerm ? ProgressRules.MidTerm : ProgressRules.SixMonths;

    private static ProgressRequest Read(Form form) => new(
        form.Text("text"),
        [.. form.All("commitment").Select(id => new CommitmentProgress(id, form.Text($"status.{id}"), form.Text($"text.{id}")))])
    {
        Early = form.IsOn("early"),
        Label = form.Has("label") ? form.Text("label") : null,
        Previewed = form.Text("previewed"),
    };
}

/// <summary>What the public would read of a note.</summary>
/// <param name="Hash">Of the whole report, see <see cref="ReportHash"/>: the note is handed in with exactly that.</param>
public sealed record ProgressPreview(ReportLayout Layout, string Hash);

/// <summary>What the page draws.</summary>
public sealed record FollowUpModel(LoadedReview Review, string State, FollowUpBody Body, Form Form, IReadOnlyList<Refusal> Errors)
{
    /// <summary>The moment the reader can tell progress at; null for none.</summary>
    public string? Tells { get; init; }

    /// <summary>Whether what is told goes out with the next edition of the report: the public reads what is not kept back.</summary>
    public bool GoesOut { get; init; }

    /// <summary>What the public would read of the note as it is typed; null until somebody looks.</summary>
    public ProgressPreview? Preview { get; init; }

    /// <summary>Whether the action plan was handed in, be it without an entry.</summary>
    public bool PlanIsIn => Review.Process.FindStage("action_plan") is { } plan && Review.State[plan].Status.IsClosed();

    /// <summary>Whether the reader confirms the mid-term update as the lead.</summary>
    public bool MayConfirm { get; init; }

    /// <summary>Why the reader cannot let the public read what the experts confirmed; null when they can.</summary>
    public Refusal? Release { get; init; }

    /// <summary>What the public would read of the mid-term update with it; null where the reader cannot let it.</summary>
    public ReportLayout? Released { get; init; }

    public bool MayClose { get; init; }

    /// <summary>What would stay unfinished if the review were closed now, as far as the reader may know of it.</summary>
    public ImmutableArray<Wait> StillOpen { get; init; } = [];

    /// <summary>The day a note is due; null once it is told, and where the review has no such moment.</summary>
    public Deadline? DueOf(string stage) =>
        Review.Process.FindStage(stage) is { } found && Review.State.Exists(found) ? Review.State[found].Deadline : null;

    /// <summary>Whether a note told now would be early.</summary>
    public bool IsEarly(string stage) => DueOf(stage) is { Day: var due } && ProgressRules.IsEarly(stage, due, Review.Today);

    /// <summary>What the public will read of it; null where it reads nothing.</summary>
    public string? PublicChoice => Review.HasTeam && PlanPublicity.IsPublic(Review.Dossier) ? PlanPublicity.ChoiceOf(Review.Dossier) : null;

    /// <summary>The reader's side has closed, the other has not.</summary>
    public bool AwaitsOtherSide { get; init; }
}

/// <summary>The follow-up over the API.</summary>
/// <param name="Commitments">As told at the six-month check.</param>
/// <param name="Text">About the whole; null while nothing was told, and where its label keeps it from the reader.</param>
/// <param name="Closing">Closing notes by role.</param>
public sealed record FollowUpBody(IReadOnlyList<ProgressBody> Commitments, string? Text, IReadOnlyDictionary<string, string> Closing)
{
    /// <summary>Whether progress was told at the six-month check.</summary>
    public bool Told { get; init; }

    /// <summary>The mid-term update; null before, and in a light review.</summary>
    public MidTermBody? MidTerm { get; init; }
}

/// <summary>The mid-term update.</summary>
/// <param name="Text">About the whole; null where its label keeps it from the reader.</param>
/// <param name="Confirmation">What the lead reviewer confirms; null until then.</param>
public sealed record MidTermBody(IReadOnlyList<ProgressBody> Commitments, string? Text, string? Confirmation);
