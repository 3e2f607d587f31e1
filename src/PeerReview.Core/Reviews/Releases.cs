using PeerReview.Core.Access;

namespace PeerReview.Core.Reviews;

/// <summary>A moment at which what one side wrote opens to others.</summary>
public enum Release
{
    /// <summary>The State signs its self-assessment and hands it in.</summary>
    HandingIn,

    /// <summary>The report is published as far as the State decided.</summary>
    Publication,
}

/// <summary>Knows which release comes next, so that it can be said beforehand who will read what.</summary>
public static class Releases
{
    /// <summary>The next release and how the review will stand then; null when all is released, or while the State has not
    /// decided what will be.</summary>
    public static (Release Release, ReviewFacts Then)? After(ReviewFacts review) => review switch
    {
        { Submitted: false } => (Release.HandingIn, review with { Submitted = true }),
        { Published: false, Choices.Count: > 0 } => (Release.Publication, review with { Published = true }),
        _ => null,
    };
}
