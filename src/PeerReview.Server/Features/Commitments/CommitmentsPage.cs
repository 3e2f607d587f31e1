using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.FollowUp;
using PeerReview.Core.Report;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Documents;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;
using PeerReview.Server.Platform.Writings;

namespace PeerReview.Server.Features.Commitments;

/// <summary>What the State undertakes, what it does well and its summary, on one page; where other States review it, its action
/// plan beside their recommendations.</summary>
public sealed class CommitmentsPage(
    WrittenTexts texts, TextKind<Commitment> commitments, TextKind<GoodPractice> practices, TextKind<Summary> summary,
    StateNames states, ReviewCommands commands, FinishPlan finish, ReviewLookup reviews, TextCatalogue catalogue)
{
    public static void Map(WebRoutes routes)
    {
        routes.Pages.MapGet(
            "/reviews/{review:guid}/commitments",
            (Guid review, Visit visit, CommitmentsPage page, CancellationToken cancel) =>
                page.ShowAsync(new ReviewId(review), visit, [], StatusCodes.Status200OK, cancel));
        routes.Pages.MapPost(
            "/reviews/{review:guid}/commitments",
            (Guid review, Visit visit, Form form, CommitmentsPage page, CancellationToken cancel) => page.FinishAsync(new ReviewId(review), visit, form, cancel));
    }

    // The only form of the page: the plan is handed in.
    private async Task<IResult> FinishAsync(ReviewId id, Visit visit, Form form, CancellationToken cancel)
    {
        var verdict = await commands.RunAsync(
            id, visit.Caller.Actor, key: null, (work, token) => finish.DecideAsync(work, () => new PlanRequest { Empty = form.IsOn("empty") }, token), cancel);
        if (verdict is not Verdict<Receipt>.Refused { Reason: var reason })
            return Answer.Done($"/reviews/{id}/commitments", "plan-handed-in");
        return reason.Kind is RefusalKind.NotFound or RefusalKind.NotAllowed
            ? Answer.Refused(reason)
            : await ShowAsync(id, visit, [.. reason.All], reason.Status(), cancel);
    }

    private async Task<IResult> ShowAsync(
        ReviewId id, Visit visit, IReadOnlyList<Refusal> errors, int status, CancellationToken cancel)
    {
        var found = await texts.FindAsync(
            visit.Caller.Actor, id,
            [commitments.Kind, practices.Kind, summary.Kind, WritingKind.Recommendation, WritingKind.Response], Opens, cancel);
        if (found is null || !found.Review.Serves("action_plan"))
            return Answer.NotFound();
        var review = found.Review;
        var no = Access.May(visit.Caller.Actor, ReviewAct.WriteCommitment, review.Facts);
        if (review.HasTeam)
        {
            var plan = Plan(found, visit, no ?? CommitmentDoor.Closed(review.State), errors);
            var preview = plan.MayWrite && !plan.Entries.IsEmpty ? await PreviewAsync(id, visit, cancel) : null;
            return Answer.Page<ActionPlanView>(new { Model = plan with { Preview = preview } }, status);
        }

        return Answer.Page<CommitmentsView>(new
        {
            Model = new CommitmentsModel(
                review,
                states.Of(review.Subject.Iso3, visit.Texts.Language),
                [.. found.Of(WritingKind.Commitment).Select(w => Shown.Of(w, commitments, review))],
                [.. found.Of(WritingKind.GoodPractice).Select(w => Shown.Of(w, practices, review))],
                found.Of(WritingKind.Summary).Select(w => Shown.Of(w, summary, review))
                    .FirstOrDefault(s => s.Content.Text.Length > 0),
                IsAuthor: no?.Kind != RefusalKind.NotAllowed,
                no ?? CommitmentDoor.Closed(review.State)),
        });
    }

    /// <summary>What the public reads of the plan once it is handed in as it stands: its chapter of the report and what the report says of
    /// it; null where the State publishes none.</summary>
    private async Task<ReportLayout?> PreviewAsync(ReviewId id, Visit visit, CancellationToken cancel)
    {
        var found = await reviews.FindAsync(
            visit.Caller.Actor, id, MaterialSql.Statements, new { Review = id.Value }, MaterialSql.ReadAsync, cancel);
        if (found is not { Review: var review, More: var material } || !PlanPublicity.IsPublic(review.Dossier)
            || ReportBuilder.Build(ReportOf.Input(review, material, published: null, planned: true)) is not Verdict<PublishedReport>.Accepted { Value: var report })
            return null;
        return ReportLayouts.Excerpt(ReportSheet.Of(report, review.Framework, catalogue, states), ReportLayouts.Commitments);
    }

    private ActionPlanModel Plan(FoundTexts found, Visit visit, Refusal? closed, IReadOnlyList<Refusal> errors)
    {
        var recommendations = found.Of(WritingKind.Recommendation).ToArray();
        var entries = found.Of(WritingKind.Commitment).Select(w => (Text: w, Label: PlanReach.LabelOf(w, found))).ToArray();
        return new(
            found.Review,
            states.Of(found.Review.Subject.Iso3, visit.Texts.Language),
            [.. recommendations.Select(text => Answered(found, text))],
            [.. entries.Select(e => Shown.Of(e.Text, commitments, found.Review, e.Label))],
            closed,
            errors)
        {
            Reach = PlanReach.Of(found.Review, entries.Select(e => (e.Text.Key, e.Label))),
            Hidden = HiddenOfPlan.Of(found, visit.Caller.Actor, recommendations),
        };
    }

    private static AnsweredRecommendation Answered(FoundTexts found, Writing text)
    {
        var response = found.Of(WritingKind.Response).FirstOrDefault(r => r.Key == text.Key);
        var label = SharingLabels.Inherit([SharingLabels.Of(text.Label), SharingLabels.Of((response ?? text).Label)]);
        return new AnsweredRecommendation(
            text.Key, Contents.ReadRecommendation(text).Measure.Title, text.Language, response is null ? null : Contents.ReadResponse(response).Answer)
        {
            IsClosed = PlanPublicity.IsPublic(found.Review.Dossier) && PlanPublicity.Closes(found.Review.Dossier, text.Key, label),
        };
    }

    // Each text by the rules of its own document; who may know of the plan may know of the page.
    private bool Opens(Actor actor, LoadedReview review, Writing? text) => text?.Kind switch
    {
        WritingKind.Recommendation => Access.Visible(actor, ReviewDocuments.Recommendation(review.Facts), review.Facts, SharingLabels.Of(text.Label)).CanRead,
        WritingKind.Response => Access.Visible(actor, review.Dossier.Response(), review.Facts, SharingLabels.Of(text.Label)).CanRead,
        _ => commitments.Opens(actor, review, text),
    };
}

