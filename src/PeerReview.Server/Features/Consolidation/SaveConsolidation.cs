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
            (await save.RunAsync(new ReviewId(review), (_, _) => request.ToSheet(), request.Version, visit.Caller.Actor, Idempotency.Of(http, request), cancel))
            .OrProblem(TypedResults.Ok))
        .WithName(nameof(SaveConsolidation)).WithTags("reviews").Produces<Receipt>();

    /// <summary>Runs the use case.</summary>
    /// <param name="version">The version the change was made on.</param>
    public Task<Verdict<Receipt>> RunAsync(
        ReviewId review, NextConsolidation next, int? version, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(
            review, actor, key, new WritingRef(WritingKind.Consolidation, ConsolidationRules.Key),
            (work, token) => DecideAsync(work, next, version, token), cancel);

    private static async Task<Verdict<ReviewChange>> DecideAsync(
        ReviewWork work, NextConsolidation next, int? version, CancellationToken cancel)
    {
        var (review, dossier) = (work.Review, work.Review.Dossier);
        if (Access.May(work.Actor, ReviewAct.Consolidate, review.Facts) is { } no)
            return no;
        if (StageDoor.Closed(review.State, Stage) is { } closed)
            return closed;
        var standing = work.Current?.Version ?? 0;
        var stands = work.Current is { } current ? Contents.ReadConsolidation(current) : ConsolidationSheet.Empty;
        var comments = Comments(work, await work.MaterialAsync(cancel));
        var verdict = next(stands, comments);
        if (verdict is not Verdict<ConsolidationSheet>.Accepted { Value: var sheet })
            return ((Verdict<ConsolidationSheet>.Refused)verdict).Reason;
        var text = new NewText(
            WritingKind.Consolidation, ConsolidationRules.Key, standing + 1, Contents.Write(sheet), "AMBER",
            dossier.Team.Language ?? dossier.WorkingLanguage);
        if (work.Current is { } same && same.Content == text.CanonicalContent())
            return new ReviewChange().Made(ConsolidationRules.Key);
        // Somebody else consolidates as well: nothing of theirs is written over. What is wrong with a change to what stands no longer is
        // of no use to anybody.
        if (standing != (version ?? 0))
            return ReviewRefusals.Stale(standing);
        if (ConsolidationRules.Check(sheet, dossier, comments).ToList() is { Count: > 0 } problems)
            return Refusal.Of(problems);
        return new ReviewChange().Write(text.Kind, text.Key, standing, text.Content, text.Label, text.Language).Made(ConsolidationRules.Key);
    }

    // In the order of the items. What only named persons may read is led somewhere unread.
    private static ImmutableArray<StandingComment> Comments(ReviewWork work, Material material)
    {
        var (facts, dossier) = (work.Review.Facts, work.Review.Dossier);
        return
        [
            .. from sheet in material.Of(WritingKind.Comments)
               from comment in Contents.ReadComments(sheet).Comments
               where comment.Kind != CommentKind.NoComment
               orderby dossier.Items.IndexOf(comment.Item)
               select Access.Visible(work.Actor, dossier.Comment(comment.Item, sheet.Author, comment.Said), facts, SharingLabels.Of(comment.Label)).CanRead
                   ? comment
                   : comment with { Text = "" },
        ];
    }
}

/// <summary>A consolidation after a change.</summary>
/// <param name="stands">The one that stands.</param>
/// <param name="comments">Every comment, in the order of the items; of those the lead may not read, no text.</param>
public delegate Verdict<ConsolidationSheet> NextConsolidation(ConsolidationSheet stands, ImmutableArray<StandingComment> comments);

/// <summary>A consolidation as it comes in, whole.</summary>
public sealed record ConsolidationRequest : IVersioned
{
    IVersioned IVersioned.On(int version) => this with { Version = version };

    public ImmutableArray<ConsolidatedQuestion> Questions { get; init; } = [];

    public ImmutableArray<Placement> Placements { get; init; } = [];

    public ImmutableArray<Contradiction> Contradictions { get; init; } = [];

    /// <summary>The version it was written on, 0 for the first; <c>If-Match</c> says the same.</summary>
    public int? Version { get; init; }

    internal ConsolidationSheet ToSheet() => new(
        [.. Questions.OrEmpty().Select(q => new MergedQuestion(q.Id ?? "", q.Item is { Length: > 0 } item ? item : null, (q.Text ?? "").Tidy(), q.NamesNobody))],
        [.. Placements.OrEmpty().Select(p => p with { To = p.To ?? "", Reason = p.To == Placement.Aside ? (p.Reason ?? "").Tidy() : "" })],
        [.. Contradictions.OrEmpty().Select(c => c with { Item = c.Item ?? "", Note = (c.Note ?? "").Tidy() })]);
}

/// <summary>A question as it comes in.</summary>
/// <param name="Item">The item it is about, or null.</param>
/// <param name="NamesNobody">Somebody looked at a wording that was flagged.</param>
public sealed record ConsolidatedQuestion(string Id = "", string Text = "", string? Item = null, bool NamesNobody = false);

internal static class Arrays
{
    // A list that was left out, or holds nulls.
    public static IEnumerable<T> OrEmpty<T>(this ImmutableArray<T> array)
        where T : class => array.IsDefault ? [] : array.OfType<T>();
}
