using System.Text.Json;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Participants;

/// <summary>A participating State endorses the common part as it was handed in, or objects to it with a reason. An objection is told to
/// the owner and the coordinators and stops nothing by itself; it takes a signed sheet of the State back, unless the same signature hands it in
/// again. A State that says nothing consents when its days are over.</summary>
public sealed class EndorseCommonPart(ReviewCommands commands, StageBody bodies) : IStageCompletion
{
    public string Stage => EndorsementRules.Stage;

    public static void Map(WebRoutes routes) => routes.Pages.MapPost(
        "/reviews/{review:guid}/participants",
        (Guid review, Visit visit, Form form, EndorseCommonPart endorse, ParticipantsPage page, CancellationToken cancel) =>
            endorse.PostAsync(review, visit, form, page, cancel));

    public Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, JsonElement body, CancellationToken cancel) =>
        DecideAsync(work, bodies.Read<EndorsementRequest>(body), cancel);

    private static async Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, EndorsementRequest request, CancellationToken cancel)
    {
        var review = work.Review;
        if (Access.May(work.Actor, ReviewAct.Endorse, review.Facts) is { } no)
            return no;
        if (review.ParticipantOf(work.Person) is not { } state)
            return ReviewRefusals.NotFound;
        var acting = new Acting(work.Person, [RoleCode.Authority], state);
        if (StageDoor.Closed(review.State, EndorsementRules.Stage, acting) is { } closed)
            return closed;
        var signature = request.Signature ?? SignatureRequest.None;
        var reason = request.Reason.Tidy();
        var problems = SignatureRules.Check(signature.Name, signature.Office, signature.Day, work.Now).ToList();
        if (request.Endorses is null)
            problems.Add(new Refusal("endorsement.answer", RefusalKind.Invalid, "endorses"));
        else if (request.Endorses == false)
            problems.AddRange(EndorsementRules.CheckReason(reason));
        // Whoever objects is not named as one that endorses: the signature says one or the other.
        if (request is { Endorses: false, Named: true })
            problems.Add(new Refusal("endorsement.named-objecting", RefusalKind.Invalid, "named"));
        var material = await work.MaterialAsync(cancel);
        // Whoever objects may hand a sheet in as well, and this answer may be the last: after it nothing can be signed.
        if (request is { Endorses: not null, WithoutSheet: false } && Sheets.LiesUnsigned(review, material, state))
            problems.Add(new Refusal("endorsement.sheet-unsigned", RefusalKind.Invalid, "without_sheet"));
        if (problems.Count > 0)
            return Refusal.Of(problems);
        var hash = AssessmentHash.Of(material, review.Dossier);
        return request.ContentHash == hash
            ? Change(work, acting, request with { Reason = reason }, hash, signature, material)
            : new Refusal("endorsement.changed", RefusalKind.Conflict);
    }

    private static ReviewChange Change(
        ReviewWork work, Acting acting, EndorsementRequest request, string hash, SignatureRequest signature, Material material)
    {
        var (review, state, endorses) = (work.Review, acting.Branch!, request.Endorses == true);
        var (language, act) = (review.Dossier.WorkingLanguage, SignedAct.Endorsement(state));
        var change = new ReviewChange()
            .Record(new ReviewEvent.EndorsementGiven(state, endorses, hash, work.Person.Value) { TakesSheet = !endorses && SheetRules.IsHandedIn(work.Review.Dossier, state) })
            .Record(new ReviewEvent.NamingAnswered(state, endorses && request.Named, work.Person.Value))
            .Sign(
                act, RoleCode.Authority, hash, signature, work, language,
                material.Find(WritingKind.Signature, $"{act}:{RoleCode.Authority}")?.Version ?? 0)
            .Then(new ProcessCommand.Complete(acting, EndorsementRules.Stage));
        if (endorses)
            return change;
        if (request.SheetAgain && SheetRules.IsHandedIn(review.Dossier, state))
            SignSheetAgain(change, work, state, signature, material);
        foreach (var letter in ReviewLetters.ToAll(
            review, LetterNames.EndorsementObjected, RoleCode.Authority, RoleCode.FocalPoint, RoleCode.Alternate, RoleCode.Coordinator))
            change.Send(letter with { Path = StagePages.Of(review, EndorsementRules.Stage), Reviewer = state });
        return change.Write(
            WritingKind.EndorsementObjection, state, material.Find(WritingKind.EndorsementObjection, state)?.Version ?? 0,
            Contents.Write(new NoteContent(request.Reason, [])), "AMBER", language);
    }

    /// <summary>The sheet as it was signed, handed in again after the objection that took it back.</summary>
    private static void SignSheetAgain(ReviewChange change, ReviewWork work, string state, SignatureRequest signature, Material material)
    {
        var (act, dossier) = (SignedAct.Sheet(state), work.Review.Dossier);
        change.Sign(
            act, RoleCode.Authority, SheetRules.HashOf(material, state, dossier.Items), signature, work, dossier.WorkingLanguage,
            material.Find(WritingKind.Signature, $"{act}:{RoleCode.Authority}")?.Version ?? 0);
    }

    private async Task<IResult> PostAsync(Guid review, Visit visit, Form form, ParticipantsPage page, CancellationToken cancel)
    {
        var verdict = await commands.RunAsync(
            new ReviewId(review), visit.Caller.Actor, key: null, (work, token) => DecideAsync(work, EndorsementRequest.Of(form), token), cancel);
        return verdict is Verdict<Receipt>.Refused { Reason: var reason }
            ? await page.AgainAsync(visit, review, form, reason, cancel)
            : Answer.Done($"/reviews/{review}/participants", form.Text("endorses") == "yes" ? "endorsed" : "endorsement-objected");
    }
}

/// <summary>What a participating State says to the common part.</summary>
public sealed record EndorsementRequest
{
    /// <summary>false objects, with a reason.</summary>
    public bool? Endorses { get; init; }

    public string Reason { get; init; } = "";

    /// <summary>Whether the published report may name the State as one that endorses; only where it does.</summary>
    public bool Named { get; init; }

    /// <summary>Answers though a sheet of the State is written and not signed, which is then not handed in once all have answered.</summary>
    public bool WithoutSheet { get; init; }

    /// <summary>Hands the signed sheet of the State in again by the same signature, though it objects; without it an objection takes the sheet
    /// back. Only where the State objects and its sheet is signed.</summary>
    public bool SheetAgain { get; init; }

    /// <summary>Of the common part as it was read.</summary>
    public string ContentHash { get; init; } = "";

    public SignatureRequest? Signature { get; init; }

    /// <summary>As the page sends it.</summary>
    public static EndorsementRequest Of(Form form) => new()
    {
        Endorses = form.Text("endorses") switch { "yes" => true, "no" => false, _ => null },
        Reason = form.Text("reason"),
        Named = form.IsOn("named"),
        WithoutSheet = form.IsOn("without_sheet"),
        SheetAgain = form.IsOn("sheet_again"),
        ContentHash = form.Text("content_hash"),
        Signature = SignatureRequest.Of(form),
    };
}
