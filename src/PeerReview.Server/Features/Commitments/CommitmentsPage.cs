using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.FollowUp;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;
using PeerReview.Server.Platform.Writings;

namespace PeerReview.Server.Features.Commitments;

/// <summary>What the State undertakes, what it does well and its summary, on one page.</summary>
public sealed class CommitmentsPage(
    WrittenTexts texts, TextKind<Commitment> commitments, TextKind<GoodPractice> practices, TextKind<Summary> summary,
    StateNames states)
{
    public static void Map(WebRoutes routes) => routes.Pages.MapGet(
        "/reviews/{review:guid}/commitments",
        (Guid review, Visit visit, CommitmentsPage page, CancellationToken cancel) =>
            page.ShowAsync(new ReviewId(review), visit, cancel));

    private async Task<IResult> ShowAsync(ReviewId id, Visit visit, CancellationToken cancel)
    {
        var found = await texts.FindAsync(
            visit.Caller.Actor, id, [commitments.Kind, practices.Kind, summary.Kind], commitments.Opens, cancel);
        if (found is null)
            return Answer.NotFound();
        var review = found.Review;
        var no = Access.May(visit.Caller.Actor, ReviewAct.WriteCommitment, review.Facts);
        return Answer.Page<CommitmentsView>(new
        {
            Model = new CommitmentsModel(
                review,
                states.Of(review.Subject.Iso3, visit.Texts.Language),
                [.. found.Of(WritingKind.Commitment).Select(w => Shown.Of(w, commitments, review))],
                [.. found.Of(WritingKind.GoodPractice).Select(w => Shown.Of(w, practices, review))],
                found.Of(WritingKind.Summary).Select(w => Shown.Of(w, summary, review))
                    .FirstOrDefault(s => s.Content.Text.Length > 0),
                IsAuthor: no?.Kind != RefusalKind.NotAllowed,
                no ?? CommitmentDoor.Closed(review.State)),
        });
    }
}

/// <summary>What the page draws.</summary>
/// <param name="IsAuthor">Whether the reader writes for the State at all.</param>
/// <param name="Closed">Why the reader cannot write now; null when they can.</param>
public sealed record CommitmentsModel(
    LoadedReview Review,
    string State,
    ImmutableArray<Shown<Commitment>> Commitments,
    ImmutableArray<Shown<GoodPractice>> Practices,
    Shown<Summary>? Summary,
    bool IsAuthor,
    Refusal? Closed)
{
    public bool MayWrite => Closed is null;
}

/// <summary>A text as it is shown.</summary>
/// <param name="Readers">Who can read it now.</param>
public sealed record Shown<T>(string Id, int Version, DateTimeOffset At, SharingLabel Label, string Language, T Content, ImmutableArray<Role> Readers)
    where T : class;

internal static class Shown
{
    public static Shown<T> Of<T>(Writing text, TextKind<T> kind, LoadedReview review)
        where T : class
    {
        var label = SharingLabels.Of(text.Label);
        return new Shown<T>(
            text.Key, text.Version, text.At, label, text.Language, kind.Read(text),
            Audience.Of(ReviewDocuments.Commitments(review.Facts), review.Facts, label, review.HasTeam));
    }
}
