using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Core.Selection;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;
using Role = PeerReview.Core.Access.Role;

namespace PeerReview.Server.Features.Team;

/// <summary>The experts of a review, State by State: who accepted, who leads, whom a State invited.</summary>
public sealed class ExpertsPage(ReviewLookup reviews, StateNames names)
{
    public static void Map(WebRoutes routes)
    {
        routes.Pages.MapGet("/reviews/{review:guid}/experts", (Guid review, Visit visit, ExpertsPage page, CancellationToken cancel) =>
            page.DrawAsync(visit, review, Form.Empty, [], StatusCodes.Status200OK, cancel));
        routes.Api.MapGet("/reviews/{review:guid}/experts", (Guid review, Visit visit, ExpertsPage page, CancellationToken cancel) =>
            page.ReadAsync(visit, review, cancel)).WithName("ReadExperts").WithTags("reviews").Produces<ExpertsBody>();
    }

    /// <summary>The page again after a form of it was refused.</summary>
    internal Task<IResult> AgainAsync(Visit visit, Guid review, Form form, Refusal reason, CancellationToken cancel) =>
        reason.Kind == RefusalKind.NotFound
            ? Task.FromResult(Answer.NotFound())
            : DrawAsync(visit, review, form, [.. reason.All], reason.Status(), cancel);

    private async Task<IResult> ReadAsync(Visit visit, Guid id, CancellationToken cancel)
    {
        if (await FindAsync(visit, id, cancel) is not { } found)
            return ReviewRefusals.NotFound.ToProblem();
        return TypedResults.Ok(new ExpertsBody(
            [.. States(found, visit).SelectMany(s => s.Experts.Select(e => new ExpertItem(e.Person.Person.Value, s.State, e.Person.Name, e.Leads)))],
            [.. States(found, visit).SelectMany(s => s.Invitations).Select(i => new InvitationItem(i.Id, i.State, i.Name, i.Reserve, i.Outcome, i.Reason, i.Suggestion))]));
    }

    private async Task<IResult> DrawAsync(
        Visit visit, Guid id, Form form, IReadOnlyList<Refusal> errors, int status, CancellationToken cancel)
    {
        if (await FindAsync(visit, id, cancel) is not { } found)
            return Answer.NotFound();
        var (review, actor) = (found.Review, visit.Caller.Actor);
        var nominates = Access.May(actor, ReviewAct.NominateExperts, review.Facts) is null;
        var own = nominates ? review.BranchOf(visit.Caller.Id) : null;
        return Answer.Page<ExpertsView>(
            new
            {
                Model = new ExpertsModel(review, names.Of(review.Subject.Iso3, visit.Texts.Language), [.. States(found, visit)], form, errors)
                {
                    Own = own,
                    MayInvite = own is not null && InvitationRules.MayInvite(review.Dossier.Team, review.State, own, reserve: false) is null,
                    MayInviteReserve = own is not null && InvitationRules.MayInvite(review.Dossier.Team, review.State, own, reserve: true) is null,
                    MayFinish = own is not null && IsOpen(review, own),
                    Redraw = own is not null && TeamGuards.IsRedrawOpen(review.State),
                    Finding = own is null ? null : Invitations.FindingExperts(review, own),
                    Stages = LackAfterObjection(review) ? ["objection"] : own is not null && Invitations.FindingExperts(review, own) is { } finding ? [finding.Id] : ["nominate"],
                    NamesLeadNext = own is not null && !review.Dossier.Team.LacksExpert(own)
                        && Waits.Of(review).Any(wait => wait.Stage == "objection" && wait.Branch == own),
                    MayNameLead = Access.May(actor, ReviewAct.NameLead, review.Facts) is null,
                    NamesAnyLead = Access.May(actor, ReviewAct.ReplaceReviewer, review.Facts) is null,
                    GivesTime = Access.May(actor, ReviewAct.ReplaceReviewer, review.Facts) is null,
                    WhyLeftOut = Access.ReadsReasons(actor, review.Facts) ? found.More.Reasons : [],
                    LeavesOut = Access.May(actor, ReviewAct.LeaveExpertOut, review.Facts) is null,
                    MayFillGap = own is not null && review.Process.FindStage(CommentRules.Stage) is { } desk && review.State[desk].Status == StageStatus.Waiting,
                    MayReplace = Access.May(actor, ReviewAct.ReplaceReviewer, review.Facts) is null
                        && (!ReplaceExpert.AreExpertsDone(review) || review.Dossier.Team.Gaps.Any(gap => gap.Left is { Commented: false })),
                },
            },
            status);
    }

