using PeerReview.Core;
using PeerReview.Core.Assessment;
using PeerReview.Core.Reviews;
using PeerReview.Server.Components;
using PeerReview.Server.Platform.Comparing;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Assessment;

/// <summary>An answer beside its translation into one language: to be written, or to be compared.</summary>
public sealed class TranslationPage(TranslationReader translations, SaveTranslation save, StateNames states)
{
    public static void Map(WebRoutes routes)
    {
        const string path = "/reviews/{review:guid}/assessment/{item}/translations/{language}";
        routes.Pages.MapGet(
            path,
            (Guid review, string item, string language, Visit visit, TranslationPage page, CancellationToken cancel) =>
                page.DrawAsync(visit, new ReviewId(review), new TranslationRef(item, language), visit.Caller.DraftOf(), [], cancel));
        routes.Pages.MapPost(
            path,
            (Guid review, string item, string language, Visit visit, Form form, TranslationPage page, CancellationToken cancel) =>
                page.SaveAsync(visit, new ReviewId(review), new TranslationRef(item, language), form, cancel));
    }

    private async Task<IResult> DrawAsync(
        Visit visit, ReviewId id, TranslationRef about, Form form, IReadOnlyList<Refusal> errors, CancellationToken cancel)
    {
        var found = await translations.FindAsync(visit.Caller.Actor, id, about, whole: null, cancel);
        // To those who cannot write it there is nothing before somebody has.
        return found is null || (found.Standing is null && (found.Item.Closed is not null || !found.Original.SaysSomething()))
            ? Platform.Web.Answer.NotFound()
            : Draw(visit, found, form, errors, null);
    }

    private async Task<IResult> SaveAsync(
        Visit visit, ReviewId id, TranslationRef about, Form form, CancellationToken cancel)
    {
        var request = TranslationRequest.Of(form);
        var verdict = await save.RunAsync(id, about, request, visit.Caller.Actor, key: null, cancel);
        if (verdict is Verdict<Receipt>.Accepted)
            return Platform.Web.Answer.Done($"/reviews/{id}/assessment/{Uri.EscapeDataString(about.Item)}", "translation-saved");
        var reason = ((Verdict<Receipt>.Refused)verdict).Reason;
        if (reason.Kind == RefusalKind.NotFound)
            return Platform.Web.Answer.NotFound();
        return reason.Code == "writing.stale"
            && await translations.FindAsync(visit.Caller.Actor, id, about, request.Version ?? 0, cancel) is { Newest: { } newest } found
            ? Draw(visit, found, form, [], Merge(visit, found, newest, form))
            : await DrawAsync(visit, id, about, form, [.. reason.All], cancel);
    }

    private static FormMerge Merge(Visit visit, TranslationFound found, Writing newest, Form mine)
    {
        var framework = found.Review.Framework.In(visit.Texts.Language);
        return FormMerge.Of(
            found.Older is { } older ? Fields(older) : Form.Empty, Fields(newest), mine,
            (found.Review.Find(newest.Author)?.Name ?? "", newest.Version),
            found.Original.Texts.Select(t => new FieldToMerge(t.Field, LayerNames.Of(t.Field, framework, visit.Texts)) { IsText = true }));
    }

    private static Form Fields(Writing translation) => Form.Filled(
        Contents.ReadTranslation(translation).Texts.ToDictionary(t => t.Field, t => new[] { t.Text }, StringComparer.Ordinal));

    private IResult Draw(Visit visit, TranslationFound found, Form form, IReadOnlyList<Refusal> errors, FormMerge? merge) =>
        Platform.Web.Answer.Page<TranslationView>(
            new
            {
                Model = new TranslationModel(
                    found, states.Of(found.Review.Subject.Iso3, visit.Texts.Language), merge?.Form ?? form, errors, merge),
            },
            merge is not null ? StatusCodes.Status409Conflict : errors.Count == 0 ? StatusCodes.Status200OK : errors[0].Status());
}

/// <summary>What the page of a translation draws.</summary>
/// <param name="Form">What was typed and refused, or kept as a draft; empty otherwise.</param>
/// <param name="Merge">Where somebody else saved meanwhile: what became of both changes; the form holds them.</param>
public sealed record TranslationModel(
    TranslationFound Found, string StateName, Form Form, IReadOnlyList<Refusal> Errors, FormMerge? Merge)
{
    /// <summary>The newest version, whether it says something or not.</summary>
    public AnswerTranslation? Stands => Found.Newest is { } newest ? Contents.ReadTranslation(newest) : null;

    /// <summary>The version the next save is based on.</summary>
    public int Version => Form.Has("version") ? Form.Number("version") ?? 0 : Found.Newest?.Version ?? 0;

    /// <summary>The version of the answer that was seen when the form was opened.</summary>
    public int MadeFrom => Form.Number("made_from") ?? Found.Item.Version;

    /// <summary>What a field holds: what was typed if the form came back, else what stands.</summary>
    public string Value(string field) => Form.Has("version")
        ? Form.Raw(field)
        : Stands?.Texts.First(t => t.Field == field).Text ?? "";

    /// <summary>The fields to be translated, each with what the answer says; beside those, fields with something typed.</summary>
    public IEnumerable<string> Fields => Found.Original.Texts
        .Where(t => !string.IsNullOrWhiteSpace(t.Text) || (Form.Has("version") && Form.Text(t.Field).Length > 0))
        .Select(t => t.Field);
}
