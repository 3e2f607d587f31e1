using PeerReview.Core.Deliberation;
using PeerReview.Core.Reviews;

namespace PeerReview.Core.FollowUp;

/// <summary>Something a State undertook in a review and has not finished.</summary>
/// <param name="Text">The commitment, or the recommendation that was accepted and never planned.</param>
/// <param name="Measure">What was to be done.</param>
/// <param name="Told">The last note on it; null where nothing was told.</param>
public sealed record OpenPoint(Writing Text, Commitment Measure, Writing? Told)
{
    /// <summary>under_way or not_started; null where nothing was told.</summary>
    public string? Status => Told is { } note ? OpenPoints.StatusOf(note) : null;

    /// <summary>The same as the beginning of an undertaking of the next review: what has to be thought about anew is left out.</summary>
    public Commitment Again => Measure with { Recommendation = null, RightsConsidered = false };
}

/// <summary>What of a review goes with the State into its next one.</summary>
public static class OpenPoints
{
    private const string Done = "done";

    /// <summary>Commitments that were not told to be done, by what was told last, then recommendations the State accepted, whole or in
    /// part, without a commitment that carries them out.</summary>
    public static IEnumerable<OpenPoint> Of(Material material)
    {
        foreach (var text in material.Of(WritingKind.Commitment))
        {
            var told = LastNote(material, text.Key);
            if (told is null || StatusOf(told) != Done)
                yield return new OpenPoint(text, Contents.ReadCommitment(text), told);
        }

        foreach (var id in RecommendationResponses.WithoutAction(material))
        {
            if (material.Find(WritingKind.Recommendation, id) is { } text)
                yield return new OpenPoint(text, Contents.ReadRecommendation(text).Measure, null);
        }
    }

    internal static string StatusOf(Writing note) => Contents.ReadNote(note).Items[0];

    private static Writing? LastNote(Material material, string commitment) => ProgressRules.Stages.Reverse()
        .Select(stage => material.Find(WritingKind.ProgressNote, $"{stage}:{commitment}")).OfType<Writing>().FirstOrDefault();
}