    // While the reviewing States find somebody in the place of an expert, nothing else of the objections is anybody's turn.
    private static bool LackAfterObjection(LoadedReview review) =>
        Waits.Of(review).Any(wait => wait.Stage == "objection" && wait.Branch is { } branch && review.Dossier.Team.Find(branch) is not null);

    private static bool IsOpen(LoadedReview review, string state) =>
        StageDoor.Closed(review.State, "nominate") is null
        && KnownStages.Serve(review.Process, "nominate") && review.State[review.Process.Stage("nominate")].Part(state) is { Status: PartStatus.Open };

    private async Task<Found<ExpertRows>?> FindAsync(Visit visit, Guid id, CancellationToken cancel)
    {
        var found = await reviews.FindAsync(
            visit.Caller.Actor,
            new ReviewId(id),
            Sql.Rows,
            new { Review = id },
            async grid => new ExpertRows(
                [.. await grid.ReadAsync<InvitationRow>()], [.. (await grid.ReadAsync<WritingRow>()).Select(row => row.ToWriting())]),
            cancel);
        return found is not null && found.Review.HasTeam
            && Access.Visible(visit.Caller.Actor, DocumentKind.ExpertNames, found.Review.Facts).CanRead ? found : null;
    }

    private IEnumerable<ExpertsOfState> States(Found<ExpertRows> found, Visit visit)
    {
        var (review, actor) = (found.Review, visit.Caller.Actor);
        foreach (var seat in review.Dossier.Team.States)
        {
            var invitations = Access.Visible(actor, review.Dossier.Invitation(seat.State), review.Facts).CanRead
                ? found.More.Invitations.Where(i => i.State == seat.State).ToImmutableArray()
                : [];
            yield return new ExpertsOfState(
                seat.State,
                names.Of(seat.State, visit.Texts.Language),
                [
                    .. review.People.Where(p => p.ForThisReview && p.State == seat.State && p.Role == RoleCode.Expert
                            && Access.VisiblePerson(actor, review.Facts, Role.ReviewerExpert, p.Person) > Extent.Nothing)
                        .Select(p => new Expert(p, review.Dossier.Holding(RoleCode.Lead).Contains(p.Person.Value))),
                ],
                invitations)
            {
                Gap = review.Dossier.Team.GapOf(seat.State) is { } gap and not { Left.Commented: true } ? gap : null,
                Reserves =
                [
                    .. invitations.Where(i => i is { Reserve: true, Outcome: InvitationOutcome.Accepted }
                        && review.Dossier.Team.ReserveExperts(seat.State).Contains(i.PersonId) && !review.Dossier.Holding(RoleCode.Expert).Contains(i.PersonId)),
                ],
            };
        }
    }

    /// <param name="Reasons">Why the review went on without experts.</param>
    private sealed record ExpertRows(ImmutableArray<InvitationRow> Invitations, ImmutableArray<Writing> Reasons);

    private static class Sql
    {
        public const string Rows =
            """
            SELECT i.id, i.person_id, i.state, p.name, i.reserve, i.outcome, i.reason, i.suggestion, i.invited_at
            FROM invitation i JOIN person p ON p.id = i.person_id
            WHERE i.review_id = @Review ORDER BY i.invited_at, i.id;
            SELECT kind, key, version, content, label, language, author, at FROM writing_head JOIN writing USING (review_id, kind, key, version)
            WHERE review_id = @Review AND kind = 'reason' AND NOT withdrawn AND key LIKE 'LeaveOut.%'
            """;
    }
}

