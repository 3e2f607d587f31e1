using Dapper;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Reviews;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>Finds the self-assessment of a review for somebody, as far as it is open to them.</summary>
public sealed class AssessmentLookup(ReviewLookup reviews)
{
    /// <summary>In one round trip; null when the person may not know of the review or sees nothing of the self-assessment.</summary>
    public async Task<FoundAssessment?> FindAsync(Actor actor, ReviewId review, CancellationToken cancel) =>
        (await FindAsync(actor, review, "SELECT 1", new { Review = review.Value }, _ => Task.FromResult(0), cancel))?.Assessment;

    /// <summary>With what else a page shows, in the same round trip.</summary>
    /// <param name="sql">One or more statements; they may use <c>@Review</c>.</param>
    /// <param name="args">Must have <c>Review</c>.</param>
    /// <param name="read">Reads the results of <paramref name="sql"/>.</param>
    public async Task<FoundAssessment<T>?> FindAsync<T>(
        Actor actor, ReviewId review, string sql, object args, Func<SqlMapper.GridReader, Task<T>> read,
        CancellationToken cancel)
    {
        var found = await reviews.FindAsync(
            actor,
            review,
            MaterialSql.Statements + sql,
            args,
            async grid => (Material: await MaterialSql.ReadAsync(grid), More: await read(grid)),
            cancel);
        if (found is null || !found.Review.Serves("self_assess"))
            return null;
        var assessment = FoundAssessment.Of(actor, found.Review, found.More.Material);
        return assessment.Sheet.Items.IsEmpty ? null : new FoundAssessment<T>(assessment, found.More.More);
    }
}

/// <summary>A review with everything written in it and what of its self-assessment one person sees.</summary>
public sealed record FoundAssessment(LoadedReview Review, Material Material, AssessmentSheet Sheet)
{
    /// <summary>As one person sees it.</summary>
    public static FoundAssessment Of(Actor actor, LoadedReview review, Material material) =>
        new(review, material, AssessmentSheet.Of(actor, GroundOf(review, material), review.Today)) { HasToDeclare = actor.IsAmong(review.Facts.Undeclared) };

    /// <summary>Whether the reader reads nothing yet because they have not declared their ties.</summary>
    public bool HasToDeclare { get; init; }

    /// <summary>What a sheet is made from.</summary>
    public static AssessmentGround GroundOf(LoadedReview review, Material material) =>
        new(review.Facts, review.Framework, review.Dossier, review.State, material);
}

/// <summary>The same with what else was asked for.</summary>
public sealed record FoundAssessment<T>(FoundAssessment Assessment, T More);
