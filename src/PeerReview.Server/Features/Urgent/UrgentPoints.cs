using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.FollowUp;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Features.Urgent;

/// <summary>Finds the urgent points of a review. Whoever is not of the circle finds nothing, not even how many there are.</summary>
public sealed class UrgentPoints(ReviewLookup reviews)
{
    /// <summary>In one round trip; null when the person may neither read nor raise one.</summary>
    public async Task<FoundPoints?> FindAsync(Actor actor, ReviewId review, CancellationToken cancel)
    {
        var found = await reviews.FindAsync(
            actor, review, Sql.Points, new { Review = review.Value },
            async grid => (await grid.ReadAsync<WritingRow>()).ToImmutableArray(), cancel);
        if (found is null)
            return null;
        var facts = found.Review.Facts;
        var no = Access.May(actor, ReviewAct.RaiseUrgentPoint, facts);
        var reads = Access.Visible(actor, DocumentKind.UrgentPoint, facts).CanRead;
        if (!reads && no?.Kind is RefusalKind.NotAllowed or RefusalKind.NotFound)
            return null;
        return new FoundPoints(found.Review, reads, no, reads ? Points(actor, found.Review, found.More) : []);
    }

    private static ImmutableArray<PointFound> Points(Actor actor, LoadedReview review, ImmutableArray<WritingRow> rows) =>
    [
        .. from mark in review.Dossier.Urgent
           let point = rows.First(r => r.Kind == WritingKind.Urgent && r.Key == mark.Id)
           let answer = rows.FirstOrDefault(r => r.Kind == WritingKind.UrgentAcknowledged && r.Key == mark.Id)
           let waits = Waits.Of(review).FirstOrDefault(w => w.Stage == Waits.Urgent && w.Branch == mark.Id)
           select new PointFound(
               mark.Id,
               Contents.ReadUrgent(point.ToWriting()),
               point.Language,
               review.Find(new PersonId(mark.By)),
               mark.RaisedAt,
               waits,
               answer is null ? null : new Acknowledgement(answer.At, Contents.ReadNote(answer.ToWriting()).Text, answer.Language),
               AcknowledgeUrgent.MayNot(actor, review, mark) is null),
    ];

    private static class Sql
    {
        public const string Points =
            """
            SELECT w.kind, w.key, w.version, w.content, w.label, w.language, w.author, w.at
            FROM writing_head h JOIN writing w USING (review_id, kind, key, version)
            WHERE h.review_id = @Review AND h.kind IN ('urgent', 'urgent_acknowledged')
            ORDER BY w.kind, w.key
            """;
    }
}

/// <summary>What somebody finds.</summary>
/// <param name="Reads">Whether the person is of the circle.</param>
/// <param name="MayNotRaise">Why the person cannot raise one now; null when they can.</param>
/// <param name="Points">In the order in which they were raised; empty for whoever is not of the circle.</param>
public sealed record FoundPoints(LoadedReview Review, bool Reads, Refusal? MayNotRaise, ImmutableArray<PointFound> Points);

/// <summary>An urgent point.</summary>
/// <param name="By">Who raised it; null when the person has no role here any more.</param>
/// <param name="Waits">Whose turn it is and until when; null when it is acknowledged or the review does not run.</param>
/// <param name="MayAcknowledge">Whether the reader can acknowledge it now.</param>
public sealed record PointFound(
    string Id, UrgentPoint Content, string Language, Holder? By, DateTimeOffset RaisedAt, Wait? Waits, Acknowledgement? Acknowledged,
    bool MayAcknowledge);

/// <summary>That a point was acknowledged.</summary>
/// <param name="Note">Empty when nothing was said.</param>
public sealed record Acknowledgement(DateTimeOffset At, string Note, string Language);
