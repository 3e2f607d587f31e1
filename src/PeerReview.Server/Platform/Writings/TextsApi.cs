using PeerReview.Core;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Platform.Writings;

/// <summary>Texts with fields of their own over the API.</summary>
/// <remarks>Only a handler that reads a body has a parameter of the type of the text: the others are bound when the program is
/// built.</remarks>
public static class TextsApi
{
    /// <summary>A collection, such as <c>actions</c>.</summary>
    public static void Map<T>(WebRoutes routes, string resource, string name)
        where T : class
    {
        var all = "/reviews/{review:guid}/" + resource;
        var (texts, kind, save) = (routes.Service<WrittenTexts>(), routes.Service<TextKind<T>>(), routes.Service<SaveText<T>>());
        routes.Api.MapGet(all, (Guid review, Visit visit, HttpContext http, CancellationToken cancel) =>
                ListAsync(review, visit, texts, kind, http, cancel))
            .WithName($"List{name}s").WithTags("reviews").Produces<TextList<T>>();
        routes.Api.MapPost(all, (Guid review, TextRequest<T> request, Visit visit, HttpContext http, CancellationToken cancel) =>
                AddAsync(new ReviewId(review), resource, request, visit, save, http, cancel))
            .WithName($"Add{name}").WithTags("reviews").Produces<TextSaved>(StatusCodes.Status201Created);
        routes.Api.MapGet(all + "/{id}", (Guid review, string id, int? version, Visit visit, HttpContext http, CancellationToken cancel) =>
                ReadAsync(review, id, version, visit, texts, kind, http, cancel))
            .WithName($"Read{name}").WithTags("reviews").Produces<TextBody<T>>();
        routes.Api.MapPut(all + "/{id}", (Guid review, string id, TextRequest<T> request, Visit visit, HttpContext http, CancellationToken cancel) =>
                SaveAsync(review, id, request, visit, save, texts, kind, http, cancel))
            .WithName($"Save{name}").WithTags("reviews").Produces<TextSaved>();
        routes.Api.MapDelete(all + "/{id}", (Guid review, string id, Visit visit, HttpContext http, CancellationToken cancel) =>
                WithdrawAsync(review, id, visit, save, http, cancel))
            .WithName($"Withdraw{name}").WithTags("reviews").Produces<Receipt>();
        routes.Api.MapGet(all + "/{id}/history", (Guid review, string id, Visit visit, CancellationToken cancel) =>
                HistoryAsync(review, id, visit, texts, kind, cancel))
            .WithName($"{name}History").WithTags("reviews").Produces<TextList<T>>();
    }

    /// <summary>A text of which there is one, such as <c>summary</c>.</summary>
    public static void MapOnly<T>(WebRoutes routes, string name, string verb)
        where T : class
    {
        var path = "/reviews/{review:guid}/" + name;
        var (texts, kind, save) = (routes.Service<WrittenTexts>(), routes.Service<TextKind<T>>(), routes.Service<SaveText<T>>());
        routes.Api.MapGet(path, (Guid review, int? version, Visit visit, HttpContext http, CancellationToken cancel) =>
                ReadAsync(review, name, version, visit, texts, kind, http, cancel))
            .WithName("Read" + verb).WithTags("reviews").Produces<TextBody<T>>();
        routes.Api.MapPut(path, (Guid review, TextRequest<T> request, Visit visit, HttpContext http, CancellationToken cancel) =>
                SaveAsync(review, name, request, visit, save, texts, kind, http, cancel))
            .WithName("Save" + verb).WithTags("reviews").Produces<TextSaved>();
    }

    private static async Task<IResult> ListAsync<T>(
        Guid review, Visit visit, WrittenTexts texts, TextKind<T> kind, HttpContext http, CancellationToken cancel)
        where T : class
    {
        var found = await texts.FindAsync(visit.Caller.Actor, new ReviewId(review), [kind.Kind], kind.Opens, cancel);
        if (found is null)
            return NotFound;
        return ETags.Content(http, new TextList<T>([.. found.Of(kind.Kind).Select(w => TextBody.Of(w, kind))], null));
    }

