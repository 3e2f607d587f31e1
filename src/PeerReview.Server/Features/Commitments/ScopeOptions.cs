using PeerReview.Server.Components;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Features.Commitments;

/// <summary>The items of a review as things to choose.</summary>
internal static class ScopeOptions
{
    public static IReadOnlyList<ChoiceOption> Of(LoadedReview review) =>
    [
        .. review.Framework.Items.Where(i => review.Dossier.Items.Contains(i.Id, StringComparer.Ordinal))
            .Select(i => new ChoiceOption(i.Id, $"{i.Id} – {i.Question}")),
    ];
}
