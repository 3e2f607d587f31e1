using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Core.Selection;
using PeerReview.Server.Components;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;
using Role = PeerReview.Core.Access.Role;

namespace PeerReview.Server.Features.Selection;

/// <summary>The reviewing States of a review, with what the reader may do about them now.</summary>
public sealed class ReviewersPage(ReviewLookup reviews, PoolReader pools, StateNames names)
{
    public static void Map(WebRoutes routes)
    {
        routes.Pages.MapGet("/reviews/{review:guid}/reviewers", (Guid review, Visit visit, ReviewersPage page, CancellationToken cancel) =>
            page.DrawAsync(visit, review, Form.Empty, [], StatusCodes.Status200OK, cancel));
        routes.Api.MapGet("/reviews/{review:guid}/reviewers", (Guid review, Visit visit, ReviewersPage page, CancellationToken cancel) =>
            page.ReadAsync(visit, review, cancel)).WithName("ReadReviewers").WithTags("reviews").Produces<ReviewersBody>();
    }

    /// <summary>The page again after a form of it was refused.</summary>
    internal Task<IResult> AgainAsync(Visit visit, Guid review, Form form, Refusal reason, CancellationToken cancel) =>
        reason.Kind == RefusalKind.NotFound
            ? Task.FromResult(Answer.NotFound())
            : DrawAsync(visit, review, form, [.. reason.All], reason.Status(), cancel);

    /// <summary>Whether the page opens to somebody: they may read who reviews, and the variant has reviewing States.</summary>
    internal static bool Opens(Actor actor, LoadedReview review) =>
        review.HasTeam && Access.Visible(actor, DocumentKind.DrawRecord, review.Facts).CanRead;

    private async Task<IResult> ReadAsync(Visit visit, Guid id, CancellationToken cancel)
    {
        var review = await reviews.FindAsync(visit.Caller.Actor, new ReviewId(id), cancel);
        if (review is null || !Opens(visit.Caller.Actor, review))
            return ReviewRefusals.NotFound.ToProblem();
        var team = review.Dossier.Team;
        return TypedResults.Ok(new ReviewersBody(
            [.. team.States.Select(seat => new ReviewerItem(seat.Slot, seat.State, team.CauseOf(seat.State)))],
            [.. team.Reserves.Select(seat => new ReserveItem(seat.Slot, seat.State))],
            Access.VisiblePerson(visit.Caller.Actor, review.Facts, Role.ReviewerFocalPoint, default) > Extent.Nothing ? team.Left : []));
    }

    private async Task<IResult> DrawAsync(
        Visit visit, Guid id, Form form, IReadOnlyList<Refusal> errors, int status, CancellationToken cancel)
    {
        var actor = visit.Caller.Actor;
        var found = await reviews.FindAsync(
            actor, new ReviewId(id), Sql.Named, new { Review = id },
            async grid => new SeatRecord(
                (await grid.ReadAsync<(string State, DateTimeOffset At)>()).ToDictionary(seat => seat.State, seat => seat.At, StringComparer.Ordinal),
                [.. (await grid.ReadAsync<WritingRow>()).Select(row => row.ToWriting())]),
            cancel);
        if (found?.Review is not { } review || !Opens(actor, review))
            return Answer.NotFound();
        // A process without our draw has its States named on a page of their own.
        if (ReviewingStates.AreNamed(review.Process, review.State.Variant))
            return Answer.Done($"{StagePages.Of(id)}/reviewing-states");
        var (mayName, mayReplace) = (May(ReviewAct.NameReviewers) && IsOpen("draw"), May(ReviewAct.ReplaceReviewer) && IsOpen("nominate"));
        // Only where somebody is about to be chosen.
        var mayDecide = May(ReviewAct.LeaveExpertOut) && review.Dossier.Team.States.Any(seat => ReplacingState.Problem(review.Dossier, review.State, seat.State) is null);
        var pool = mayName || mayDecide || (mayReplace && review.Dossier.Team.States.Any(seat => SilentReviewer.CauseOf(review.Dossier, review.State, seat.State, review.Now) is not null)) ? await pools.ReadAsync(review.Programme, cancel) : null;
        return Answer.Page<ReviewersView>(
            new
            {
                Model = new ReviewersModel(review, names.Of(review.Subject.Iso3, visit.Texts.Language), form, errors)
                {
                    Places = [.. Places(review, visit)],
                    Candidates = Candidates(review, pool, visit),
                    NeedsConsent = mayName && pool is not null && NeedsConsent(review, pool),
                    Barred = [.. review.Participants.Select(state => names.Of(state.Iso3, visit.Texts.Language))],
                    Left = [.. review.Dossier.Team.Left.Select(code => new ChoiceOption(code, names.Of(code, visit.Texts.Language)))],
                    MayName = mayName,
                    MayAsk = May(ReviewAct.AskRedraw) && IsOpen("redraw_window"),
                    MayReplace = mayReplace,
                    MayDecide = mayDecide,
                    Reasons = Access.ReadsReasons(actor, review.Facts) ? found.More.Reasons : [],
                    MayAppoint = May(ReviewAct.AppointReviewerFocalPoint),
                    KnowsFocalPoints = Access.VisiblePerson(actor, review.Facts, Role.ReviewerFocalPoint, default) > Extent.Nothing,
                    DeclineUntil = review.Process.FindStage("nominate") is not null && review.BranchOf(visit.Caller.Id) is { } branch
                        && review.State[review.Process.Stage("nominate")].Part(branch) is { Status: PartStatus.Open } && found.More.Named.TryGetValue(branch, out var named)
                        ? named.AddDays(review.Process.Draw!.DeclineDays) : null,
                    Own = May(ReviewAct.DeclineService) ? review.BranchOf(visit.Caller.Id) : null,
                },
            },
            status);

        bool May(ReviewAct act) => Access.May(actor, act, review.Facts) is null;
        bool IsOpen(string stage) => StageDoor.Closed(review.State, stage) is null;
    }