    private static async Task<IResult> AddAsync<T>(
        ReviewId review, string resource, TextRequest<T> request, Visit visit, SaveText<T> save, HttpContext http,
        CancellationToken cancel)
        where T : class =>
        (await save.AddAsync(review, request, visit.Caller.Actor, Idempotency.Of(http, request), cancel)).OrProblem(receipt =>
        {
            ETags.Set(http, receipt.Version ?? 1);
            return TypedResults.Created($"/api/v1/reviews/{review}/{resource}/{receipt.Key}", TextSaved.Of(receipt, 1));
        });

    private static async Task<IResult> ReadAsync<T>(
        Guid review, string id, int? version, Visit visit, WrittenTexts texts, TextKind<T> kind, HttpContext http,
        CancellationToken cancel)
        where T : class
    {
        var found = await texts.FindAsync(visit.Caller.Actor, new ReviewId(review), kind, id, cancel);
        var text = version is { } older ? found?.At(older) : found?.Newest;
        if (text is null)
            return NotFound;
        ETags.Set(http, text.Version);
        return TypedResults.Ok(TextBody.Of(text, kind));
    }

    private static async Task<IResult> SaveAsync<T>(
        Guid review, string id, TextRequest<T> request, Visit visit, SaveText<T> save, WrittenTexts texts, TextKind<T> kind,
        HttpContext http, CancellationToken cancel)
        where T : class
    {
        var (actor, of) = (visit.Caller.Actor, new ReviewId(review));
        var verdict = await save.ChangeAsync(of, id, request, actor, Idempotency.Of(http, request), cancel);
        if (verdict is Verdict<Receipt>.Refused { Reason: { Code: "writing.stale" } stale })
            return Stale(stale, await texts.FindAsync(actor, of, kind, id, cancel), request, kind);
        return verdict.OrProblem(receipt =>
        {
            var saved = TextSaved.Of(receipt, request.Version ?? 0);
            ETags.Set(http, saved.Version);
            return TypedResults.Ok(saved);
        });
    }

    private static async Task<IResult> WithdrawAsync<T>(
        Guid review, string id, Visit visit, SaveText<T> save, HttpContext http, CancellationToken cancel)
        where T : class
    {
        if (ETags.IfMatch(http, out var version) is { } malformed)
            return malformed.ToProblem();
        return (await save.WithdrawAsync(
            new ReviewId(review), id, version, visit.Caller.Actor, Idempotency.Of(http, version), cancel)).OrProblem(TypedResults.Ok);
    }

    private static async Task<IResult> HistoryAsync<T>(
        Guid review, string id, Visit visit, WrittenTexts texts, TextKind<T> kind, CancellationToken cancel)
        where T : class
    {
        var found = await texts.FindAsync(visit.Caller.Actor, new ReviewId(review), kind, id, cancel);
        return found?.Newest is null
            ? NotFound
            : TypedResults.Ok(new TextList<T>([.. found.Versions.Select(w => TextBody.Of(w, kind))], null));
    }

    private static Problem NotFound => ReviewRefusals.NotFound.ToProblem();

    /// <summary>The refusal with the version both started from, the one that was saved meanwhile, and the one sent.</summary>
    private static Problem Stale<T>(Refusal stale, FoundText? found, TextRequest<T> mine, TextKind<T> kind)
        where T : class => new(stale, stale.Status())
        {
            Extra = new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["base"] = found?.At(mine.Version ?? 0) is { } then ? TextBody.Of(then, kind) : null,
                ["theirs"] = found?.Newest is { } newest ? TextBody.Of(newest, kind) : null,
                ["mine"] = mine,
            },
        };
}

/// <summary>A text as the API shows it.</summary>
/// <param name="SavedAt">UTC.</param>
public sealed record TextBody<T>(string Id, int Version, string Label, string Language, DateTimeOffset SavedAt, T Content)
    where T : class;

internal static class TextBody
{
    public static TextBody<T> Of<T>(Writing text, TextKind<T> kind)
        where T : class => new(text.Key, text.Version, text.Label, text.Language, text.At, kind.Read(text));
}

/// <summary>Texts of one kind.</summary>
public sealed record TextList<T>(IReadOnlyList<TextBody<T>> Items, string? Next)
    where T : class;

/// <summary>That a text was saved.</summary>
/// <param name="Sequence">Number of the last event of the review.</param>
public sealed record TextSaved(string Id, int Version, int Sequence, DateTimeOffset At)
{
    internal static TextSaved Of(Receipt receipt, int unchanged) =>
        new(receipt.Key!, receipt.Version ?? unchanged, receipt.Sequence, receipt.At);
}