/// <summary>What the page of an action plan draws.</summary>
/// <param name="Recommendations">With the State's answer, as far as the reader may know it.</param>
/// <param name="Closed">Why the reader cannot write now; null when they can.</param>
public sealed record ActionPlanModel(
    LoadedReview Review,
    string State,
    ImmutableArray<AnsweredRecommendation> Recommendations,
    ImmutableArray<Shown<Commitment>> Entries,
    Refusal? Closed,
    IReadOnlyList<Refusal> Errors)
{
    public bool MayWrite => Closed is null;

    /// <summary>Whether the reader writes for the State, now or before it was handed in.</summary>
    public bool IsAuthor => Closed?.Kind != RefusalKind.NotAllowed;

    /// <summary>Whether the State has still to decide what becomes public, and promised nothing of the plan at launch.</summary>
    public bool IsUndecided => Review.Dossier.Choices is null && !PlanPublicity.IsPublic(Review.Dossier);

    /// <summary>Entries that fewer read once the plan is handed in than the page says of the plan as a whole.</summary>
    public required PlanReach Reach { get; init; }

    /// <summary>How much of it labels keep from the reader.</summary>
    public required HiddenOfPlan Hidden { get; init; }

    /// <summary>What the public would read of it; null where it would read nothing.</summary>
    public ReportLayout? Preview { get; init; }

    /// <summary>Recommendations without a response: the plan waits for them.</summary>
    public int Unanswered => Recommendations.Count(one => one.Answer is null);

    /// <summary>Recommendations the State undertakes something by, without an entry.</summary>
    public ImmutableArray<string> Unplanned =>
    [
        .. Recommendations.Where(one => one.Undertakes && !Entries.Any(entry => entry.Content.Recommendation == one.Id)).Select(one => one.Id),
    ];

    /// <summary>Entries their own label keeps from the public, though the State publishes its plan.</summary>
    public ImmutableArray<string> KeptBack => PlanPublicity.IsPublic(Review.Dossier)
        ? [.. Entries.Where(entry => entry.Label != SharingLabel.Clear && !IsClosed(entry.Content)).Select(entry => entry.Id)]
        : [];

    /// <summary>Entries the public does not read because it does not read what they carry out; no label of theirs opens them.</summary>
    public ImmutableArray<string> ClosedWithRecommendation => [.. Entries.Where(entry => IsClosed(entry.Content)).Select(entry => entry.Id)];

    /// <summary>Whether an entry carries out a recommendation the public does not read.</summary>
    public bool IsClosed(Commitment entry) => Recommendations.Any(one => one.IsClosed && one.Id == entry.Recommendation);
}

/// <summary>A recommendation as the action plan names it.</summary>
/// <param name="Answer">See <see cref="Core.Deliberation.ResponseAnswer"/>; null while there is none the reader may know.</param>
public sealed record AnsweredRecommendation(string Id, string Title, string Language, string? Answer)
{
    /// <summary>Whether the public reads the plan and not this.</summary>
    public bool IsClosed { get; init; }

    /// <summary>Whether the State undertakes something by its answer.</summary>
    public bool Undertakes => Answer is { } answer && ResponseAnswer.Undertakes(answer);
}

/// <summary>What the page draws.</summary>
/// <param name="IsAuthor">Whether the reader writes for the State at all.</param>
/// <param name="Closed">Why the reader cannot write now; null when they can.</param>
public sealed record CommitmentsModel(
    LoadedReview Review,
    string State,
    ImmutableArray<Shown<Commitment>> Commitments,
    ImmutableArray<Shown<GoodPractice>> Practices,
    Shown<Summary>? Summary,
    bool IsAuthor,
    Refusal? Closed)
{
    public bool MayWrite => Closed is null;
}

/// <summary>A text as it is shown.</summary>
/// <param name="Readers">Who can read it now.</param>
public sealed record Shown<T>(string Id, int Version, DateTimeOffset At, SharingLabel Label, string Language, T Content, ImmutableArray<Role> Readers)
    where T : class;

internal static class Shown
{
    /// <param name="reach">The label that says who reads it, where that is not its own alone.</param>
    public static Shown<T> Of<T>(Writing text, TextKind<T> kind, LoadedReview review, SharingLabel? reach = null)
        where T : class
    {
        var label = SharingLabels.Of(text.Label);
        return new Shown<T>(
            text.Key, text.Version, text.At, label, text.Language, kind.Read(text),
            Audience.Of(ReviewDocuments.Commitments(review.Facts), review.Facts, reach ?? label));
    }
}
