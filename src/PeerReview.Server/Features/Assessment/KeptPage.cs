using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Drafts;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Assessment;

/// <summary>What a State answered outside the theme it limited its review to: kept for its own side, handed in to nobody.</summary>
public sealed class KeptPage(ReviewLookup reviews, DraftStore drafts, StateNames states)
{
    public static void Map(WebRoutes routes) => routes.Pages.MapGet(
        "/reviews/{review:guid}/kept",
        (Guid review, Visit visit, KeptPage page, CancellationToken cancel) => page.ShowAsync(new ReviewId(review), visit, cancel));

    private async Task<IResult> ShowAsync(ReviewId id, Visit visit, CancellationToken cancel)
    {
        var actor = visit.Caller.Actor;
        var found = await reviews.FindAsync(actor, id, MaterialSql.Statements, new { Review = id.Value }, MaterialSql.ReadAsync, cancel);
        if (found is not { Review: var review, More: var material } || !OutsideTheme.Opens(actor, review))
            return Answer.NotFound();
        var typed = await drafts.UnderAsync(visit.Caller.Id, UnsavedItems.Under(id), cancel);
        return Answer.Page<KeptView>(new
        {
            Model = new KeptModel(review, states.Of(review.Subject.Iso3, visit.Texts.Language), Of(actor, review, material))
            {
                Typed =
                [
                    .. from one in typed
                       let item = UnsavedItems.ItemOf(one.Page, id)
                       where OutsideTheme.Reads(actor, review, item)
                       select new TypedAnswer(item, one.Draft),
                ],
                HasQuestions = !review.Dossier.WithoutQuestions.Contains(visit.Caller.Id.Value),
            },
        });
    }

    /// <summary>Where a form of an item that fell out of the review leads; null where the item did not, or was not the sender's to read.</summary>
    internal async Task<string?> InsteadOfAsync(Visit visit, ReviewId id, string item, CancellationToken cancel) =>
        await reviews.FindAsync(visit.Caller.Actor, id, cancel) is { } review && OutsideTheme.Reads(visit.Caller.Actor, review, item) ? OutsideTheme.PathOf(id) : null;

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
}

/// <summary>An answer that is kept.</summary>
public sealed record KeptAnswer(string Item, Core.Assessment.Answer Answer, ImmutableArray<FileMark> Files);

/// <summary>What the reader typed to an item and had not saved when it fell out; nobody else reads it.</summary>
public sealed record TypedAnswer(string Item, Draft Draft);

/// <summary>What the page draws.</summary>
public sealed record KeptModel(LoadedReview Review, string State, ImmutableArray<KeptAnswer> Answers)
{
    public ImmutableArray<TypedAnswer> Typed { get; init; } = [];

    /// <summary>False for a contributor whose questions all fell out.</summary>
    public bool HasQuestions { get; init; } = true;
}