    private IEnumerable<ReviewerPlace> Places(LoadedReview review, Visit visit)
    {
        var team = review.Dossier.Team;
        foreach (var slot in review.Process.Draw?.Slots ?? [])
        {
            var seat = team.States.FirstOrDefault(one => one.Slot == slot.Id);
            yield return new ReviewerPlace(
                slot,
                seat?.State,
                seat is null ? null : names.Of(seat.State, visit.Texts.Language),
                seat is null ? null : team.CauseOf(seat.State),
                [.. team.Reserves.Where(one => one.Slot == slot.Id).Select(one => names.Of(one.State, visit.Texts.Language))],
                seat is null ? [] : People(review, seat.State, visit.Caller.Actor))
            {
                IsReplaceable = seat is not null && ReplacingState.Problem(review.Dossier, review.State, seat.State) is null,
                LacksExpert = seat is not null && review.Dossier.Team.GapOf(seat.State) is { Left: not null }
                    && Access.Visible(visit.Caller.Actor, DocumentKind.ExpertNames, review.Facts).CanRead,
                IsSilent = seat is not null && SilentReviewer.CauseOf(review.Dossier, review.State, seat.State, review.Now) == ReplacementCause.Silent,
            };
        }
    }

    private static ImmutableArray<Holder> People(LoadedReview review, string state, Actor actor) =>
    [
        .. review.People.Where(p => p.ForThisReview && p.State == state && p.Role is RoleCode.ReviewerFocalPoint
            && Access.VisiblePerson(actor, review.Facts, Role.ReviewerFocalPoint, p.Person) > Extent.Nothing),
    ];

    /// <summary>Whether no State of the lead's own group could review a regional strategy, and the owner has not consented to another.</summary>
    private static bool NeedsConsent(LoadedReview review, Pool pool) => review.Dossier.Region is { OtherGroup: false } && review.Process.Draw is { } rules
        && !SeatRules.HasOwnGroup(pool.GroundFor(review, rules), pool.ByCode.Values);

    /// <summary>By place, the States that could take it: reserves first, then the rest by name.</summary>
    private ImmutableSortedDictionary<string, ImmutableArray<ChoiceOption>> Candidates(LoadedReview review, Pool? pool, Visit visit)
    {
        var none = ImmutableSortedDictionary.Create<string, ImmutableArray<ChoiceOption>>(StringComparer.Ordinal);
        if (pool is null || review.Process.Draw is not { } rules)
            return none;
        var ground = pool.GroundFor(review, rules);
        ground = ground with { OtherGroup = ground.OtherGroup || NeedsConsent(review, pool) };
        var team = review.Dossier.Team;
        var gone = team.Left.Concat(team.States.Select(seat => seat.State)).ToHashSet(StringComparer.Ordinal);
        return none.AddRange(rules.Slots.Select(slot => KeyValuePair.Create(slot.Id, Of(slot))));

        ImmutableArray<ChoiceOption> Of(DrawSlot slot)
        {
            var reserves = team.Reserves.Where(seat => seat.Slot == slot.Id).Select(seat => seat.State).ToList();
            return
            [
                .. pool.Lines.Select(line => line.Member)
                    .Where(member => ground.Takes(slot, member.Group) && Bars.Of(member, ground).IsEmpty && !gone.Contains(member.State.Value))
                    .Select(member => new ChoiceOption(member.State.Value, names.Of(member.State.Value, visit.Texts.Language)))
                    .OrderBy(option => reserves.IndexOf(option.Value) is var at and >= 0 ? at : int.MaxValue)
                    .ThenBy(option => option.Label, StringComparer.Create(visit.Texts.Culture, ignoreCase: true)),
            ];
        }
    }

