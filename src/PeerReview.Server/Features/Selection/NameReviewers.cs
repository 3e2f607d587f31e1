using System.Collections.Immutable;
using System.Text.Json;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Core.Selection;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Selection;

/// <summary>The coordinator names a reviewing State for each place, with those that would step in. The bars are checked against
/// the pool as it stands at that moment.</summary>
public sealed class NameReviewers(ReviewCommands commands, StageBody bodies) : IStageCompletion
{
    public string Stage => "draw";

    public static void Map(WebRoutes routes) => routes.Pages.MapPost(
        "/reviews/{review:guid}/reviewers",
        (Guid review, Visit visit, Form form, NameReviewers name, ReviewersPage page, CancellationToken cancel) =>
            name.PostAsync(review, visit, form, page, cancel));

    public Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, JsonElement body, CancellationToken cancel) =>
        DecideAsync(work, bodies.Read<ReviewersRequest>(body), cancel);

    private static async Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, ReviewersRequest request, CancellationToken cancel)
    {
        var review = work.Review;
        if (Access.May(work.Actor, ReviewAct.NameReviewers, review.Facts) is { } no)
            return no;
        if (StageDoor.Closed(review.State, "draw") is { } closed)
            return closed;
        var (pool, ground) = await SelectionLock.ReadAsync(work, cancel);
        var wanted = request.ToSeatings();
        var consent = request.Consent.Tidy();
        var problems = Consent(consent, review, ground, pool).ToList();
        problems.AddRange(SeatRules.Check(wanted, ground with { OtherGroup = consent.Length > 0 && problems.Count == 0 }, pool.ByCode));
        if (problems.Count > 0)
            return Refusal.Of(problems);
        var states = wanted.Select(one => new SeatedState(one.State, one.Slot)).OrderBy(s => s.Slot, StringComparer.Ordinal).ToImmutableArray();
        var change = new ReviewChange().Record(new ReviewEvent.ReviewersNamed(
            states,
            [.. wanted.SelectMany(one => one.Reserves.Select(state => new SeatedState(state, one.Slot)))],
            work.Person.Value));
        foreach (var seat in states)
            change.Seat(pool.Find(seat.State)!.Calendar);
        if (consent.Length > 0)
        {
            change.Record(new ReviewEvent.OtherGroupConsented(work.Person.Value))
                .Write(WritingKind.Reason, "other_group", 0, Contents.Write(new NoteContent(consent, [])), "AMBER", review.Dossier.WorkingLanguage);
        }

        return change.Then(new ProcessCommand.Complete(work.Acting, "draw"));
    }

    private static IEnumerable<Refusal> Consent(string consent, LoadedReview review, SelectionGround ground, Pool pool)
    {
        if (consent.Length == 0)
            yield break;
        if (review.Dossier.Region is null || SeatRules.HasOwnGroup(ground, pool.ByCode.Values))
            yield return new Refusal("selection.consent-not-needed", RefusalKind.Invalid, "consent");
        else if (consent.Length > Reasons.MaxLength || !Core.Text.IsReadable(consent))
            yield return new Refusal("selection.consent", RefusalKind.Invalid, "consent").With("max", Reasons.MaxLength);
    }

    private async Task<IResult> PostAsync(Guid review, Visit visit, Form form, ReviewersPage page, CancellationToken cancel)
    {
        var verdict = await commands.RunAsync(
            new ReviewId(review), visit.Caller.Actor, key: null, (work, token) => DecideAsync(work, ReviewersRequest.Of(form), token), cancel);
        return verdict is Verdict<Receipt>.Refused { Reason: var reason }
            ? await page.AgainAsync(visit, review, form, reason, cancel)
            : Answer.Done($"/reviews/{review}/reviewers", "reviewers-named");
    }
}

/// <summary>The States named, as they come in.</summary>
public sealed record ReviewersRequest
{
    /// <summary>The State of each place.</summary>
    public ImmutableArray<SeatRequest> States { get; init; } = [];

    /// <summary>For a regional subject whose group has no State that could review: how its owner consented to a State of another group.</summary>
    public string Consent { get; init; } = "";

    internal IReadOnlyList<Seating> ToSeatings() =>
    [
        .. (States.IsDefault ? [] : States).Select(one => new Seating(
            one.Slot ?? "", one.State ?? "", one.Reserves.IsDefault ? [] : [.. one.Reserves.Where(code => !string.IsNullOrEmpty(code))])),
    ];

    /// <summary>As the page sends it: <c>states.A</c>, <c>reserves.A.1</c>, <c>reserves.A.2</c>.</summary>
    public static ReviewersRequest Of(Form form) => new()
    {
        Consent = form.Text("consent"),
        States =
        [
            .. from name in form.Names
               where name.StartsWith("states.", StringComparison.Ordinal)
               let slot = name["states.".Length..]
               select new SeatRequest(slot, form.Text(name), Reserves(form, slot)),
        ],
    };

    private static ImmutableArray<string> Reserves(Form form, string slot) =>
    [
        .. form.Names.Where(name => name.StartsWith($"reserves.{slot}.", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Select(form.Text).Where(code => code.Length > 0),
    ];
}

/// <summary>One place.</summary>
/// <param name="Slot">As the process names it.</param>
/// <param name="State">ISO 3166-1 alpha-3 code.</param>
/// <param name="Reserves">Codes of those that would step in, in order.</param>
public sealed record SeatRequest(string? Slot, string? State, ImmutableArray<string> Reserves);
