using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Translations;

/// <summary>Working translations over the API.</summary>
public static class ReaderTranslationsApi
{
    public static void Map(WebRoutes routes)
    {
        routes.Api.MapGet("/reviews/{review:guid}/translations", ListAsync)
            .WithName("ListReaderTranslations").WithTags("reviews").Produces<ReaderTranslationList>();
        routes.Api.MapGet("/reviews/{review:guid}/translations/{item}", ReadAsync)
            .WithName("ReadReaderTranslation").WithTags("reviews").Produces<ReaderTranslationBody>();
        routes.Api.MapPut("/reviews/{review:guid}/translations/{item}", SaveAsync)
            .WithName(nameof(SaveReaderTranslation)).WithTags("reviews").Produces<ReaderTranslationSaved>();
    }

    private static async Task<IResult> ListAsync(
        Guid review, Visit visit, AssessmentLookup assessments, HttpContext http, CancellationToken cancel) =>
        await TranslationsPage.FindAsync(assessments, visit.Caller.Actor, new ReviewId(review), cancel) is { } found
            ? ETags.Content(http, new ReaderTranslationList(
                found.Language, found.Items.Length - found.Done, found.Items.Length,
                [.. found.Items.Select(one => ReaderTranslationLine.Of(one, found.Newest(one.Item)?.Version ?? 0))]))
            : NotFound;

    /// <summary>For whoever reads the answer: the experts work with it, the State sees what is made of its answer.</summary>
    private static async Task<IResult> ReadAsync(
        Guid review, string item, Visit visit, AssessmentLookup assessments, HttpContext http, CancellationToken cancel)
    {
        var found = await assessments.FindAsync(visit.Caller.Actor, new ReviewId(review), cancel);
        if (found?.Sheet.Find(item)?.ForReaders?.Office is not { } one)
            return NotFound;
        ETags.Set(http, one.Translation!.Version);
        return TypedResults.Ok(ReaderTranslationBody.Of(one));
    }

    private static async Task<IResult> SaveAsync(
        Guid review, string item, ReaderTranslationRequest request, Visit visit, SaveReaderTranslation save, AssessmentLookup assessments,
        TextVersions versions, HttpContext http, CancellationToken cancel)
    {
        var (id, actor) = (new ReviewId(review), visit.Caller.Actor);
        var verdict = await save.RunAsync(id, item, request, actor, Idempotency.Of(http, request), cancel);
        if (verdict is Verdict<Receipt>.Refused { Reason: { Code: "writing.stale" } stale })
            return Stale(stale, await MeanwhileAsync(actor, id, item, request, assessments, versions, cancel), request);
        return verdict.OrProblem(receipt =>
        {
            var saved = receipt.Version ?? request.Version ?? 0;
            ETags.Set(http, saved);
            return TypedResults.Ok(new ReaderTranslationSaved(item, saved, receipt.Sequence, receipt.At));
        });
    }

    private static Problem NotFound => ReviewRefusals.NotFound.ToProblem();

    private static async Task<SavedMeanwhile?> MeanwhileAsync(
        Actor actor, ReviewId review, string item, ReaderTranslationRequest request, AssessmentLookup assessments, TextVersions versions,
        CancellationToken cancel) =>
        await TranslationsPage.FindAsync(assessments, actor, review, cancel) is { } found
            ? await versions.FindAsync(
                actor, review, WritingKind.ReaderTranslation, StandingTranslations.KeyOf(item, found.Language), request.Version ?? 0, cancel)
            : null;

    /// <summary>The refusal with the version both started from, the one that was saved meanwhile, and the one sent.</summary>
    private static Problem Stale(Refusal stale, SavedMeanwhile? meanwhile, ReaderTranslationRequest mine) => new(stale, stale.Status())
    {
        Extra = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["base"] = meanwhile?.Origin is { } origin ? ReaderTranslationRequest.Of(origin) : null,
            ["theirs"] = meanwhile is null ? null : ReaderTranslationRequest.Of(meanwhile.Theirs),
            ["mine"] = mine,
        },
    };
}

/// <summary>What the coordinator's office has to see to.</summary>
/// <param name="Language">The experts' language, ISO 639-1.</param>
/// <param name="Open">How many are not ready for the experts, of <paramref name="Of"/>.</param>
public sealed record ReaderTranslationList(string Language, int Open, int Of, IReadOnlyList<ReaderTranslationLine> Items);

/// <summary>How far one answer is, without the text.</summary>
/// <param name="Original">The version the answer is at.</param>
/// <param name="OriginalLanguage">The language the answer is written in.</param>
/// <param name="By">Who made what the experts read; null while there is nothing.</param>
/// <param name="MadeFrom">The version of the answer it was made from; null while there is nothing.</param>
/// <param name="Version">The newest version of the office's, to save the next one on; 0 before the first.</param>
public sealed record ReaderTranslationLine(
    string Item, int Original, string OriginalLanguage, string Label, ReaderState State, Translator? By, int? MadeFrom, int Version)
{
    internal static ReaderTranslationLine Of(ReaderTranslation one, int version) => new(
        one.Item, one.Version, one.Answer.Language, one.Answer.Label.Code(), one.State, one.By, one.Translation?.Translation.MadeFrom, version);
}

/// <summary>A working translation, as the API shows it. Value, sectors and day are the answer's; it is never published.</summary>
/// <param name="Original">The version the answer is at.</param>
/// <param name="MadeFrom">The version of the answer it was made from.</param>
/// <param name="Older">Whether the answer was changed since.</param>
/// <param name="AsItIs">The office found that the experts can read the answer as it is.</param>
/// <param name="Label">The answer's, as it is now.</param>
/// <param name="SavedAt">UTC.</param>
public sealed record ReaderTranslationBody(
    string Item, string Language, int Version, int Original, int MadeFrom, bool Older, bool AsItIs, string Label, DateTimeOffset SavedAt,
    Translator By, string Rule, string Practice, string Evidence, string Testing, string Reason)
{
    internal static ReaderTranslationBody Of(ReaderTranslation one)
    {
        var (standing, shown) = (one.Translation!, one.Translation!.Translation.Over(one.Answer));
        return new ReaderTranslationBody(
            one.Item, one.Language, standing.Version, one.Version, standing.Translation.MadeFrom, standing.IsOlder, one.AsItIs,
            one.Answer.Label.Code(), standing.At, Translator.Coordinator,
            shown.Rule, shown.Practice, shown.Evidence, shown.Testing, shown.Reason);
    }
}

/// <summary>That a working translation was saved.</summary>
/// <param name="Sequence">Number of the last event of the review.</param>
public sealed record ReaderTranslationSaved(string Item, int Version, int Sequence, DateTimeOffset At);
