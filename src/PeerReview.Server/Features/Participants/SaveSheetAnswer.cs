using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Assessment;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Participants;

/// <summary>Somebody who speaks for a participating State saves the next version of what its sheet says to an item. An empty text takes
/// it back.</summary>
public sealed class SaveSheetAnswer(ReviewCommands commands)
{
    public static void Map(WebRoutes routes) => routes.Api.MapPut(
        "/reviews/{review:guid}/sheets/{state}/items/{item}",
        async (Guid review, string state, string item, SheetAnswerRequest request, Visit visit, SaveSheetAnswer save, HttpContext http, CancellationToken cancel) =>
            (await save.RunAsync(new ReviewId(review), state, item, request, visit.Caller.Actor, Idempotency.Of(http, request), cancel)).OrProblem(receipt =>
            {
                ETags.Set(http, receipt.Version ?? request.Version ?? 0);
                return TypedResults.Ok(receipt);
            }))
        .WithName(nameof(SaveSheetAnswer)).WithTags("reviews").Produces<Receipt>();

    /// <summary>Runs the use case. Saving what stands already changes nothing and is no error.</summary>
    public Task<Verdict<Receipt>> RunAsync(
        ReviewId review, string state, string item, SheetAnswerRequest request, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(
            review, actor, key, new WritingRef(WritingKind.SheetAnswer, SheetRules.Key(state, item)),
            (work, _) => Task.FromResult(Decide(work, state, item, request)), cancel);

    /// <summary>Why somebody cannot work on a sheet; null when they can. Somebody else's does not exist.</summary>
    internal static Refusal? Closed(ReviewWork work, string state) =>
        Access.May(work.Actor, ReviewAct.WriteSheet, work.Review.Facts) is { } no ? no
        : work.Review.ParticipantOf(work.Person) != state ? ReviewRefusals.NotFound
        : SheetRules.Closed(work.Review.State);

    private static Verdict<ReviewChange> Decide(ReviewWork work, string state, string item, SheetAnswerRequest request)
    {
        var (review, dossier) = (work.Review, work.Review.Dossier);
        if (Closed(work, state) is { } closed)
            return closed;
        if (SheetRules.IsHandedIn(dossier, state))
            return new Refusal("sheet.signed", RefusalKind.Conflict);
        if (!dossier.Items.Contains(item, StringComparer.Ordinal))
            return new Refusal("answer.unknown-item", RefusalKind.NotFound, "item");
        var text = request.Text.Tidy();
        var problems = SheetRules.Check(text, review.Process.FindVariant(review.State.Variant)!.WordsPerAnswer).ToList();
        if (!SharingLabels.TryParse(request.Label, out var label))
            problems.Add(new Refusal("answer.unknown-label", RefusalKind.Invalid, "label"));
        var language = request.Language ?? dossier.WorkingLanguage;
        if (!AnswerRules.Languages.Contains(language, StringComparer.Ordinal))
            problems.Add(new Refusal("answer.unknown-language", RefusalKind.Invalid, "language"));
        if (problems.Count > 0)
            return Refusal.Of(problems);
        var (standing, version) = (work.Current?.Version ?? 0, request.Version ?? 0);
        var next = new NewText(WritingKind.SheetAnswer, SheetRules.Key(state, item), standing + 1, Contents.Write(new NoteContent(text, [])), label.Code(), language);
        if (work.Current is { } current
            ? current.Label == next.Label && current.Language == next.Language && current.Content == next.CanonicalContent()
            : text.Length == 0)
            return new ReviewChange().Made(item);
        return version == standing
            ? new ReviewChange().Write(next.Kind, next.Key, version, next.Content, next.Label, next.Language).Made(item)
            : ReviewRefusals.Stale(standing);
    }
}

/// <summary>What a sheet says to an item, as it comes in.</summary>
/// <param name="Language">ISO 639-1; null is the language of the review.</param>
/// <param name="Version">The version it was written on; 0, or left out without <c>If-Match</c>, for the first.</param>
public sealed record SheetAnswerRequest(string Text = "", string Label = "AMBER", string? Language = null, int? Version = null) : IVersioned
{
    IVersioned IVersioned.On(int version) => this with { Version = version };

    /// <summary>As the page sends it.</summary>
    public static SheetAnswerRequest Of(Form form) => new(form.Text("text"), form.Text("label"), form.Text("language"), form.Number("version"));
}
