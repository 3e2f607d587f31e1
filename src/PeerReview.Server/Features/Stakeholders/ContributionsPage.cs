using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Stakeholders;

/// <summary>The contributions of stakeholders for each reader: the sender's own, the coordinator's to screen, the State's to reply to,
/// the reviewers' once the State could reply.</summary>
public sealed class ContributionsPage(ReviewLookup reviews, ContributionActs acts, StateNames names)
{
    public static void Map(WebRoutes routes)
    {
        routes.Pages.MapGet("/reviews/{review:guid}/contributions", (Guid review, Guid? change, Visit visit, ContributionsPage page, CancellationToken cancel) =>
            page.DrawAsync(visit, review, new Again { Changes = change }, cancel));
        routes.Pages.MapPost("/reviews/{review:guid}/contributions", (Guid review, Visit visit, Form form, ContributionsPage page, CancellationToken cancel) =>
            page.PostAsync(visit, review, form, cancel));
        routes.Api.MapGet("/reviews/{review:guid}/contributions", (Guid review, Visit visit, ContributionsPage page, HttpContext http, CancellationToken cancel) =>
            page.ListAsync(visit, review, http, cancel)).WithName("ListContributions").WithTags("reviews").Produces<ContributionsBody>();
    }

    private async Task<IResult> PostAsync(Visit visit, Guid review, Form form, CancellationToken cancel)
    {
        var (verdict, notice) = await acts.RunAsync(new ReviewId(review), form, visit.Caller.Actor, cancel);
        if (verdict is not Verdict<Receipt>.Refused { Reason: var reason })
        {
            // A window that is left out has no page any more.
            return Answer.Done(notice == "window-left-out" ? StagePages.Of(review) : StagePages.Of(review, StakeholderWindow.Call), notice);
        }

        return reason.Kind == RefusalKind.NotFound
            ? Answer.NotFound()
            : await DrawAsync(
                visit, review,
                new Again
                {
                    Form = form,
                    Changes = form.Text("act") == "save" ? form.Id("contribution") : null,
                    // The version is no field: the newer text stands on the page, and saving again goes by it.
                    Errors = [.. reason.All.Select(e => e.Field == "version" ? e with { Field = null } : e)],
                    Status = reason.Status(),
                },
                cancel);
    }

    private async Task<IResult> ListAsync(Visit visit, Guid review, HttpContext http, CancellationToken cancel)
    {
        if (await FindAsync(visit, review, cancel) is not { } found)
            return ReviewRefusals.NotFound.ToProblem();
        var inside = Access.May(visit.Caller.Actor, ReviewAct.ReplyToContribution, found.Review.Facts) is null;
        return ETags.Content(http, new ContributionsBody(
            [.. Lines(found, visit).Select(line => ContributionItem.Of(line, inside))],
            [.. Drafts(found, visit).Select(d => new ContributionDraftItem(d.Id, d.Item, d.Text, d.MayPublish, d.Version, d.WrittenAt))],
            [.. Invited(found, visit).Select(i => new StakeholderItem(i.Id, i.Name, i.Organisation, i.Family, i.Outcome, i.InvitedAt))],
            [
                .. GroupsOf(found, visit).Select(g => new StakeholderGroupItem(
                    g.Family, g.Standing, g.Reason is { } reason ? Contents.ReadNote(reason).Text : null, g.Reason?.Version ?? 0)),
            ]));
    }

    private async Task<IResult> DrawAsync(Visit visit, Guid id, Again again, CancellationToken cancel)
    {
        if (await FindAsync(visit, id, cancel) is not { } found)
            return Answer.NotFound();
        var (review, actor) = (found.Review, visit.Caller.Actor);
        var (call, reply) = (StageDoor.Closed(review.State, StakeholderWindow.Call) is null, StageDoor.Closed(review.State, StakeholderWindow.Reply) is null);
        var window = review.Dossier.Stakeholders;
        return Answer.Page<ContributionsView>(
            new
            {
                Model = new ContributionsModel(
                    review, names.Of(review.Subject.Iso3, visit.Texts.Language), [.. Lines(found, visit)], Drafts(found, visit), again.Form, again.Errors)
                {
                    Invited = Invited(found, visit),
                    Changes = Drafts(found, visit).FirstOrDefault(d => d.Id == again.Changes),
                    IsOpen = call,
                    IsSender = May(ReviewAct.Contribute),
                    IsState = May(ReviewAct.ReplyToContribution),
                    IsOffice = Access.Visible(actor, review.Dossier.Invitation(state: null), review.Facts).CanRead,
                    MayInvite = May(ReviewAct.InviteStakeholder) && window.MayInvite(review.State) is null,
                    MayScreen = call && May(ReviewAct.ScreenContribution),
                    MayClose = call && May(ReviewAct.ScreenContribution) && WindowDay.HasBegun(review),
                    OpensOn = call && May(ReviewAct.ScreenContribution) && !WindowDay.HasBegun(review) ? WindowDay.Of(review)?.Starts : null,
                    RepliesLater = May(ReviewAct.ReplyToContribution) && review.State[review.Process.Stage(StakeholderWindow.Reply)].Status == StageStatus.Waiting,
                    Until = WindowDay.Of(review),
                    MayReply = reply && May(ReviewAct.ReplyToContribution),
                    Groups = GroupsOf(found, visit),
                    MayExplain = May(ReviewAct.InviteStakeholder) && StakeholderGroups.Closed(review.State) is null,
                    MayLeaveOut = May(ReviewAct.Skip) && LeaveOutWindow.IsPossible(review),
                },
            },
            again.Status);

        bool May(ReviewAct act) => Access.May(actor, act, review.Facts) is null;
    }