/// <summary>What the page draws.</summary>
public sealed record ExpertsModel(
    LoadedReview Review, string StateName, ImmutableArray<ExpertsOfState> States, Form Form, IReadOnlyList<Refusal> Errors)
{
    /// <summary>Code of the State the reader nominates for; null for all others.</summary>
    public string? Own { get; init; }

    public bool MayInvite { get; init; }

    /// <summary>Whether somebody may be invited to step in, though the nomination may be over.</summary>
    public bool MayInviteReserve { get; init; }

    public bool MayFinish { get; init; }

    /// <summary>Whether the subject may still ask for another State, so that nobody can finish nominating.</summary>
    public bool Redraw { get; init; }

    /// <summary>Until when it may; null where the day can still move, or it has asked already.</summary>
    public Wait? RedrawUntil => Waits.Of(Review).FirstOrDefault(wait =>
        wait is { Stage: "redraw_window", Paused: false } && wait.Roles.Contains(RoleCode.FocalPoint, StringComparer.Ordinal));

    /// <summary>The stage of a programme's own process in which the reader's State finds its experts now; null elsewhere.</summary>
    public Stage? Finding { get; init; }

    /// <summary>The stages whose turn the page shows: the nomination, or what comes of an objection that was upheld.</summary>
    public IReadOnlyList<string> Stages { get; init; } = [];

    /// <summary>Whether the own State has found somebody in the place of an expert, and an expert has to be named as lead now.</summary>
    public bool NamesLeadNext { get; init; }

    public bool MayNameLead { get; init; }

    /// <summary>Whether the reader may put a reserve in the place of an expert.</summary>
    public bool MayReplace { get; init; }

    /// <summary>Whether the reader may put a reserve of the own State in a place an objection left, before experts comment.</summary>
    public bool MayFillGap { get; init; }

    /// <summary>Whether the reader decides that the review goes on without an expert.</summary>
    public bool LeavesOut { get; init; }

    /// <summary>Why the review went on without experts, for those who read reasons.</summary>
    public ImmutableArray<Writing> WhyLeftOut { get; init; } = [];

    /// <summary>Whether the reader gives a single expert more time.</summary>
    public bool GivesTime { get; init; }

    /// <summary>The most days the reader can still give an expert; null for none.</summary>
    public int? MoreDaysFor(Guid person) => GivesTime ? GiveExpertTime.DaysLeftFor(Review, person) : null;

    /// <summary>Why it cannot yet go on without somebody who is long late; null where it can.</summary>
    public Refusal? LeavingOutProblem(Guid person) => LeavingOut.Problem(Review.Dossier, Review.State, person, Review.Now);

    /// <summary>Whether the reader may name an expert of any State as lead.</summary>
    public bool NamesAnyLead { get; init; }

    /// <summary>Whether the reader may name this State's experts as lead.</summary>
    public bool MayLead(string state) =>
        MayNameLead && (NamesAnyLead || (state == Own && Review.Dossier.People.All(p => p.Role != RoleCode.Lead || p.State == state)));
}

/// <summary>A reviewing State with its experts.</summary>
/// <param name="Invitations">Empty for those they do not concern.</param>
public sealed record ExpertsOfState(
    string State, string Name, ImmutableArray<Expert> Experts, ImmutableArray<InvitationRow> Invitations)
{
    /// <summary>Those who accepted to step in and have not; empty for those they do not concern.</summary>
    public ImmutableArray<InvitationRow> Reserves { get; init; } = [];

    /// <summary>The place nobody has stepped into yet; null where nobody is lacking.</summary>
    public OpenPlace? Gap { get; init; }
}

/// <summary>An expert.</summary>
public sealed record Expert(Holder Person, bool Leads);

/// <summary>An invitation with what was answered.</summary>
/// <param name="InvitedAt">UTC.</param>
public sealed record InvitationRow(
    Guid Id, Guid PersonId, string State, string Name, bool Reserve, string? Outcome, string Reason, string Suggestion, DateTimeOffset InvitedAt);

/// <summary>The experts as the API shows them; invitations only to those they concern.</summary>
public sealed record ExpertsBody(ImmutableArray<ExpertItem> Experts, ImmutableArray<InvitationItem> Invitations);

/// <summary>An expert of a reviewing State.</summary>
public sealed record ExpertItem(Guid Person, string State, string Name, bool Leads);

/// <summary>An invitation.</summary>
/// <param name="Outcome"><c>accepted</c>, <c>declined</c>, <c>withdrawn</c>; null while it waits.</param>
public sealed record InvitationItem(
    Guid Id, string State, string Name, bool Reserve, string? Outcome, string Reason, string Suggestion);
