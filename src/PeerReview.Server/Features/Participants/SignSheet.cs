using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Participants;

/// <summary>A participating State signs its sheet, takes it back, and decides what of it is published. Each is that State's alone, and
/// silence does none of it.</summary>
public sealed class SignSheet(ReviewCommands commands)
{
    public static void Map(WebRoutes routes)
    {
        routes.Api.MapPost(
            "/reviews/{review:guid}/sheets/{state}/signature",
            async (Guid review, string state, SheetSignatureRequest request, Visit visit, SignSheet sheet, HttpContext http, CancellationToken cancel) =>
                (await sheet.SignAsync(new ReviewId(review), state, request, visit.Caller.Actor, Idempotency.Of(http, request), cancel)).OrProblem(TypedResults.Ok))
            .WithName(nameof(SignSheet)).WithTags("reviews").Produces<Receipt>();
        routes.Api.MapDelete(
            "/reviews/{review:guid}/sheets/{state}/signature",
            async (Guid review, string state, Visit visit, SignSheet sheet, CancellationToken cancel) =>
                (await sheet.TakeBackAsync(new ReviewId(review), state, visit.Caller.Actor, cancel)).OrProblem(TypedResults.Ok))
            .WithName("TakeSheetBack").WithTags("reviews").Produces<Receipt>();
        routes.Api.MapPost(
            "/reviews/{review:guid}/sheets/{state}/publication",
            async (Guid review, string state, SheetPublicationRequest request, Visit visit, SignSheet sheet, HttpContext http, CancellationToken cancel) =>
                (await sheet.PublishAsync(new ReviewId(review), state, request, visit.Caller.Actor, Idempotency.Of(http, request), cancel)).OrProblem(TypedResults.Ok))
            .WithName("DecideSheet").WithTags("reviews").Produces<Receipt>();
    }

    /// <summary>Signs the sheet as it stands.</summary>
    public Task<Verdict<Receipt>> SignAsync(
        ReviewId review, string state, SheetSignatureRequest request, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(review, actor, key, (work, token) => SignAsync(work, state, request, token), cancel);

    /// <summary>Takes a signed sheet back.</summary>
    public Task<Verdict<Receipt>> TakeBackAsync(ReviewId review, string state, Actor actor, CancellationToken cancel) =>
        commands.RunAsync(review, actor, key: null, (work, _) => Task.FromResult(TakeBack(work, state)), cancel);

    /// <summary>Decides what of the sheet is published; the last decision before the report is out holds.</summary>
    public Task<Verdict<Receipt>> PublishAsync(
        ReviewId review, string state, SheetPublicationRequest request, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(review, actor, key, (work, token) => PublishAsync(work, state, request, token), cancel);

    private static async Task<Verdict<ReviewChange>> SignAsync(
        ReviewWork work, string state, SheetSignatureRequest request, CancellationToken cancel)
    {
        if (SaveSheetAnswer.Closed(work, state) is { } closed)
            return closed;
        var (review, items) = (work.Review, work.Review.Dossier.Items);
        if (SheetRules.IsHandedIn(review.Dossier, state))
            return new Refusal("sheet.signed", RefusalKind.Conflict);
        var material = await work.MaterialAsync(cancel);
        if (!SheetRules.Of(material, state, items).Any())
            return new Refusal("sheet.empty", RefusalKind.Conflict);
        var signature = request.Signature ?? SignatureRequest.None;
        if (SignatureRules.Check(signature.Name, signature.Office, signature.Day, work.Now).ToList() is { Count: > 0 } problems)
            return Refusal.Of(problems);
        var hash = SheetRules.HashOf(material, state, items);
        return request.ContentHash == hash
            ? Signed(new ReviewChange(), work, SignedAct.Sheet(state), hash, signature, material)
            : new Refusal("sheet.changed", RefusalKind.Conflict);
    }

    private static Verdict<ReviewChange> TakeBack(ReviewWork work, string state) =>
        SaveSheetAnswer.Closed(work, state) is { } closed ? closed
        : SheetRules.IsHandedIn(work.Review.Dossier, state) ? new ReviewChange().Record(new ReviewEvent.SheetTakenBack(state, work.Person.Value))
        : new Refusal("sheet.not-handed-in", RefusalKind.Conflict);

    private static async Task<Verdict<ReviewChange>> PublishAsync(
        ReviewWork work, string state, SheetPublicationRequest request, CancellationToken cancel)
    {
        var (review, dossier) = (work.Review, work.Review.Dossier);
        if (Access.May(work.Actor, ReviewAct.WriteSheet, review.Facts) is { } no)
            return no;
        if (review.ParticipantOf(work.Person) != state)
            return ReviewRefusals.NotFound;
        if (SheetRules.NotToDecide(review.State, dossier, state) is { } closed)
            return closed;
        var material = await work.MaterialAsync(cancel);
        var standing = SheetRules.Of(material, state, dossier.Items).Select(answer => SheetRules.ItemOf(answer.Key)).ToList();
        ImmutableArray<string> items = [.. standing.Where((request.Items.IsDefault ? [] : request.Items).Contains)];
        var signature = request.Signature ?? SignatureRequest.None;
        var problems = SignatureRules.Check(signature.Name, signature.Office, signature.Day, work.Now).ToList();
        if (!request.Items.IsDefault && request.Items.Except(standing, StringComparer.Ordinal).Any())
            problems.Insert(0, new Refusal("sheet.unknown-item", RefusalKind.Invalid, "items"));
        return problems.Count > 0
            ? Refusal.Of(problems)
            : Signed(
                new ReviewChange().Record(new ReviewEvent.SheetDecided(state, items, work.Person.Value)),
                work, SignedAct.SheetPublication(state), SheetRules.HashOf(material, state, items), signature, material);
    }

    private static ReviewChange Signed(
        ReviewChange change, ReviewWork work, string act, string hash, SignatureRequest signature, Material material) => change.Sign(
        act, RoleCode.Authority, hash, signature, work, work.Review.Dossier.WorkingLanguage,
        material.Find(WritingKind.Signature, $"{act}:{RoleCode.Authority}")?.Version ?? 0);
}

/// <summary>The signature under a sheet.</summary>
/// <param name="ContentHash">Of the sheet as it was read.</param>
public sealed record SheetSignatureRequest(string ContentHash = "", SignatureRequest? Signature = null);

/// <summary>What a participating State decides about publishing its sheet.</summary>
public sealed record SheetPublicationRequest(SignatureRequest? Signature = null)
{
    /// <summary>Items whose answers are published, whatever their labels; none where nothing is.</summary>
    public ImmutableArray<string> Items { get; init; } = [];
}
