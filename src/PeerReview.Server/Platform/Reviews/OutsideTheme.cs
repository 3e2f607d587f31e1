using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Reviews;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>What a State wrote outside the one theme of its review: where it is kept, and for whom.</summary>
public static class OutsideTheme
{
    /// <summary>The address of the page.</summary>
    public static string PathOf(ReviewId review) => $"/reviews/{review}/kept";

    /// <summary>Whether the page is there for somebody: also while nothing is kept, which it then says.</summary>
    public static bool Opens(Actor actor, LoadedReview review) =>
        review.Dossier.Theme is not null && review.Framework.Items.Any(item => Reads(actor, review, item.Id));

    /// <summary>Whether an item fell out of the review and was the reader's to read.</summary>
    public static bool Reads(Actor actor, LoadedReview review, string item) => review.Framework.Item(item) is not null
        && review.Dossier.FallsOutside(item) && Access.Visible(actor, review.Dossier.Answer(item), review.Facts).CanRead;
}
