using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;
using PeerReview.Core;
using PeerReview.Server.Components;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Assessment;

/// <summary>Evidence files over the API and on pages.</summary>
public static class EvidenceRoutes
{
    public static void Map(WebRoutes routes)
    {
        routes.Api.MapGet("/reviews/{review:guid}/evidence", ListAsync)
            .WithName("ListEvidence").WithTags("reviews").Produces<FileList>();
        routes.Api.MapPost("/reviews/{review:guid}/evidence", AddOverApiAsync).DisableAntiforgery().TakesFiles()
            .WithName("AddEvidence").WithTags("reviews")
            .WithDescription("Takes multipart/form-data: item (full id), label (a sharing label, AMBER if absent), file (20 MB at most).")
            .Produces<FileBody>(StatusCodes.Status201Created);
        routes.Api.MapGet("/reviews/{review:guid}/evidence/{file:guid}", DownloadAsync)
            .WithName("ReadEvidence").WithTags("reviews");
        routes.Api.MapDelete("/reviews/{review:guid}/evidence/{file:guid}", RemoveOverApiAsync)
            .WithName("RemoveEvidence").WithTags("reviews").Produces(StatusCodes.Status204NoContent);

        routes.Pages.MapGet("/reviews/{review:guid}/evidence/{file:guid}", DownloadAsync);
        routes.Pages.MapPost("/reviews/{review:guid}/assessment/{item}/evidence", AddAsync).TakesFiles();
        routes.Pages.MapGet("/reviews/{review:guid}/evidence/{file:guid}/removal", ConfirmAsync);
        routes.Pages.MapPost("/reviews/{review:guid}/evidence/{file:guid}/removal", RemoveAsync);
    }

    private static async Task<IResult> ListAsync(
        Guid review, string? item, Visit visit, AssessmentLookup assessments, CancellationToken cancel)
    {
        var found = await assessments.FindAsync(visit.Caller.Actor, new ReviewId(review), cancel);
        return found is null
            ? ReviewRefusals.NotFound.ToProblem()
            : TypedResults.Ok(new FileList(
                [.. found.Sheet.Items.Where(i => item is null || i.Item.Id == item).SelectMany(i => i.Files).Select(FileBody.Of)],
                null));
    }

    private static async Task<IResult> AddOverApiAsync(
        Guid review, Visit visit, EvidenceFiles files, HttpContext http, CancellationToken cancel)
    {
        if (!http.Request.HasFormContentType)
            return new Problem(new Refusal("evidence.not-multipart", RefusalKind.Invalid), StatusCodes.Status415UnsupportedMediaType);
        var fields = await http.Request.ReadFormAsync(cancel);
        var upload = await UploadAsync(fields["item"].ToString(), LabelOr(fields["label"].ToString()), fields.Files, cancel);
        var (id, actor) = (new ReviewId(review), visit.Caller.Actor);
        var verdict = await files.AddAsync(id, upload, actor, Idempotency.Of(http, Fingerprint(upload)), cancel);
        if (verdict is not Verdict<Receipt>.Accepted { Value.Key: { } made })
            return verdict.OrProblem(TypedResults.Ok);
        return await files.FindAsync(actor, id, Guid.Parse(made), cancel) is { } mark
            ? TypedResults.Created($"/api/v1/reviews/{review}/evidence/{made}", FileBody.Of(mark))
            : TypedResults.Created($"/api/v1/reviews/{review}/evidence/{made}");
    }

    private static async Task<IResult> RemoveOverApiAsync(
        Guid review, Guid file, Visit visit, EvidenceFiles files, HttpContext http, CancellationToken cancel) =>
        (await files.RemoveAsync(new ReviewId(review), file, visit.Caller.Actor, Idempotency.Of(http, body: null), cancel))
        .OrProblem(_ => TypedResults.NoContent());