    private static class Sql
    {
        public const string Named =
            """
            SELECT state, named_at FROM reviewer_seat WHERE review_id = @Review AND ended_at IS NULL;
            SELECT kind, key, version, content, label, language, author, at FROM writing_head JOIN writing USING (review_id, kind, key, version)
            WHERE review_id = @Review AND kind = 'reason' AND NOT withdrawn AND key LIKE 'ReplaceState.%' ORDER BY at, key
            """;
    }

    /// <param name="Named">When each State was named, UTC.</param>
    /// <param name="Reasons">Why States could not go on.</param>
    private sealed record SeatRecord(IReadOnlyDictionary<string, DateTimeOffset> Named, ImmutableArray<Writing> Reasons);
}

/// <summary>What the page draws.</summary>
public sealed record ReviewersModel(LoadedReview Review, string StateName, Form Form, IReadOnlyList<Refusal> Errors)
{
    /// <summary>In the order of the process.</summary>
    public required ImmutableArray<ReviewerPlace> Places { get; init; }

    /// <summary>By place, who could take it; empty for those who choose nobody.</summary>
    public required ImmutableSortedDictionary<string, ImmutableArray<ChoiceOption>> Candidates { get; init; }

    /// <summary>Whether a State of another group can only be named with the consent of the owner.</summary>
    public bool NeedsConsent { get; init; }

    /// <summary>Names of the States that take part in a regional review: they cannot review it.</summary>
    public ImmutableArray<string> Barred { get; init; } = [];

    /// <summary>Codes and names of States that had a place and left it.</summary>
    public required ImmutableArray<ChoiceOption> Left { get; init; }

    public bool MayName { get; init; }

    /// <summary>Whether the reader may ask for another State now, or say that none is asked for.</summary>
    public bool MayAsk { get; init; }

    public bool MayReplace { get; init; }

    /// <summary>Whether the reader may decide that a State cannot go on, and put another in its place.</summary>
    public bool MayDecide { get; init; }

    /// <summary>Why States could not go on, for those who read reasons.</summary>
    public ImmutableArray<Writing> Reasons { get; init; } = [];

    /// <summary>The same of one State that left; null where nobody decided so.</summary>
    /// <param name="state">Its code.</param>
    public Writing? ReasonOf(string state) => Reasons.LastOrDefault(reason => reason.Key.StartsWith(ReplacingSeat.ReasonOf(state) + ":", StringComparison.Ordinal));

    /// <summary>Whether the reader may name who speaks for the reviewing States.</summary>
    public bool MayAppoint { get; init; }

    /// <summary>Code of the State the reader speaks for; null for all others.</summary>
    public string? Own { get; init; }

    /// <summary>Until when that State may give its service back, UTC; null once it has nominated.</summary>
    public DateTimeOffset? DeclineUntil { get; init; }

    /// <summary>Whether the reader may know who speaks for the reviewing States, and which had a place before.</summary>
    public bool KnowsFocalPoints { get; init; }
}

/// <summary>A place and who has it.</summary>
/// <param name="State">Code; null while it is open.</param>
/// <param name="Leaving">Why another has to take it, see <see cref="ReplacementCause"/>; null when none has.</param>
/// <param name="Reserves">Names, in the order in which they are asked.</param>
/// <param name="FocalPoints">Who speaks for the State, as far as the reader may know.</param>
public sealed record ReviewerPlace(
    DrawSlot Slot, string? State, string? Name, string? Leaving, ImmutableArray<string> Reserves, ImmutableArray<Holder> FocalPoints)
{
    /// <summary>Whether its nomination is so late that another State can take the place; it can still nominate.</summary>
    public bool IsSilent { get; init; }

    /// <summary>Whether the head coordinator can still put another State in the place of one that cannot go on.</summary>
    public bool IsReplaceable { get; init; }

    /// <summary>Whether the State came later and has to find somebody for a place of the one before.</summary>
    public bool LacksExpert { get; init; }
}

/// <summary>The reviewing States as the API shows them.</summary>
/// <param name="Left">Codes of States that had a place and left it; empty for those outside the review.</param>
public sealed record ReviewersBody(
    ImmutableArray<ReviewerItem> States, ImmutableArray<ReserveItem> Reserves, ImmutableArray<string> Left);

/// <summary>A reviewing State.</summary>
/// <param name="Leaving"><c>redraw</c> or <c>declined</c> while another has to take its place; else null.</param>
public sealed record ReviewerItem(string Slot, string State, string? Leaving);

/// <summary>A State that would step in.</summary>
public sealed record ReserveItem(string Slot, string State);
