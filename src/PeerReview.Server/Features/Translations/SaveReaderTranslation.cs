using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Assessment;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Translations;

/// <summary>The coordinator saves the next version of a working translation, or says that the experts can read the answer as it is.</summary>
public sealed class SaveReaderTranslation(ReviewCommands commands)
{
    /// <summary>Runs the use case. Saving what stands already changes nothing and is no error.</summary>
    public Task<Verdict<Receipt>> RunAsync(
        ReviewId review, string item, ReaderTranslationRequest request, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(review, actor, key, (work, token) => DecideAsync(work, item, request, token), cancel);

    private static async Task<Verdict<ReviewChange>> DecideAsync(
        ReviewWork work, string item, ReaderTranslationRequest request, CancellationToken cancel)
    {
        var (review, dossier) = (work.Review, work.Review.Dossier);
        if (Access.May(work.Actor, ReviewAct.Translate, review.Facts) is { } no)
            return no;
        if (StageDoor.Closed(review.State, ReaderTranslations.Stage) is { } closed)
            return closed;
        var material = await work.MaterialAsync(cancel);
        var original = material.Find(WritingKind.Answer, item);
        if (original is not null && !Access.Visible(work.Actor, dossier.Answer(item), review.Facts, SharingLabels.Of(original.Label)).CanRead)
            return ReviewRefusals.NotFound;
        var translation = request.ToTranslation(item, dossier.Team.Language ?? dossier.WorkingLanguage, original?.Version ?? 0);
        var key = StandingTranslations.KeyOf(item, translation.Text.Language);
        var current = material.Find(WritingKind.ReaderTranslation, key);
        var problems = ReaderTranslations.Check(
            review.Framework, dossier, review.State.Variant,
            original is null ? null : new OriginalAnswer(Contents.ReadAnswer(original), original.Version), translation, current is not null);
        if (!problems.IsEmpty)
            return Refusal.Of(problems);
        var standing = current?.Version ?? 0;
        // The answer's label as it is now; what counts is always the one the answer has when it is read.
        var text = new NewText(
            WritingKind.ReaderTranslation, key, standing + 1, Contents.Write(translation), original!.Label, translation.Text.Language);
        if (current is not null && current.Content == text.CanonicalContent())
            return new ReviewChange().Made(key);
        return standing == (request.Version ?? 0)
            ? new ReviewChange().Write(text.Kind, key, standing, text.Content, text.Label, text.Language).Made(key)
            : ReviewRefusals.Stale(standing);
    }
}

/// <summary>A working translation as it comes in, from the API or the page. All empty, what was made is taken back.</summary>
/// <param name="AsItIs">The experts can read the answer as it is; then the texts may be empty.</param>
/// <param name="Language">The experts' language, ISO 639-1; null says the same.</param>
/// <param name="MadeFrom">The version of the answer it was made from; null for the one that stands.</param>
/// <param name="Version">The version it was written on, 0 for the first; <c>If-Match</c> says the same.</param>
public sealed record ReaderTranslationRequest(
    string Rule = "",
    string Practice = "",
    string Evidence = "",
    string Testing = "",
    string Reason = "",
    bool AsItIs = false,
    string? Language = null,
    int? MadeFrom = null,
    int? Version = null) : IVersioned
{
    IVersioned IVersioned.On(int version) => this with { Version = version };

    /// <summary>As the page sends it.</summary>
    public static ReaderTranslationRequest Of(Form form) => new(
        form.Text("rule"),
        form.Text("practice"),
        form.Text("evidence"),
        form.Text("testing"),
        form.Text("reason"),
        form.IsOn("as_it_is"),
        MadeFrom: form.Number("made_from"),
        Version: form.Number("version"));

    /// <summary>As a version was saved.</summary>
    public static ReaderTranslationRequest Of(Writing saved)
    {
        var (text, asItIs) = Contents.ReadReaderTranslation(saved);
        return new ReaderTranslationRequest(
            text.Rule, text.Practice, text.Evidence, text.Testing, text.Reason, asItIs, text.Language, text.MadeFrom, saved.Version);
    }

    /// <summary>The translation it stands for.</summary>
    /// <param name="language">The experts' language.</param>
    /// <param name="original">The version the answer is at; 0 while there is none.</param>
    internal OfficeTranslation ToTranslation(string item, string language, int original) => new(
        new AnswerTranslation(item, Language ?? language, MadeFrom ?? original)
        {
            Rule = Rule.Tidy(),
            Practice = Practice.Tidy(),
            Evidence = Evidence.Tidy(),
            Testing = Testing.Tidy(),
            Reason = Reason.Tidy(),
        },
        AsItIs);
}
