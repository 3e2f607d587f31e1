using System.Text.Json;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Features.Assessment;

/// <summary>The self-assessment is signed: by the focal point or an alternate, then by the State's authority, under the same
/// content hash. The second signature hands it in.</summary>
public sealed class SignSelfAssessment(ReviewCommands commands, StageBody bodies) : IStageCompletion
{
    public string Stage => AssessmentToSign.Stage;

    /// <summary>Runs the use case for the page.</summary>
    /// <returns>With the notice that says what comes next.</returns>
    public async Task<(Verdict<Receipt> Verdict, string Notice)> RunAsync(
        ReviewId review, SignOffRequest request, Actor actor, CancellationToken cancel)
    {
        var notice = "";
        var verdict = await commands.RunAsync(
            review, actor, key: null,
            (work, token) => DecideAsync(work, request, token, role => notice = (role, work.Review.Dossier.Region) switch
            {
                (RoleCode.Authority, null) => "assessment-handed-in",
                (RoleCode.Authority, _) => "assessment-handed-in-regional",
                (_, null) => "assessment-signed",
                _ => "assessment-signed-regional",
            }),
            cancel);
        return (verdict, notice);
    }

    public Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, JsonElement body, CancellationToken cancel) =>
        DecideAsync(work, bodies.Read<SignOffRequest>(body), cancel);

    private static async Task<Verdict<ReviewChange>> DecideAsync(
        ReviewWork work, SignOffRequest request, CancellationToken cancel, Action<string>? signedAs = null)
    {
        var (facts, dossier) = (work.Review.Facts, work.Review.Dossier);
        var asFocalPoint = Access.May(work.Actor, ReviewAct.SignAsFocalPoint, facts);
        var asAuthority = Access.May(work.Actor, ReviewAct.SignAsAuthority, facts);
        if (asFocalPoint is not null && asAuthority is { } no)
            return asFocalPoint.Kind == RefusalKind.Conflict ? asFocalPoint : no;
        if (StageDoor.Closed(work.Review.State, AssessmentToSign.Stage) is { } closed)
            return closed;
        var material = await work.MaterialAsync(cancel);
        var toSign = AssessmentToSign.Of(work.Review.Framework, dossier, material);
        var role = toSign.RoleOf(asFocalPoint is null, asAuthority is null, dossier)!;
        var signature = request.Signature ?? SignatureRequest.None;
        var problems = SignatureRules.Check(signature.Name, signature.Office, signature.Day, work.Now).ToList();
        if (toSign.MaySign(role, dossier, request.ContentHash, signature.NothingClassified) is { } refused)
            problems.Insert(0, refused);
        signedAs?.Invoke(role);
        return problems.Count > 0 ? Refusal.Of(problems) : Change(work, material, toSign, role, signature);
    }

    private static ReviewChange Change(
        ReviewWork work, Material material, AssessmentToSign toSign, string role, SignatureRequest signature)
    {
        var written = material.Find(WritingKind.Signature, $"{SignedAct.SelfAssessment}:{role}")?.Version ?? 0;
        var change = new ReviewChange().Sign(
            SignedAct.SelfAssessment, role, toSign.Hash, signature, work, work.Review.Dossier.WorkingLanguage, written);
        // Signed anew after a change: the process has this role's part already and waits for the next.
        return AssessmentToSign.HasDone(role, work.Review.State)
            ? change
            : change.Then(new ProcessCommand.Complete(work.Acting with { Roles = [role] }, AssessmentToSign.Stage));
    }
}

/// <summary>A signature under the self-assessment as it comes in.</summary>
public sealed record SignOffRequest
{
    /// <summary>Name, office and day; of the focal point also the declaration.</summary>
    public SignatureRequest? Signature { get; init; }

    /// <summary>The hash of the version that was read: no other is signed.</summary>
    public string? ContentHash { get; init; }
}
