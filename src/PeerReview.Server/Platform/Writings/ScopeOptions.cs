using PeerReview.Server.Components;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Platform.Writings;

/// <summary>The items of a review as things to choose, in the reader's language.</summary>
public static class ScopeOptions
{
    public static IReadOnlyList<ChoiceOption> Of(LoadedReview review, string language) =>
    [
        .. review.Framework.In(language).Items.Where(i => review.Dossier.Items.Contains(i.Id, StringComparer.Ordinal))
            .Select(i => new ChoiceOption(i.Id, $"{i.Id} – {i.Question}")),
    ];
}