    private static async Task<IResult> DownloadAsync(
        Guid review, Guid file, Visit visit, EvidenceFiles files, HttpContext http, CancellationToken cancel)
    {
        var open = await files.OpenAsync(visit.Caller.Actor, new ReviewId(review), file, cancel);
        if (open is null)
            return http.Request.IsApi() ? new Refusal("evidence.unknown", RefusalKind.NotFound).ToProblem() : Answer.NotFound();
        // Whatever it is, it is saved and never shown as a page of ours; if it were, it could do nothing.
        http.Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(open.Mark.Name);
        http.Response.Headers.ContentDisposition = disposition.ToString();
        return TypedResults.Bytes(open.Content, open.Mark.MediaType);
    }

    private static async Task<IResult> AddAsync(
        Guid review, string item, Visit visit, Form form, EvidenceFiles files, ItemPage page, CancellationToken cancel)
    {
        var upload = await UploadAsync(item, form.Text("file_label"), form.Files, cancel);
        var id = new ReviewId(review);
        return await files.AddAsync(id, upload, visit.Caller.Actor, key: null, cancel) switch
        {
            Verdict<Receipt>.Refused { Reason: { Kind: not RefusalKind.NotFound } reason } =>
                await page.DrawAsync(visit, id, item, new ItemPage.Again([OnPage(reason)], reason.Status()), cancel),
            Verdict<Receipt>.Refused => Answer.NotFound(),
            _ => Answer.Done($"/reviews/{review}/assessment/{item}#files", "evidence-added"),
        };
    }

    // The page has two fields called "label".
    private static Refusal OnPage(Refusal reason) => reason.Field == "label" ? reason with { Field = "file_label" } : reason;

    private static async Task<IResult> ConfirmAsync(
        Guid review, Guid file, Visit visit, EvidenceFiles files, CancellationToken cancel)
    {
        var mark = await files.FindAsync(visit.Caller.Actor, new ReviewId(review), file, cancel);
        return mark is null ? Answer.NotFound() : Confirm(review, mark, visit, []);
    }

    private static async Task<IResult> RemoveAsync(
        Guid review, Guid file, Visit visit, EvidenceFiles files, CancellationToken cancel)
    {
        var (id, actor) = (new ReviewId(review), visit.Caller.Actor);
        if (await files.FindAsync(actor, id, file, cancel) is not { } mark)
            return Answer.NotFound();
        return (await files.RemoveAsync(id, file, actor, key: null, cancel)).OrPage(
            accepted: _ => Answer.Done($"/reviews/{review}/assessment/{mark.Item}#files", "evidence-removed"),
            refused: reason => Confirm(review, mark, visit, [reason]));
    }

    private static IResult Confirm(Guid review, Core.Reviews.FileMark mark, Visit visit, IReadOnlyList<Refusal> errors) =>
        Answer.Page<ConfirmPage>(
            new
            {
                Title = visit.Texts.Of("evidence.removal.title", ("name", mark.Name)),
                Consequence = visit.Texts["evidence.removal.consequence"],
                Action = $"/reviews/{review}/evidence/{mark.Id}/removal",
                Button = visit.Texts["evidence.removal.button"],
                Back = $"/reviews/{review}/assessment/{mark.Item}#files",
                Dangerous = true,
                Section = "reviews",
                Errors = errors,
            },
            errors is [var first, ..] ? first.Status() : StatusCodes.Status200OK);

    private static EvidenceUpload Fingerprint(EvidenceUpload upload) =>
        upload with { Content = upload.Content is { } content ? SHA256.HashData(content) : null };

    private static string LabelOr(string label) => label.Length == 0 ? "AMBER" : label;

    private static async Task<EvidenceUpload> UploadAsync(
        string item, string label, IFormFileCollection files, CancellationToken cancel)
    {
        if (files.GetFile("file") is not { } file || (file.FileName.Length == 0 && file.Length == 0))
            return new EvidenceUpload(item, label, "", null, null);
        var content = new byte[file.Length];
        await using var stream = file.OpenReadStream();
        await stream.ReadExactlyAsync(content, cancel);
        return new EvidenceUpload(item, label, file.FileName, file.ContentType, content);
    }
}

/// <summary>Files of a review.</summary>
public sealed record FileList(IReadOnlyList<FileBody> Items, string? Next);
