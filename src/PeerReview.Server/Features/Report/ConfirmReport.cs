using System.Collections.Immutable;
using System.Text.Json;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Features.Report;

/// <summary>A party confirms the report exactly as it stands. With the last one the report is agreed: only then does anybody's part of
/// the stage count, so that the text can be changed until all agree.</summary>
public sealed class ConfirmReport(StageBody bodies)
{
    /// <summary>The party somebody confirms for; null for all others.</summary>
    internal static string? PartyOf(LoadedReview review, PersonId person)
    {
        var roles = review.RolesOf(person);
        return Has(RoleCode.Authority) ? AgreementRules.Subject
            : Has(RoleCode.HeadCoordinator) ? AgreementRules.Programme
            : Has(RoleCode.ReviewerFocalPoint) ? review.BranchOf(person)
            : Has(RoleCode.Lead) ? AgreementRules.Lead
            : null;

        bool Has(string role) => roles.Contains(role, StringComparer.Ordinal);
    }

    /// <summary>Whether the days of a stage are over.</summary>
    internal static bool IsLate(LoadedReview review, string stage) =>
        Waits.Of(review).Any(wait => wait.Stage == stage && wait.DueAt <= review.Now);

    /// <summary>Decides in one of the two stages.</summary>
    public async Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, string stage, JsonElement body, CancellationToken cancel) =>
        await DecideAsync(work, stage, bodies.Read<ReportConfirmation>(body), cancel);

    /// <summary>The same with a request from a page.</summary>
    public static async Task<Verdict<ReviewChange>> DecideAsync(
        ReviewWork work, string stage, ReportConfirmation request, CancellationToken cancel)
    {
        var (review, dossier) = (work.Review, work.Review.Dossier);
        if (Access.May(work.Actor, ReviewAct.ConfirmReport, review.Facts) is { } no)
            return no;
        if (PartyOf(review, work.Person) is not { } party || !AgreementRules.Parties(stage, dossier).Contains(party, StringComparer.Ordinal))
            return new Refusal("access.not-allowed", RefusalKind.NotAllowed);
        if (StageDoor.Closed(review.State, stage) is { } closed)
            return closed;
        var material = await work.MaterialAsync(cancel);
        var hash = DraftReport.HashOf(material, dossier, review.Id);
        if (request.ContentHash != hash)
            return new Refusal("agreement.changed", RefusalKind.Conflict);
        if (FinishDraft.Lacks(material) is { } lacks)
            return lacks;
        var late = IsLate(review, stage);
        // Whoever has confirmed confirms again only to go on without those who did not answer in time.
        var others = AgreementRules.Missing(stage, dossier, late).Where(one => one != party).ToList();
        if (AgreementRules.HasConfirmed(dossier, party) && others.Count > 0)
            return new Refusal("agreement.confirmed", RefusalKind.Conflict);
        var signature = request.Signature ?? SignatureRequest.None;
        if (SignatureRules.Check(signature.Name, signature.Office, signature.Day, work.Now).ToList() is { Count: > 0 } problems)
            return Refusal.Of(problems);
        var (act, role) = (SignedAct.Agreement(party), AgreementRules.RoleOf(party));
        var change = new ReviewChange().Sign(
            act, role, hash, signature, work, dossier.WorkingLanguage, material.Find(WritingKind.Signature, $"{act}:{role}")?.Version ?? 0);
        return others.Count == 0 && AgreementRules.Asked(stage, dossier, late).Contains(party, StringComparer.Ordinal)
            ? Reached(change, work, stage, hash, responds: material.Of(WritingKind.Recommendation).Any())
            : change;
    }

    /// <summary>All confirm: each role does its part by whoever signed for it, the one who came last in person.</summary>
    /// <param name="responds">Whether the report holds recommendations the State responds to.</param>
    private static ReviewChange Reached(ReviewChange change, ReviewWork work, string stage, string hash, bool responds)
    {
        var review = work.Review;
        change.Record(new ReviewEvent.AgreementReached(hash, review.Dossier.Dissent));
        var acts = review.Process.Stage(stage).Acts;
        foreach (var party in AgreementRules.Parties(stage, review.Dossier).Where(one => acts.Contains(AgreementRules.RoleOf(one), StringComparer.Ordinal)))
        {
            var by = review.Dossier.Signatures.FirstOrDefault(s => s.Act == SignedAct.Agreement(party) && s.ContentHash == hash) is { } signed
                ? new PersonId(signed.By)
                : work.Person;
            var role = AgreementRules.RoleOf(party);
            change.Then(new ProcessCommand.Complete(
                new Acting(by, [role], role == RoleCode.ReviewerFocalPoint ? party : null), stage));
        }

        // Where nothing is recommended, nobody is asked for responses: that stage ends in the moment it would open.
        if (!responds && OpensNext(review, RecommendationResponses.Stage))
        {
            var authority = review.Dossier.Signatures.FirstOrDefault(s => s.Act == SignedAct.Agreement(AgreementRules.Subject) && s.ContentHash == hash)?.By;
            change.Then(new ProcessCommand.Complete(
                new Acting(authority is { } signed ? new PersonId(signed) : work.Person, [RoleCode.Authority]), RecommendationResponses.Stage));
        }

        return change.SendAfter(after => Told(after).Select(person => LetterTo(after, person, review.Dossier.Unsettled)));
    }

    /// <summary>That the report is agreed or goes on; to the lead with what became of the comments that were not decided by then.</summary>
    /// <param name="undecided">Ids of comments of the State; they stand in the annex.</param>
    private static Letter LetterTo(LoadedReview after, PersonId person, ImmutableArray<string> undecided)
    {
        var letter = !undecided.IsEmpty && after.Holding(RoleCode.Lead).Contains(person)
            ? ReviewLetters.About(after, LetterNames.ReportAgreedUndecided, person) with
            {
                Values = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal).Add("comments", string.Join(", ", undecided)),
            }
            : ReviewLetters.About(after, AgreementRules.IsPartly(after.Dossier) ? LetterNames.ReportGoesOn : LetterNames.ReportAgreed, person);
        return letter with { Path = $"/reviews/{after.Id}/report" };
    }

    /// <summary>Whether a stage opens with the agreement: nothing else that comes before it is left.</summary>
    private static bool OpensNext(LoadedReview review, string id) => KnownStages.Serve(review.Process, id)
        && review.Process.Stage(id) is var stage && review.State.Exists(stage) && review.State[stage].Status == StageStatus.Waiting
        && stage.After.All(before => before is AgreementRules.Stage or AgreementRules.Reconciling || review.State[review.Process.Stage(before)].Status.IsClosed());

    /// <summary>Both sides and the office.</summary>
    private static IEnumerable<PersonId> Told(LoadedReview review) => new[]
    {
        RoleCode.Authority, RoleCode.FocalPoint, RoleCode.Alternate, RoleCode.ReviewerFocalPoint, RoleCode.Lead, RoleCode.Expert,
        RoleCode.Coordinator, RoleCode.HeadCoordinator,
    }.SelectMany(review.Holding).Distinct();
}

/// <summary>The confirmation as the completion of one of its two stages.</summary>
internal sealed class ConfirmationOf(string stage, ConfirmReport confirm) : IStageCompletion
{
    public string Stage => stage;

    public Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, JsonElement body, CancellationToken cancel) =>
        confirm.DecideAsync(work, stage, body, cancel);
}

/// <summary>A confirmation of the report.</summary>
public sealed record ReportConfirmation
{
    /// <summary>Of the report that was read.</summary>
    public string ContentHash { get; init; } = "";

    public SignatureRequest? Signature { get; init; }
}
