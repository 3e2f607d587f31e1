using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Assessment;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Assessment;

/// <summary>Translations of answers over the API.</summary>
public static class TranslationsApi
{
    public static void Map(WebRoutes routes)
    {
        const string path = "/reviews/{review:guid}/answers/{item}/translations/{language}";
        routes.Api.MapGet(path, ReadAsync).WithName("ReadTranslation").WithTags("reviews").Produces<TranslationBody>();
        routes.Api.MapPut(path, SaveAsync).WithName("SaveTranslation").WithTags("reviews").Produces<TranslationSaved>();
    }

    private static async Task<IResult> ReadAsync(
        Guid review, string item, string language, int? version, Visit visit, TranslationReader translations, HttpContext http,
        CancellationToken cancel)
    {
        var about = new TranslationRef(item, language);
        var found = await translations.FindAsync(visit.Caller.Actor, new ReviewId(review), about, version, cancel);
        if ((version is null ? found?.Newest : found?.Older) is not { } writing)
            return NotFound;
        if (version is null)
            ETags.Set(http, writing.Version);
        return TypedResults.Ok(TranslationBody.Of(found!, writing));
    }

    private static async Task<IResult> SaveAsync(
        Guid review, string item, string language, TranslationRequest request, Visit visit, SaveTranslation save,
        TranslationReader translations, HttpContext http, CancellationToken cancel)
    {
        var (id, about, actor) = (new ReviewId(review), new TranslationRef(item, language), visit.Caller.Actor);
        var verdict = await save.RunAsync(id, about, request, actor, Idempotency.Of(http, request), cancel);
        if (verdict is Verdict<Receipt>.Refused { Reason: { Code: "writing.stale" } stale })
        {
            var found = await translations.FindAsync(actor, id, about, request.Version ?? 0, cancel);
            return found is null ? NotFound : Stale(stale, found, request);
        }

        return verdict.OrProblem(receipt =>
        {
            var saved = receipt.Version ?? request.Version ?? 0;
            ETags.Set(http, saved);
            return TypedResults.Ok(new TranslationSaved(item, language, saved, receipt.Sequence, receipt.At));
        });
    }

    private static Problem NotFound => ReviewRefusals.NotFound.ToProblem();

    /// <summary>The refusal with the version both started from, the one that was saved meanwhile, and the one sent.</summary>
    private static Problem Stale(Refusal stale, TranslationFound found, TranslationRequest mine) => new(stale, stale.Status())
    {
        Extra = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["base"] = found.Older is { } then ? TranslationBody.Of(found, then) : null,
            ["theirs"] = found.Newest is { } newest ? TranslationBody.Of(found, newest) : null,
            ["mine"] = mine,
        },
    };
}

/// <summary>An answer in another language, as the API shows it. Value, sectors and day are the answer's.</summary>
/// <param name="Original">The version the answer is at.</param>
/// <param name="MadeFrom">The version of the answer it was made from.</param>
/// <param name="Older">Whether the answer was changed since.</param>
/// <param name="Label">The answer's, as it is now.</param>
/// <param name="SavedAt">UTC.</param>
public sealed record TranslationBody(
    string Item, string Language, int Version, int Original, int MadeFrom, bool Older, string Label, DateTimeOffset SavedAt,
    string Rule, string Practice, string Evidence, string Testing, string Reason)
{
    internal static TranslationBody Of(TranslationFound found, Writing writing)
    {
        var translation = Contents.ReadTranslation(writing);
        var shown = translation.Over(found.Original);
        return new TranslationBody(
            translation.Item, translation.Language, writing.Version, found.Item.Version, translation.MadeFrom,
            translation.MadeFrom < found.Item.Version, found.Original.Label.Code(), writing.At,
            shown.Rule, shown.Practice, shown.Evidence, shown.Testing, shown.Reason);
    }
}

/// <summary>That an answer can be read in another language, without the text.</summary>
/// <param name="Version">Its own version.</param>
/// <param name="MadeFrom">The version of the answer it was made from.</param>
/// <param name="Older">Whether the answer was changed since.</param>
/// <param name="SavedAt">UTC.</param>
/// <param name="By">Who made it: the State's stands here, the coordinator's under <c>/translations/{item}</c>.</param>
public sealed record TranslationLine(string Language, int Version, int MadeFrom, bool Older, DateTimeOffset SavedAt, Translator By)
{
    internal static TranslationLine Of(StandingTranslation standing, Translator by) => new(
        standing.Language, standing.Version, standing.Translation.MadeFrom, standing.IsOlder, standing.At, by);
}

/// <summary>That a translation was saved.</summary>
/// <param name="Sequence">Number of the last event of the review.</param>
public sealed record TranslationSaved(string Item, string Language, int Version, int Sequence, DateTimeOffset At);
