using PeerReview.Core;
using PeerReview.Core.Reviews;
using PeerReview.Server.Components;
using PeerReview.Server.Platform.Comparing;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;
using Answer = PeerReview.Server.Platform.Web.Answer;

namespace PeerReview.Server.Features.Translations;

/// <summary>An answer on one side, the fields for its working translation on the other.</summary>
public sealed class ReaderTranslationPage(AssessmentLookup assessments, SaveReaderTranslation save, TextVersions versions, StateNames names)
{
    public static void Map(WebRoutes routes)
    {
        const string path = "/reviews/{review:guid}/translations/{item}";
        routes.Pages.MapGet(path, (Guid review, string item, Visit visit, ReaderTranslationPage page, CancellationToken cancel) =>
            page.DrawAsync(visit, new ReviewId(review), item, visit.Caller.DraftOf(), [], cancel));
        routes.Pages.MapPost(path, (Guid review, string item, Visit visit, Form form, ReaderTranslationPage page, CancellationToken cancel) =>
            page.SaveAsync(visit, new ReviewId(review), item, form, cancel));
    }

    private async Task<IResult> SaveAsync(Visit visit, ReviewId id, string item, Form form, CancellationToken cancel)
    {
        var request = ReaderTranslationRequest.Of(form);
        var verdict = await save.RunAsync(id, item, request, visit.Caller.Actor, key: null, cancel);
        if (verdict is not Verdict<Receipt>.Refused { Reason: var reason })
            return Answer.Done($"/reviews/{id}/translations", "reader-translation-saved");
        if (reason.Kind == RefusalKind.NotFound)
            return Answer.NotFound();
        if (reason.Code == "writing.stale" && await FindAsync(visit, id, item, cancel) is { } found
            && await versions.FindAsync(
                visit.Caller.Actor, id, WritingKind.ReaderTranslation, StandingTranslations.KeyOf(item, found.Translations.Language),
                request.Version ?? 0, cancel) is { } meanwhile)
        {
            var merge = Merge(visit, found, meanwhile, form);
            return Draw(visit, found, merge.Form, [], merge, StatusCodes.Status409Conflict);
        }

        return await DrawAsync(visit, id, item, form, [.. reason.All], cancel);
    }

    private async Task<IResult> DrawAsync(
        Visit visit, ReviewId id, string item, Form form, IReadOnlyList<Refusal> errors, CancellationToken cancel) =>
        await FindAsync(visit, id, item, cancel) is { } found
            ? Draw(visit, found, form, errors, null, errors.Count == 0 ? StatusCodes.Status200OK : errors[0].Status())
            : Answer.NotFound();

    private async Task<ReaderTranslationFound?> FindAsync(Visit visit, ReviewId id, string item, CancellationToken cancel) =>
        await TranslationsPage.FindAsync(assessments, visit.Caller.Actor, id, cancel) is { } found
        && found.Items.FirstOrDefault(one => one.Item == item) is { } one
            ? new ReaderTranslationFound(found, one)
            : null;

    private static FormMerge Merge(Visit visit, ReaderTranslationFound found, SavedMeanwhile meanwhile, Form mine)
    {
        var framework = found.Translations.Review.Framework.In(visit.Texts.Language);
        return FormMerge.Of(
            meanwhile.Origin is { } origin ? Fields(origin) : Form.Empty, Fields(meanwhile.Theirs), mine, (meanwhile.Author, meanwhile.Theirs.Version),
            [
                .. found.One.Answer.Texts.Select(t => FieldToMerge.OfText(t.Field, LayerNames.Of(t.Field, framework, visit.Texts))),
                new("as_it_is", visit.Texts["translating.form.as_it_is"]) { Shown = value => value.Length == 0 ? "" : "✓" },
            ]);
    }

    private static Form Fields(Writing translation)
    {
        var (text, asItIs) = Contents.ReadReaderTranslation(translation);
        return Form.Filled(text.Texts.Append((Field: "as_it_is", Text: asItIs ? "on" : ""))
            .ToDictionary(t => t.Field, t => new[] { t.Text }, StringComparer.Ordinal));
    }

    private IResult Draw(
        Visit visit, ReaderTranslationFound found, Form form, IReadOnlyList<Refusal> errors, FormMerge? merge, int status) =>
        Answer.Page<ReaderTranslationView>(
            new
            {
                Model = new ReaderTranslationModel(
                    found, names.Of(found.Translations.Review.Subject.Iso3, visit.Texts.Language), form, errors, merge),
            },
            status);
}

/// <summary>One answer among those to be translated.</summary>
public sealed record ReaderTranslationFound(TranslationsFound Translations, ReaderTranslation One);

/// <summary>What the page draws.</summary>
/// <param name="Form">What was typed and refused, or kept as a draft; empty otherwise.</param>
/// <param name="Merge">Where somebody else saved meanwhile: what became of both changes; the form holds them.</param>
public sealed record ReaderTranslationModel(
    ReaderTranslationFound Found, string StateName, Form Form, IReadOnlyList<Refusal> Errors, FormMerge? Merge)
{
    public ReaderTranslation One => Found.One;

    /// <summary>The newest version of the office, whether it says something or not.</summary>
    public Writing? Newest => Found.Translations.Newest(One.Item);

    /// <summary>The version the next save is based on.</summary>
    public int Version => IsTyped ? Form.Number("version") ?? 0 : Newest?.Version ?? 0;

    /// <summary>The version of the answer that was seen when the form was opened.</summary>
    public int MadeFrom => Form.Number("made_from") ?? One.Version;

    /// <summary>Whether the State translated it well enough that nothing is left to do.</summary>
    public bool IsDoneByState => One is { IsDone: true, By: Translator.State };

    /// <summary>Whether the fields begin with the State's own translation, to be completed or brought up to date.</summary>
    public bool BeginsWithStates => !IsTyped && Newest is null && One.By == Translator.State;

    /// <summary>Whether the box is ticked.</summary>
    public bool AsItIs => IsTyped ? Form.IsOn("as_it_is") : Stands is { AsItIs: true };

    /// <summary>The fields to be translated; beside those, fields with something typed.</summary>
    public IEnumerable<string> Fields => One.Answer.Texts
        .Where(t => !string.IsNullOrWhiteSpace(t.Text) || (IsTyped && Form.Text(t.Field).Length > 0))
        .Select(t => t.Field);

    /// <summary>What a field holds: what was typed if the form came back, else what stands.</summary>
    public string Value(string field) => IsTyped
        ? Form.Raw(field)
        : (Stands?.Text ?? (BeginsWithStates ? One.Translation!.Translation : null))?.Texts.First(t => t.Field == field).Text ?? "";

    private bool IsTyped => Form.Has("version");

    private OfficeTranslation? Stands => Newest is { } newest ? Contents.ReadReaderTranslation(newest) : null;
}
