using PeerReview.Core;
using PeerReview.Core.Assessment;
using PeerReview.Core.Reviews;
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
                page.DrawAsync(visit, new ReviewId(review), new TranslationRef(item, language), Form.Empty, [], cancel));
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
        if (found is null || (found.Standing is null && (found.Item.Closed is not null || !found.Original.SaysSomething())))
            return Platform.Web.Answer.NotFound();
        return Platform.Web.Answer.Page<TranslationView>(
            new
            {
                Model = new TranslationModel(
                    found,
                    states.Of(found.Review.Subject.Iso3, visit.Texts.Language),
                    form,
                    errors,
                    errors.Any(e => e.Code == "writing.stale") ? found.Newest : null),
            },
            errors.Count == 0 ? StatusCodes.Status200OK : errors[0].Status());
    }

    private async Task<IResult> SaveAsync(
        Visit visit, ReviewId id, TranslationRef about, Form form, CancellationToken cancel)
    {
        var verdict = await save.RunAsync(id, about, TranslationRequest.Of(form), visit.Caller.Actor, key: null, cancel);
        if (verdict is Verdict<Receipt>.Accepted)
            return Platform.Web.Answer.Done($"/reviews/{id}/assessment/{Uri.EscapeDataString(about.Item)}", "translation-saved");
        var reason = ((Verdict<Receipt>.Refused)verdict).Reason;
        return reason.Kind == RefusalKind.NotFound
            ? Platform.Web.Answer.NotFound()
            : await DrawAsync(visit, id, about, form, [.. reason.All], cancel);
    }
}

/// <summary>What the page of a translation draws.</summary>
/// <param name="Form">What was typed and refused; empty otherwise.</param>
/// <param name="Theirs">What somebody else saved meanwhile, or null.</param>
public sealed record TranslationModel(
    TranslationFound Found, string StateName, Form Form, IReadOnlyList<Refusal> Errors, Writing? Theirs)
{
    /// <summary>The newest version, whether it says something or not.</summary>
    public AnswerTranslation? Stands => Found.Newest is { } newest ? Contents.ReadTranslation(newest) : null;

    /// <summary>The version the next save is based on: after somebody else saved, theirs.</summary>
    public int Version => Theirs is null && Form.Has("version") ? Form.Number("version") ?? 0 : Found.Newest?.Version ?? 0;

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