    private async Task<Found<ContributionRows>?> FindAsync(Visit visit, Guid id, CancellationToken cancel)
    {
        var actor = visit.Caller.Actor;
        var found = await reviews.FindAsync(
            actor, new ReviewId(id), ContributionRows.Statements, DraftRows.Args(new ReviewId(id), visit.Caller.Id), ContributionRows.ReadAsync, cancel);
        return found is { Review: var review }
            && StandingContributions.OpenTo(actor, review.Facts, review.Dossier, review.Dossier.Stakeholders.IsShown(review.State)) ? found : null;
    }

    private static ImmutableArray<StakeholderGroup> GroupsOf(Found<ContributionRows> found, Visit visit) =>
        StakeholderGroups.AreAsked(found.Review.State)
        && Access.Visible(visit.Caller.Actor, found.Review.Dossier.Invitation(state: null), found.Review.Facts).CanRead
            ? StakeholderGroups.Of(found.Review.Dossier, found.More.Texts)
            : [];

    private static IEnumerable<StandingContribution> Lines(Found<ContributionRows> found, Visit visit) =>
        StandingContributions.For(visit.Caller.Actor, found.Review.Facts, found.Review.Dossier, found.More.Texts);

    // Without eyes of somebody else: what is not handed in is seen by its author alone, whoever looks on as whom.
    private static ImmutableArray<DraftRow> Drafts(Found<ContributionRows> found, Visit visit) =>
        Access.May(visit.Caller.Actor, ReviewAct.Contribute, found.Review.Facts) is null ? found.More.Drafts : [];

    private static ImmutableArray<InvitedRow> Invited(Found<ContributionRows> found, Visit visit) =>
        Access.Visible(visit.Caller.Actor, found.Review.Dossier.Invitation(state: null), found.Review.Facts).CanRead ? found.More.Invited : [];

    private sealed record Again
    {
        public Guid? Changes { get; init; }

        public Form Form { get; init; } = Form.Empty;

        public IReadOnlyList<Refusal> Errors { get; init; } = [];

        public int Status { get; init; } = StatusCodes.Status200OK;
    }
}

/// <summary>What the page draws.</summary>
/// <param name="Lines">Contributions that were handed in, as far as the reader may read them.</param>
/// <param name="Drafts">The reader's own that are not.</param>
public sealed record ContributionsModel(
    LoadedReview Review,
    string StateName,
    ImmutableArray<StandingContribution> Lines,
    ImmutableArray<DraftRow> Drafts,
    Form Form,
    IReadOnlyList<Refusal> Errors)
{
    /// <summary>Empty for those whom invitations do not concern.</summary>
    public ImmutableArray<InvitedRow> Invited { get; init; } = [];

    /// <summary>The draft being changed; null for a new one.</summary>
    public DraftRow? Changes { get; init; }

    /// <summary>Whether the window is open.</summary>
    public bool IsOpen { get; init; }

    public bool IsSender { get; init; }

    public bool IsState { get; init; }

    public bool IsOffice { get; init; }

    public bool MayInvite { get; init; }

    public bool MayScreen { get; init; }

    public bool MayClose { get; init; }

    /// <summary>For whoever closes the window: the day before which it cannot be closed, where that is still to come.</summary>
    public DateOnly? OpensOn { get; init; }

    /// <summary>For the State, while it cannot reply yet.</summary>
    public bool RepliesLater { get; init; }

    /// <summary>The open window; null once it is closed.</summary>
    public Wait? Until { get; init; }

    public bool MayReply { get; init; }

    /// <summary>How each group was heard; for those whom invitations concern, where it is asked.</summary>
    public ImmutableArray<StakeholderGroup> Groups { get; init; } = [];

    /// <summary>Whether the reader can say why nobody of a group was invited.</summary>
    public bool MayExplain { get; init; }

    public bool MayLeaveOut { get; init; }

    /// <summary>The name of the form that was refused, which its fields carry in their ids.</summary>
    public string? Refused => Errors.Count == 0 ? null : FormKey(Form.Raw("act"), Form.Raw("contribution"));

    /// <summary>What tells the forms of the page apart.</summary>
    public static string FormKey(string act, string contribution) => act is "screen" or "reply" or "not-invited" ? $"{act}-{contribution}" : act;

    /// <summary>What was typed into a form of the page; nothing when another one was sent.</summary>
    public Form Typed(string key) => Refused == key ? Form : Form.Empty;

    /// <summary>What was wrong with a form of the page.</summary>
    public IReadOnlyList<Refusal> ErrorsOf(string key) => Refused == key ? Errors : [];
}
