using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>The States that take part in a regional or subregional strategy, by name.</summary>
public static class ParticipantNames
{
    /// <summary>Beside the State that leads, in the order of their names; none in a national review.</summary>
    /// <param name="language">ISO 639-1.</param>
    public static IReadOnlyList<string> TakingPart(this StateNames names, LoadedReview review, string language) =>
        [.. (review.Dossier.Region?.States ?? []).Select(state => names.Of(state, language)).Order(StringComparer.CurrentCulture)];
}
