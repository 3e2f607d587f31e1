using System.Collections.Immutable;
using PeerReview.Core.Access;

namespace PeerReview.Core.Reviews;

/// <summary>Who reads something.</summary>
/// <param name="Now">The circles that read it now, from the innermost.</param>
/// <param name="Next">Who reads it after the next release; null where that changes nothing.</param>
public sealed record Readership(ImmutableArray<Role> Now, NextReaders? Next)
{
    /// <summary>Asks <see cref="Audience"/> for now and for then.</summary>
    /// <param name="document">The document or part of one.</param>
    /// <param name="review">How the review stands.</param>
    /// <param name="label">The label of the text; null where there is none.</param>
    public static Readership Of(Document document, ReviewFacts review, SharingLabel? label)
    {
        var now = Audience.Of(document, review, label);
        return new Readership(
            now,
            Releases.After(review) is { } next && Audience.Of(document, next.Then, label) is var then && !then.SequenceEqual(now)
                ? new NextReaders(next.Release, then)
                : null);
    }
}

/// <summary>Who reads something after the next release.</summary>
public sealed record NextReaders(Release Release, ImmutableArray<Role> Readers);
