using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Report.Drafting;

/// <summary>A flagged sentence leaves its section for the private annex, which the State alone will read.</summary>
public sealed class MoveToAnnex(ReviewCommands commands, WordingGuard wording)
{
    public static void Map(WebRoutes routes) => routes.Api.MapPost(
        "/reviews/{review:guid}/report/sections/{section}/annex",
        async (Guid review, string section, MoveRequest request, Visit visit, MoveToAnnex move, HttpContext http, CancellationToken cancel) =>
            (await move.RunAsync(new ReviewId(review), section, request, visit.Caller.Actor, Idempotency.Of(http, request), cancel))
            .OrProblem(TypedResults.Ok))
        .WithName(nameof(MoveToAnnex)).WithTags("reviews").Produces<Receipt>();

    /// <summary>Runs the use case; both texts change in one transaction.</summary>
    public Task<Verdict<Receipt>> RunAsync(
        ReviewId review, string section, MoveRequest request, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(review, actor, key, (work, token) => DecideAsync(work, section, request, token), cancel);

    private async Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, string section, MoveRequest request, CancellationToken cancel)
    {
        var (review, subject) = (work.Review, work.Review.Dossier.Subject);
        if (Access.May(work.Actor, ReviewAct.WriteReport, review.Facts) is { } no)
            return no;
        if (DraftReport.Closed(review.State) is { } closed)
            return closed;
        var material = await work.MaterialAsync(cancel);
        if (section == DraftReport.PrivateAnnex || material.Find(WritingKind.Section, section) is not { } text
            || Contents.ReadSection(text) is not { Flagged: var flagged, Text: var written }
            || !flagged.Contains(request.Sentence, StringComparer.Ordinal))
        {
            return new Refusal("report.not-flagged", RefusalKind.NotFound);
        }

        if (request.Version != text.Version)
            return ReviewRefusals.Stale(text.Version);
        var rest = WordingGuard.Without(written, request.Sentence);
        var flags = wording.Flags(rest, subject);
        if (review.Facts.Drafted && !flags.IsEmpty)
            return new Refusal("report.wording", RefusalKind.Conflict, "text").With("sentence", flags[0]);
        var annex = material.Find(WritingKind.Section, DraftReport.PrivateAnnex);
        var moved = string.Join("\n\n", new[] { annex is null ? "" : Contents.ReadSection(annex).Text, $"{request.Sentence}." }.Where(part => part.Length > 0));
        if (DraftReport.Check(DraftReport.PrivateAnnex, moved, review.Dossier, review.Framework).ToList() is { Count: > 0 } problems)
            return Refusal.Of(problems);
        return new ReviewChange()
            .WriteSection(section, text.Version, new SectionContent(rest, flags), review, material)
            .WriteSection(DraftReport.PrivateAnnex, annex?.Version ?? 0, new SectionContent(moved, []), review, material)
            .Made(section);
    }
}

/// <summary>What is moved.</summary>
/// <param name="Sentence">One of those that are flagged.</param>
/// <param name="Version">The version of the section that was read.</param>
public sealed record MoveRequest(string Sentence = "", int Version = 0);
