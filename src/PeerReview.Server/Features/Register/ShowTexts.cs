using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Ledger;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Register;

/// <summary>The State's authority decides whether the public register shows a review by a programme's own process, and which of its texts the
/// public reads. It may decide anew at any time; without a decision the public reads nothing.</summary>
public sealed class ShowTexts(ReviewCommands commands)
{
    public static void Map(WebRoutes routes) => routes.Api.MapPut(
        "/reviews/{review:guid}/public",
        async (Guid review, ShowRequest request, Visit visit, ShowTexts show, HttpContext http, CancellationToken cancel) =>
            (await show.RunAsync(new ReviewId(review), request, visit.Caller.Actor, Idempotency.Of(http, request), cancel)).OrProblem(TypedResults.Ok))
        .WithName(nameof(ShowTexts)).WithTags("reviews").Produces<Receipt>();

    /// <summary>Runs the use case.</summary>
    /// <returns>A receipt, or <c>show.not-in-register</c>, <c>show.not-possible</c>, <c>show.changed</c>, or what a signature lacks.</returns>
    public Task<Verdict<Receipt>> RunAsync(ReviewId review, ShowRequest request, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(review, actor, key, async (work, token) => Decide(work, request, await work.MaterialAsync(token)), cancel);

    private static Verdict<ReviewChange> Decide(ReviewWork work, ShowRequest request, Material material)
    {
        var review = work.Review;
        if (Access.May(work.Actor, ReviewAct.ShowTexts, review.Facts) is { } no)
            return no;
        if (!PublicTexts.AreIn(review.Process))
            return ReviewRefusals.NotFound;
        var asked = request.Texts.IsDefault ? [] : request.Texts.DistinctBy(text => text.Key, StringComparer.Ordinal).OrderBy(text => text.Key, StringComparer.Ordinal).ToImmutableArray();
        var signature = request.Signature ?? SignatureRequest.None;
        List<Refusal> problems = [.. Problems(request.Register, asked, review, material), .. SignatureRules.Check(signature.Name, signature.Office, signature.Day, work.Now)];
        if (problems.Count > 0)
            return Refusal.Of(problems);
        var shown = new ReviewEvent.TextsShown(request.Register, asked, work.Person.Value);
        return new ReviewChange().Record(shown)
            .Sign(
                SignedAct.Shown, RoleCode.Authority, CanonicalJson.Hash(ReviewJson.Write(shown)).ToString(), signature, work, review.Dossier.WorkingLanguage,
                material.Find(WritingKind.Signature, $"{SignedAct.Shown}:{RoleCode.Authority}")?.Version ?? 0)
            .Made(SignedAct.Shown);
    }

    private static IEnumerable<Refusal> Problems(bool register, ImmutableArray<ShownText> asked, LoadedReview review, Material material)
    {
        if (!register && !asked.IsEmpty)
            yield return new Refusal("show.not-in-register", RefusalKind.Invalid, "register");
        foreach (var one in asked)
        {
            if (material.Find(WritingKind.StageDocument, one.Key) is not { } text || !PublicTexts.MayBeShown(review.State, review.Dossier, text))
                yield return new Refusal("show.not-possible", RefusalKind.Invalid, "texts");
            else if (text.Version != one.Version)
                yield return new Refusal("show.changed", RefusalKind.Conflict, "texts");
        }
    }
}

/// <summary>What the public is to learn.</summary>
/// <param name="Register">Whether the register shows the review.</param>
public sealed record ShowRequest(bool Register = false)
{
    /// <summary>Which texts it reads, each in the version that was looked at.</summary>
    public ImmutableArray<ShownText> Texts { get; init; } = [];

    public SignatureRequest? Signature { get; init; }
}
