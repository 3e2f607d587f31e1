using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Dialogue.Meeting;

/// <summary>The State's focal point agrees to the programme of the visit exactly as it stands.</summary>
public sealed class AgreeProgramme(ReviewCommands commands)
{
    public static void Map(WebRoutes routes) => routes.Api.MapPost(
        "/reviews/{review:guid}/dialogue/programme/agreement",
        async (Guid review, ConfirmationRequest request, Visit visit, AgreeProgramme agree, HttpContext http, CancellationToken cancel) =>
            (await agree.RunAsync(new ReviewId(review), request, visit.Caller.Actor, Idempotency.Of(http, request), cancel)).OrProblem(TypedResults.Ok))
        .WithName(nameof(AgreeProgramme)).WithTags("reviews").Produces<Receipt>();

    /// <summary>Runs the use case.</summary>
    public Task<Verdict<Receipt>> RunAsync(ReviewId review, ConfirmationRequest request, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(review, actor, key, (work, token) => DecideAsync(work, request, token), cancel);

    private static async Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, ConfirmationRequest request, CancellationToken cancel)
    {
        var dossier = work.Review.Dossier;
        if (DialogueWork.MayNot(work, ReviewAct.WishVisit) is { } no)
            return no;
        var material = await work.MaterialAsync(cancel);
        if (DialogueRecordRules.ProgrammeHashOf(material) is not { } hash)
            return new Refusal("dialogue.no-programme", RefusalKind.Conflict);
        if (request.ContentHash != hash)
            return new Refusal("dialogue.programme-changed", RefusalKind.Conflict);
        if (DialogueRecordRules.IsProgrammeAgreed(dossier, material))
            return new Refusal("dialogue.confirmed", RefusalKind.Conflict);
        var signature = request.Signature ?? SignatureRequest.None;
        if (SignatureRules.Check(signature.Name, signature.Office, signature.Day, work.Now).ToList() is { Count: > 0 } problems)
            return Refusal.Of(problems);
        return new ReviewChange()
            .Sign(
                SignedAct.VisitProgramme, RoleCode.FocalPoint, hash, signature, work, dossier.WorkingLanguage,
                material.Find(WritingKind.Signature, $"{SignedAct.VisitProgramme}:{RoleCode.FocalPoint}")?.Version ?? 0)
            .SendAfter(after => DialogueWork.Letters(after, LetterNames.DialogueProgrammeAgreed, work.Person, DialogueWork.Writers))
            .Made(DialogueRules.Key);
    }
}

/// <summary>A confirmation.</summary>
public sealed record ConfirmationRequest
{
    /// <summary>Of the text that was read.</summary>
    public string ContentHash { get; init; } = "";

    public SignatureRequest? Signature { get; init; }
}
