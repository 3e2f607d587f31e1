using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Consolidation;

/// <summary>The lead reviewer leads comments to questions, into the report or aside; each save is the next version of the whole.</summary>
public sealed class SaveConsolidation(ReviewCommands commands)
{
    /// <summary>The stage it is done in.</summary>
    internal const string Stage = "consolidate";

    public static void Map(WebRoutes routes) => routes.Api.MapPut(
        "/reviews/{review:guid}/consolidation",
        async (Guid review, ConsolidationRequest request, Visit visit, SaveConsolidation save, HttpContext http, CancellationToken cancel) =>
        {
            if (ETags.IfMatch(http, out var version) is { } malformed)
                return malformed.ToProblem();
            request = request with { Version = version ?? request.Version };
            return (await save.RunAsync(new ReviewId(review), request.ToSheet, request.Version, visit.Caller.Actor, Idempotency.Of(http, request), cancel))
                .OrProblem(TypedResults.Ok);
        })
        .WithName(nameof(SaveConsolidation)).WithTags("reviews").Produces<Receipt>();

    /// <summary>Runs the use case.</summary>
    /// <param name="next">The sheet after the change, from the one that stands and the comments there are.</param>
    /// <param name="version">The version the change was made on.</param>
    public Task<Verdict<Receipt>> RunAsync(
        ReviewId review, Func<ConsolidationSheet, ImmutableArray<StandingComment>, ConsolidationSheet> next, int? version, Actor actor,
        CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(
            review, actor, key, new WritingRef(WritingKind.Consolidation, ConsolidationRules.Key),
            (work, token) => DecideAsync(work, next, version, token), cancel);

    private static async Task<Verdict<ReviewChange>> DecideAsync(
        ReviewWork work, Func<ConsolidationSheet, ImmutableArray<StandingComment>, ConsolidationSheet> next, int? version, CancellationToken cancel)
    {
        var (review, dossier) = (work.Review, work.Review.Dossier);
        if (Access.May(work.Actor, ReviewAct.Consolidate, review.Facts) is { } no)
            return no;
        if (StageDoor.Closed(review.State, Stage) is { } closed)
            return closed;
        var standing = work.Current?.Version ?? 0;
        var stands = work.Current is { } current ? Contents.ReadConsolidation(current) : ConsolidationSheet.Empty;
        var comments = ConsolidationRules.Comments(await work.MaterialAsync(cancel));
        var sheet = next(stands, comments);
        if (ConsolidationRules.Check(sheet, dossier, comments).ToList() is { Count: > 0 } problems)
            return Refusal.Of(problems);
        var text = new NewText(
            WritingKind.Consolidation, ConsolidationRules.Key, standing + 1, Contents.Write(sheet), "AMBER",
            dossier.Team.Language ?? dossier.WorkingLanguage);
        if (work.Current is { } same && same.Content == text.CanonicalContent())
            return new ReviewChange().Made(ConsolidationRules.Key);
        // Somebody else consolidates as well: nothing of theirs is written over.
        if (standing != (version ?? 0))
            return ReviewRefusals.Stale(standing);
        return new ReviewChange().Write(text.Kind, text.Key, standing, text.Content, text.Label, text.Language).Made(ConsolidationRules.Key);
    }
}

/// <summary>A consolidation as it comes in, whole.</summary>
/// <param name="Version">The version it was written on, 0 for the first; <c>If-Match</c> says the same.</param>
public sealed record ConsolidationRequest(
    ImmutableArray<MergedQuestion> Questions = default,
    ImmutableArray<Placement> Placements = default,
    ImmutableArray<Contradiction> Contradictions = default,
    int? Version = null)
{
    internal ConsolidationSheet ToSheet(ConsolidationSheet stands, ImmutableArray<StandingComment> comments) => new(
        [.. Questions.OrEmpty().Select(q => q with { Id = q.Id ?? "", Item = q.Item is { Length: > 0 } item ? item : null, Text = (q.Text ?? "").Tidy() })],
        [.. Placements.OrEmpty().Select(p => p with { To = p.To ?? "", Reason = p.To == Placement.Aside ? (p.Reason ?? "").Tidy() : "" })],
        [.. Contradictions.OrEmpty().Select(c => c with { Item = c.Item ?? "", Note = (c.Note ?? "").Tidy() })]);
}

internal static class Arrays
{
    // A list that was left out, or holds nulls.
    public static IEnumerable<T> OrEmpty<T>(this ImmutableArray<T> array)
        where T : class => array.IsDefault ? [] : array.OfType<T>();
}
