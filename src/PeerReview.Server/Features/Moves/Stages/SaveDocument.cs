using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Assessment;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Moves.Stages;

/// <summary>Somebody who acts in a stage writes the next version of a document it makes.</summary>
public sealed class SaveDocument(ReviewCommands commands, ReviewLookup reviews, WordingGuard wording)
{
    public static void Map(WebRoutes routes) => routes.Api.MapPut(
        "/reviews/{review:guid}/stages/{stage}/documents/{document}",
        async (Guid review, string stage, string document, DocumentRequest request, Visit visit, SaveDocument save, HttpContext http, CancellationToken cancel) =>
            (await save.RunAsync(new ReviewId(review), stage, document, request, visit.Caller.Actor, Idempotency.Of(http, request), cancel))
            .OrProblem(TypedResults.Ok))
        .WithName("SaveStageDocument").WithTags("reviews").Produces<Receipt>();

    /// <summary>Runs the use case.</summary>
    public async Task<Verdict<Receipt>> RunAsync(
        ReviewId review, string stage, string document, DocumentRequest request, Actor actor, CommandKey? key, CancellationToken cancel)
    {
        // The key names the branch of whoever writes, and the newest version is read by it.
        if (actor.Person is not { } person || await reviews.FindAsync(actor, review, cancel) is not { } found
            || found.Process.FindStage(stage) is not { } at)
            return ReviewRefusals.NotFound;
        var text = StageDocuments.KeyOf(at, document, StageDocuments.BranchOf(at, StageRights.ActingIn(found, at, person).Branch));
        return await commands.RunAsync(
            review, actor, key, new WritingRef(WritingKind.StageDocument, text), (work, _) => Task.FromResult(Decide(work, text, request)), cancel);
    }

    private Verdict<ReviewChange> Decide(ReviewWork work, string key, DocumentRequest request)
    {
        var review = work.Review;
        if (Access.May(work.Actor, ReviewAct.DoStage, review.Facts) is { } no)
            return no;
        if (StageDocuments.Find(review.Process, key) is not { Stage: var stage } document)
            return ReviewRefusals.NotFound;
        var by = StageRights.ActingIn(review, stage, work.Person);
        var owed = LateDeclarations.IsOwed(review.State, review.Dossier, work.Person);
        if (owed && !LateDeclarations.AreMadeIn(stage))
            return new Refusal("stage.declare-first", RefusalKind.Conflict);
        if (!owed && StageDoor.Closed(review.State, stage.Id, by) is { } closed)
            return closed;
        if (UsedRights.In(review.State, review.Dossier, stage, by.Branch) is not null)
            return new Refusal("stage.right-used", RefusalKind.Conflict);
        // In a sequence the text is handed on.
        if (stage.Mode == ActsMode.Sequence && StageDoor.NotTheirTurn(review.State, stage.Id, by, FactsForProcess.Held(review)) is { } notYet)
            return notYet;
        if (document.Branch != StageDocuments.BranchOf(stage, by.Branch))
            return ReviewRefusals.NotFound;
        var (text, language) = (request.Text.Tidy(), string.IsNullOrEmpty(request.Language) ? review.Dossier.WorkingLanguage : request.Language);
        if (Problems(request, text, language).ToList() is { Count: > 0 } problems)
            return Refusal.Of(problems);
        var standing = work.Current?.Version ?? 0;
        var next = new NewText(
            WritingKind.StageDocument, key, standing + 1,
            Contents.Write(new SectionContent(text, wording.Flags(text, review.Dossier.Subject))), request.Label, language);
        if (work.Current is { } current && current.Label == next.Label && current.Language == language && current.Content == next.CanonicalContent())
            return new ReviewChange().Made(document.Document.Id);
        if (standing != (request.Version ?? 0))
            return ReviewRefusals.Stale(standing);
        return new ReviewChange().Write(next.Kind, key, standing, next.Content, next.Label, language).Made(document.Document.Id);
    }

    private static IEnumerable<Refusal> Problems(DocumentRequest request, string text, string language)
    {
        if (text.Length is 0 or > StageDocuments.MaxText || !Core.Text.IsReadable(text))
            yield return new Refusal("stage.text", RefusalKind.Invalid, "text").With("max", StageDocuments.MaxText);
        if (!SharingLabels.TryParse(request.Label, out _))
            yield return new Refusal("writing.unknown-label", RefusalKind.Invalid, "label");
        if (!AnswerRules.Languages.Contains(language, StringComparer.Ordinal))
            yield return new Refusal("writing.unknown-language", RefusalKind.Invalid, "language");
    }
}

/// <summary>A document as it comes in.</summary>
/// <param name="Label">Code of a sharing label.</param>
/// <param name="Language">ISO 639-1 code of the six; null for the language of the review.</param>
/// <param name="Version">The version it was written on, 0 for the first; <c>If-Match</c> says the same.</param>
public sealed record DocumentRequest(string Text = "", string Label = "AMBER", string? Language = null, int? Version = null) : IVersioned
{
    IVersioned IVersioned.On(int version) => this with { Version = version };
}
