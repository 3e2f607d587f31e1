using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Frameworks;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Assessment;

/// <summary>What a State answered outside the theme it limited its review to: kept for its own side, handed in to nobody.</summary>
public sealed class KeptPage(ReviewLookup reviews, StateNames states)
{
    public static void Map(WebRoutes routes) => routes.Pages.MapGet(
        "/reviews/{review:guid}/kept",
        (Guid review, Visit visit, KeptPage page, CancellationToken cancel) => page.ShowAsync(new ReviewId(review), visit, cancel));

    private async Task<IResult> ShowAsync(ReviewId id, Visit visit, CancellationToken cancel)
    {
        var actor = visit.Caller.Actor;
        var found = await reviews.FindAsync(actor, id, MaterialSql.Statements, new { Review = id.Value }, MaterialSql.ReadAsync, cancel);
        return found is { Review: { Dossier.Theme: not null } review, More: var material } && Reads(actor, review)
            ? Answer.Page<KeptView>(new { Model = new KeptModel(review, states.Of(review.Subject.Iso3, visit.Texts.Language), Of(actor, review, material)) })
            : Answer.NotFound();
    }

    /// <summary>What somebody reads of it, in the order of the framework; nothing where the review has no theme.</summary>
    internal static ImmutableArray<KeptAnswer> Of(Actor actor, LoadedReview review, Material material) =>
    [
        .. from item in review.Framework.Items
           where review.Dossier.FallsOutside(item.Id)
           let written = material.Find(WritingKind.Answer, item.Id)
           where written is not null && Access.Visible(actor, review.Dossier.Answer(item.Id), review.Facts, SharingLabels.Of(written.Label)).CanRead
           select new KeptAnswer(
               item.Id, Contents.ReadAnswer(written), [.. material.Files.Where(file => file.Item == item.Id && SheetItem.Opens(actor, FoundAssessment.GroundOf(review, material), file))]),
    ];

    // Also while nothing is kept: the page then says so to those who could read it.
    private static bool Reads(Actor actor, LoadedReview review) => review.Framework.Items.Any(item => review.Dossier.FallsOutside(item.Id)
        && Access.Visible(actor, review.Dossier.Answer(item.Id), review.Facts).CanRead);
}

/// <summary>An answer that is kept.</summary>
public sealed record KeptAnswer(string Item, Core.Assessment.Answer Answer, ImmutableArray<FileMark> Files);

/// <summary>What the page draws.</summary>
public sealed record KeptModel(LoadedReview Review, string State, ImmutableArray<KeptAnswer> Answers);
