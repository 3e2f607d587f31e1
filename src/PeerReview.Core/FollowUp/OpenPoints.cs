using PeerReview.Core.Deliberation;
using PeerReview.Core.Reviews;

namespace PeerReview.Core.FollowUp;

/// <summary>Something a State undertook in a review and has not finished.</summary>
/// <param name="Text">The commitment, or the recommendation that was accepted and never planned.</param>
/// <param name="Title">What was to be done, in a line.</param>
/// <param name="Status">under_way or not_started; null where nothing was told.</param>
public sealed record OpenPoint(Writing Text, string Title, string? Status)
{
    /// <summary>The office that answers for it; may be empty.</summary>
    public string Owner { get; init; } = "";

    /// <summary>The day it was to be done.</summary>
    public DateOnly? Due { get; init; }
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
            var status = StatusOf(material, text.Key);
            if (status != Done)
                yield return Point(text, Contents.ReadCommitment(text), status);
        }

        foreach (var id in RecommendationResponses.WithoutAction(material))
        {
            if (material.Find(WritingKind.Recommendation, id) is { } text)
                yield return Point(text, Contents.ReadRecommendation(text).Measure, null);
        }
    }

    private static OpenPoint Point(Writing text, Commitment measure, string? status) =>
        new(text, measure.Title, status) { Owner = measure.Owner, Due = measure.Due };

    private static string? StatusOf(Material material, string commitment) => ProgressRules.Stages.Reverse()
        .Select(stage => material.Find(WritingKind.ProgressNote, $"{stage}:{commitment}"))
        .OfType<Writing>().Select(note => Contents.ReadNote(note).Items[0]).FirstOrDefault();
}
