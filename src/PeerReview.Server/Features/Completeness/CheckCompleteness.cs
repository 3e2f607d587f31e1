using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Completeness;

/// <summary>The coordinator finds the self-assessment complete (guard G-COMPLETE).</summary>
public sealed class FindComplete : IStageCompletion
{
    /// <summary>The stage of the check.</summary>
    public const string StageId = "complete";

    public string Stage => StageId;

    public Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, JsonElement body, CancellationToken cancel) =>
        Task.FromResult<Verdict<ReviewChange>>(Access.May(work.Actor, ReviewAct.FindComplete, work.Review.Facts) is { } no
            ? no
            : new ReviewChange().Then(new ProcessCommand.Complete(work.Acting, StageId)).SendAfter(Told).SendAfter(Objecting));

    /// <summary>The State's side learns that nothing is missing, and that the review goes on.</summary>
    private static IEnumerable<Letter> Told(LoadedReview after) => ReviewLetters.ToAll(
        after, LetterNames.CompletenessConfirmed, RoleCode.Authority, RoleCode.FocalPoint, RoleCode.Alternate);

    /// <summary>Whoever speaks for a State that objects learns that the review goes on.</summary>
    private static IEnumerable<Letter> Objecting(LoadedReview after) =>
        from state in after.Dossier.Region?.States ?? []
        where EndorsementRules.Objects(after.Dossier, state)
        from person in after.SpeakingFor(state)
        select ReviewLetters.About(after, LetterNames.ObjectionKept, person) with { Path = StagePages.Of(after, EndorsementRules.Stage) };
}

/// <summary>The coordinator sends the self-assessment back with a list of what is missing; at most twice.</summary>
public sealed class ReturnAssessment(ReviewCommands commands)
{
    private const string Back = "self_assess";

    public static void Map(WebRoutes routes) => routes.Api.MapPost(
        "/reviews/{review:guid}/stages/complete/return",
        async (Guid review, ReturnRequest request, Visit visit, ReturnAssessment back, HttpContext http, CancellationToken cancel) =>
            (await back.RunAsync(new ReviewId(review), request, visit.Caller.Actor, Platform.Reviews.Idempotency.Of(http, request), cancel))
            .OrProblem(TypedResults.Ok))
        .WithName(nameof(ReturnAssessment)).WithTags("reviews").Produces<Receipt>();

    /// <summary>Runs the use case.</summary>
    public Task<Verdict<Receipt>> RunAsync(
        ReviewId review, ReturnRequest request, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(review, actor, key, (work, _) => Task.FromResult(Decide(work, request)), cancel);

    private static Verdict<ReviewChange> Decide(ReviewWork work, ReturnRequest request)
    {
        var review = work.Review;
        if (Access.May(work.Actor, ReviewAct.ReturnAssessment, review.Facts) is { } no)
            return no;
        var list = new NoteContent(request.Text.Trim(), [.. request.Items.Distinct(StringComparer.Ordinal)]);
        if (ReturnRules.Check(list, review.Dossier) is { IsEmpty: false } problems)
            return Refusal.Of(problems);
        var number = (review.State[FindComplete.StageId].Returns + 1).ToString(CultureInfo.InvariantCulture);
        return new ReviewChange()
            .Write(WritingKind.ReturnList, number, 0, Contents.Write(list), "AMBER", review.Dossier.WorkingLanguage)
            .Then(new ProcessCommand.Return(work.Acting, FindComplete.StageId, Back))
            .SendAfter(after => Letters(after, list.Items));
    }

    private static IEnumerable<Letter> Letters(LoadedReview after, ImmutableArray<string> items) =>
    [
        .. from wait in Waits.Of(after)
           where wait.Stage == Back
           from person in after.Holding(RoleCode.FocalPoint).Concat(after.Holding(RoleCode.Alternate))
           select ReviewLetters.About(after, LetterNames.AnswersReturned, person, wait) with
           {
               Items = new LetterItems(after.Framework.Id, after.Framework.Version, items),
           },
        // The signature was to a text that changes now.
        .. from authority in after.Holding(RoleCode.Authority)
           where !after.Holding(RoleCode.FocalPoint).Contains(authority) && !after.Holding(RoleCode.Alternate).Contains(authority)
           select ReviewLetters.About(after, LetterNames.SignatureFell, authority) with { Path = StagePages.Of(after, Back) },
        // What they answered was answered to this text, and their sheets are open again.
        .. after.SpeakingForParticipants.Select(person =>
            ReviewLetters.About(after, LetterNames.CommonPartReturned, person) with { Path = StagePages.Of(after, EndorsementRules.Stage) }),
    ];
}

/// <summary>What is missing.</summary>
/// <param name="Items">Items to complete.</param>
/// <param name="Text">A few sentences for the State.</param>
public sealed record ReturnRequest(IReadOnlyList<string> Items, string Text);
