using System.Text.Json;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Opening;

/// <summary>A party confirms the minutes exactly as they stand. With the last one the opening is done: only then does anybody's part
/// of the stage count, so that minutes can be changed until all agree.</summary>
public sealed class ConfirmOpening(ReviewCommands commands, StageBody bodies) : IStageCompletion
{
    public string Stage => "opening";

    public static void Map(WebRoutes routes) => routes.Pages.MapPost(
        "/reviews/{review:guid}/opening/confirmation",
        (Guid review, Visit visit, Form form, ConfirmOpening confirm, OpeningPage page, CancellationToken cancel) =>
            confirm.PostAsync(review, visit, form, page, cancel));

    public Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, JsonElement body, CancellationToken cancel) =>
        DecideAsync(work, bodies.Read<ConfirmationRequest>(body), cancel);

    /// <summary>The party somebody confirms for; null for all others.</summary>
    internal static string? PartyOf(LoadedReview review, PersonId person)
    {
        var roles = review.RolesOf(person);
        return roles.Contains(RoleCode.Coordinator, StringComparer.Ordinal) ? OpeningRules.Office
            : roles.Any(role => review.Process.ActsAs(role, RoleCode.FocalPoint)) ? OpeningRules.Subject
            : roles.Contains(RoleCode.ReviewerFocalPoint, StringComparer.Ordinal) ? review.BranchOf(person)
            : null;
    }

    private static async Task<Verdict<ReviewChange>> DecideAsync(
        ReviewWork work, ConfirmationRequest request, CancellationToken cancel)
    {
        var (review, dossier) = (work.Review, work.Review.Dossier);
        if (Access.May(work.Actor, ReviewAct.ConfirmOpening, review.Facts) is { } no)
            return no;
        if (PartyOf(review, work.Person) is not { } party)
            return new Refusal("access.not-allowed", RefusalKind.NotAllowed);
        if (StageDoor.Closed(review.State, "opening") is { } closed)
            return closed;
        var material = await work.MaterialAsync(cancel);
        if (OpeningRules.HashOf(material) is not { } hash)
            return new Refusal("opening.no-minutes", RefusalKind.Conflict);
        if (request.ContentHash != hash)
            return new Refusal("opening.changed", RefusalKind.Conflict);
        // Somebody may have left since the minutes were written: the coordinator writes them anew first.
        if (OpeningRules.Check(Contents.ReadMinutes(material.Find(WritingKind.Minutes, OpeningRules.Key)!), dossier).FirstOrDefault() is { } outdated)
            return outdated with { Kind = RefusalKind.Conflict, Field = null };
        if (OpeningRules.HasConfirmed(dossier, party, hash))
            return new Refusal("opening.confirmed", RefusalKind.Conflict);
        var signature = request.Signature ?? SignatureRequest.None;
        if (SignatureRules.Check(signature.Name, signature.Office, signature.Day, work.Now).ToList() is { Count: > 0 } problems)
            return Refusal.Of(problems);
        var (act, role) = (SignedAct.Opening(party), OpeningRules.RoleOf(party));
        var change = new ReviewChange().Sign(
            act, role, hash, signature, work, dossier.WorkingLanguage, material.Find(WritingKind.Signature, $"{act}:{role}")?.Version ?? 0);
        var others = OpeningRules.Parties(dossier).Where(one => one != party).ToList();
        return others.All(one => OpeningRules.HasConfirmed(dossier, one, hash)) ? Agreed(change, work, material, hash) : change;
    }

    /// <summary>All agree: each role does its part by whoever signed for it, the one who came last in person.</summary>
    private static ReviewChange Agreed(ReviewChange change, ReviewWork work, Material material, string hash)
    {
        var (review, minutes) = (work.Review, Contents.ReadMinutes(material.Find(WritingKind.Minutes, OpeningRules.Key)!));
        change.Record(new ReviewEvent.OpeningAgreed(minutes.Language, minutes.Split, hash));
        foreach (var role in review.Process.Stage("opening").Acts)
        {
            var signed = OpeningRules.Parties(review.Dossier).Where(party => OpeningRules.RoleOf(party) == role)
                .Select(party => review.Dossier.Signatures.FirstOrDefault(s => s.Act == SignedAct.Opening(party) && s.ContentHash == hash)).ToList();
            var by = signed.Contains(null) || signed.Count == 0 ? work.Person : new PersonId(signed[^1]!.By);
            change.Then(new ProcessCommand.Complete(new Acting(by, [role], review.BranchOf(by)), "opening"));
        }

        return change;
    }

    private async Task<IResult> PostAsync(Guid review, Visit visit, Form form, OpeningPage page, CancellationToken cancel)
    {
        var request = new ConfirmationRequest { ContentHash = form.Text("content_hash"), Signature = SignatureRequest.Of(form) };
        var verdict = await commands.RunAsync(
            new ReviewId(review), visit.Caller.Actor, key: null, (work, token) => DecideAsync(work, request, token), cancel);
        return verdict is Verdict<Receipt>.Refused { Reason: var reason }
            ? await page.AgainAsync(visit, review, form, reason, cancel)
            : Answer.Done($"/reviews/{review}/opening", "opening-confirmed");
    }
}

/// <summary>A confirmation.</summary>
public sealed record ConfirmationRequest
{
    /// <summary>Of the minutes that were read.</summary>
    public string ContentHash { get; init; } = "";

    public SignatureRequest? Signature { get; init; }
}
