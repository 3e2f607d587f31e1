using System.Text.Json;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Features.Dialogue.Meeting;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Features.Dialogue.Minutes;

/// <summary>The State's focal point and the lead confirm the record exactly as it stands, once a session with all States took place. With
/// the second of them the dialogue is done (guard G-DLG).</summary>
public sealed class ConfirmRecord(StageBody bodies) : IStageCompletion
{
    public string Stage => DialogueRules.Stage;

    public Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, JsonElement body, CancellationToken cancel) =>
        DecideAsync(work, bodies.Read<ConfirmationRequest>(body), cancel);

    /// <summary>The party somebody confirms for; null for all others.</summary>
    internal static string? PartyOf(LoadedReview review, PersonId person)
    {
        var roles = review.RolesOf(person);
        return roles.Contains(RoleCode.Lead, StringComparer.Ordinal) ? DialogueRules.Lead
            : roles.Any(role => review.Process.ActsAs(role, RoleCode.FocalPoint)) ? DialogueRules.Subject
            : null;
    }

    internal static async Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, ConfirmationRequest request, CancellationToken cancel)
    {
        var (review, dossier) = (work.Review, work.Review.Dossier);
        if (DialogueWork.MayNot(work, ReviewAct.ConfirmDialogue) is { } no)
            return no;
        if (PartyOf(review, work.Person) is not { } party)
            return new Refusal("access.not-allowed", RefusalKind.NotAllowed);
        var material = await work.MaterialAsync(cancel);
        if (DialogueRecordRules.HashOf(material) is not { } hash)
            return new Refusal("dialogue.no-record", RefusalKind.Conflict);
        if (!DialogueRecordRules.HasSession(dossier, material))
            return new Refusal("dialogue.no-session", RefusalKind.Conflict);
        if (request.ContentHash != hash)
            return new Refusal("dialogue.changed", RefusalKind.Conflict);
        // Points may have been added since it was written: the record says first how they ended.
        if (Missing(material) is > 0 and var missing)
            return new Refusal("dialogue.points-missing", RefusalKind.Conflict).With("count", missing);
        // The reviewers say first what became of what the State would have otherwise.
        if (party == DialogueRules.Lead && dossier.Dialogue.OpenComments is > 0 and var open)
            return new Refusal("dialogue.comments-open", RefusalKind.Conflict).With("count", open);
        if (DialogueRecordRules.HasConfirmed(dossier, party, hash))
            return new Refusal("dialogue.confirmed", RefusalKind.Conflict);
        var signature = request.Signature ?? SignatureRequest.None;
        if (SignatureRules.Check(signature.Name, signature.Office, signature.Day, work.Now).ToList() is { Count: > 0 } problems)
            return Refusal.Of(problems);
        var (act, role) = (SignedAct.Dialogue(party), DialogueRules.RoleOf(party));
        var change = new ReviewChange().Sign(
            act, role, hash, signature, work, dossier.WorkingLanguage, material.Find(WritingKind.Signature, $"{act}:{role}")?.Version ?? 0);
        return DialogueRules.Parties.All(one => one == party || DialogueRecordRules.HasConfirmed(dossier, one, hash))
            ? change.Then(new ProcessCommand.Complete(work.Acting, DialogueRules.Stage))
            : change.SendAfter(after => DialogueWork.ToParties(after, LetterNames.DialogueConfirmed, work.Person, DialogueRules.Parties.Where(one => one != party)));
    }

    /// <summary>Points of the agenda of which the record says nothing.</summary>
    internal static int Missing(Material material)
    {
        var record = Contents.ReadDialogueRecord(material.Find(WritingKind.DialogueRecord, DialogueRules.Key)!);
        return DialogueRules.Agenda(material).Count(point => DialogueRecordRules.OutcomeOf(record, point.Key).Length == 0);
    }
}
