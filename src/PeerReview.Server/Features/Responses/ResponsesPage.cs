using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Comparing;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Responses;

/// <summary>The recommendations with the State's responses.</summary>
public sealed class ResponsesPage(ReviewLookup reviews, ReviewCommands commands, SaveResponse save, TextVersions versions, StateNames names)
{
    public static void Map(WebRoutes routes)
    {
        routes.Pages.MapGet("/reviews/{review:guid}/responses", (Guid review, Visit visit, ResponsesPage page, CancellationToken cancel) =>
            page.DrawAsync(visit, new ReviewId(review), Form.Empty, [], null, StatusCodes.Status200OK, cancel));
        routes.Pages.MapPost("/reviews/{review:guid}/responses", (Guid review, Visit visit, Form form, ResponsesPage page, CancellationToken cancel) =>
            page.PostAsync(visit, new ReviewId(review), form, cancel));
        routes.Api.MapGet(
            "/reviews/{review:guid}/responses",
            (Guid review, Visit visit, ResponsesPage page, HttpContext http, CancellationToken cancel) =>
                page.ReadAsync(visit, new ReviewId(review), http, cancel))
            .WithName("ListResponses").WithTags("reviews").Produces<ResponsesBody>();
    }

    private async Task<IResult> ReadAsync(Visit visit, ReviewId id, HttpContext http, CancellationToken cancel)
    {
        if (await FindAsync(visit, id, cancel) is not { } found)
            return ReviewRefusals.NotFound.ToProblem();
        return ETags.Content(http, new ResponsesBody(
            [
                .. found.More.Of(WritingKind.Response).Where(text => Opens(visit, found.Review, text))
                    .Select(text => (text, Content: Contents.ReadResponse(text)))
                    .Select(r => new ResponseBody(r.text.Key, r.Content.Answer, r.Content.Reason, r.text.Version)),
            ],
            RecommendationResponses.HashOf(found.More)));
    }

    private async Task<IResult> PostAsync(Visit visit, ReviewId id, Form form, CancellationToken cancel)
    {
        var (actor, recommendation) = (visit.Caller.Actor, form.Text("recommendation"));
        var (verdict, notice, anchor) = form.Text("act") switch
        {
            "save" => (await save.RunAsync(
                id, recommendation, new ResponseRequest(form.Text("answer"), form.Text("reason"), form.Number("version"), form.IsOn("names_nobody")), actor, key: null, cancel),
                "response-saved", $"#{recommendation}"),
            "sign" => (await commands.RunAsync(
                id, actor, key: null,
                (work, token) => SignResponses.DecideAsync(
                    work, new ResponsesSignature { ContentHash = form.Text("content_hash"), Signature = SignatureRequest.Of(form) }, token),
                cancel), "responses-signed", ""),
            _ => (ReviewRefusals.UnknownAct, "", ""),
        };
        if (verdict is not Verdict<Receipt>.Refused { Reason: var reason })
            return Answer.Done($"/reviews/{id}/responses{anchor}", notice);
        if (reason.Kind == RefusalKind.NotFound)
            return Answer.NotFound();
        return reason.Code == "writing.stale"
            && await versions.FindAsync(actor, id, WritingKind.Response, recommendation, form.Number("version") ?? 0, cancel) is { } saved
            ? await DrawAsync(visit, id, form, [], Merge(visit, saved, form), reason.Status(), cancel)
            : await DrawAsync(visit, id, form, [.. reason.All], null, reason.Status(), cancel);
    }

    // Somebody else of the State saved meanwhile: both come together in the form.
    private static FormMerge Merge(Visit visit, SavedMeanwhile saved, Form mine) => FormMerge.Of(
        Fields(saved.Origin), Fields(saved.Theirs), mine, (saved.Author, saved.Theirs.Version),
        [
            new FieldToMerge("answer", visit.Texts["responses.answer_legend"])
            {
                Shown = answer => answer.Length == 0 ? "" : visit.Texts["responses.answer." + answer],
            },
            new FieldToMerge("reason", visit.Texts["responses.reason"]) { IsText = true },
        ]);

    private static Form Fields(Writing? version) => version is null ? Form.Empty : Form.Filled(new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["answer"] = [Contents.ReadResponse(version).Answer],
        ["reason"] = [Contents.ReadResponse(version).Reason],
    });

    private async Task<IResult> DrawAsync(
        Visit visit, ReviewId id, Form form, IReadOnlyList<Refusal> errors, FormMerge? merge, int status, CancellationToken cancel)
    {
        if (await FindAsync(visit, id, cancel) is not { } found)
            return Answer.NotFound();
        var (review, material, actor) = (found.Review, found.More, visit.Caller.Actor);
        var open = StageDoor.Closed(review.State, RecommendationResponses.Stage) is null;
        var signed = review.Dossier.SignedHash(SignedAct.Responses, RoleCode.Authority) is not null;
        ImmutableArray<ResponseLine> lines = [.. Lines(visit, review, material)];
        return Answer.Page<ResponsesView>(
            new
            {
                Model = new ResponsesModel(
                    review, names.Of(review.Subject.Iso3, visit.Texts.Language), visit.Caller.Person!, lines,
                    merge?.Form ?? form, errors)
                {
                    Hash = RecommendationResponses.HashOf(material),
                    HasClosed = lines.Length < material.Of(WritingKind.Recommendation).Count(),
                    MayWrite = open && Access.May(actor, ReviewAct.Respond, review.Facts) is null,
                    MaySign = open && Access.May(actor, ReviewAct.DecidePublication, review.Facts) is null,
                    Signature = signed && material.Find(WritingKind.Signature, $"{SignedAct.Responses}:{RoleCode.Authority}") is { } signature
                        ? Contents.ReadSignature(signature)
                        : null,
                    Merge = merge,
                },
            },
            status);
    }

    private static IEnumerable<ResponseLine> Lines(Visit visit, LoadedReview review, Material material) =>
        from text in material.Of(WritingKind.Recommendation)
        where Access.Visible(visit.Caller.Actor, ReviewDocuments.Recommendation(review.Facts), review.Facts, SharingLabels.Of(text.Label)).CanRead
        let response = material.Find(WritingKind.Response, text.Key) is { } written && Opens(visit, review, written) ? written : null
        select new ResponseLine(text, Contents.ReadRecommendation(text), response, response is null ? null : Contents.ReadResponse(response));

    /// <summary>For those who read responses, once there is an agreed report.</summary>
    private async Task<Found<Material>?> FindAsync(Visit visit, ReviewId id, CancellationToken cancel)
    {
        var found = await reviews.FindAsync(
            visit.Caller.Actor, id, MaterialSql.Statements, new { Review = id.Value }, MaterialSql.ReadAsync, cancel);
        return found is { Review: { HasTeam: true, Facts.Agreed: true } review } && review.Serves("rec_response") && Opens(visit, review, null) ? found : null;
    }

    private static bool Opens(Visit visit, LoadedReview review, Writing? text) => Access.Visible(
        visit.Caller.Actor, review.Dossier.Response(), review.Facts, text is null ? null : SharingLabels.Of(text.Label)).CanRead;
}
