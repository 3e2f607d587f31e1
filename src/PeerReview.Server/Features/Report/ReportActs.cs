using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Comparing;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Report;

/// <summary>The forms on the page of the report.</summary>
public sealed class ReportActs(
    ReviewCommands commands, CommentOnDraft comments, SettleComment settle, SaveDissent dissent, FinishFactCheck finish, TextVersions versions,
    ReportReader reports, ReportPage page)
{
    public static void Map(WebRoutes routes) => routes.Pages.MapPost(
        "/reviews/{review:guid}/report",
        (Guid review, Visit visit, Form form, ReportActs acts, CancellationToken cancel) => acts.PostAsync(new ReviewId(review), visit, form, cancel));

    private async Task<IResult> PostAsync(ReviewId id, Visit visit, Form form, CancellationToken cancel)
    {
        var (verdict, notice, anchor) = await ActAsync(id, visit.Caller.Actor, form, cancel);
        if (verdict is not Verdict<Receipt>.Refused { Reason: var reason })
            return Answer.Done($"/reviews/{id}/report{anchor}", notice);
        if (reason.Kind == RefusalKind.NotFound)
            return Answer.NotFound();
        var again = new ReportAgain { Form = form, Changes = form.Text("comment"), Errors = [.. reason.All], Status = reason.Status() };
        return await page.DrawAsync(visit, id, reason.Code == "writing.stale" ? await MergedAsync(id, visit, form, again, cancel) : again, cancel);
    }

    private async Task<(Verdict<Receipt> Verdict, string Notice, string Anchor)> ActAsync(ReviewId id, Actor actor, Form form, CancellationToken cancel) =>
        form.Text("act") switch
        {
            "comment" => (await comments.RunAsync(
                id, form.Text("comment") is { Length: > 0 } comment ? comment : null,
                new DraftCommentRequest(form.Text("about"), form.Text("text"), form.Number("version"), form.IsOn("names_nobody")), actor, key: null, cancel), "draft-comment-saved", "#comments"),
            "settle" => (await settle.RunAsync(
                id, form.Text("comment"), new OutcomeRequest(form.Text("outcome"), form.Text("note"), form.Number("version") ?? 0), actor, key: null, cancel),
                "draft-comment-settled", "#comments"),
            "finish" => (await commands.RunAsync(id, actor, key: null, (work, token) => finish.DecideAsync(work, default, token), cancel), "facts-checked", ""),
            "confirm" => (await commands.RunAsync(
                id, actor, key: null,
                (work, token) => ConfirmReport.DecideAsync(
                    work, AgreementRules.Open(work.Review.State) ?? AgreementRules.Stage,
                    new ReportConfirmation { ContentHash = form.Text("content_hash"), Signature = SignatureRequest.Of(form) }, token),
                cancel), "report-confirmed", ""),
            "fail" => (await commands.RunAsync(
                id, actor, key: null, (work, _) => Task.FromResult(StateNoAgreement.Decide(work, form.Text("reason"))), cancel), "no-agreement-stated", ""),
            "dissent" => (await dissent.RunAsync(id, new DissentRequest(form.Text("text"), form.Number("version"), form.IsOn("names_nobody")), actor, key: null, cancel), "dissent-saved", "#dissent"),
            "withdraw" => (await dissent.WithdrawAsync(id, actor, key: null, cancel), "dissent-withdrawn", "#dissent"),
            _ => (ReviewRefusals.UnknownAct, "", ""),
        };

    /// <summary>Somebody else of the same side saved meanwhile: both texts come together in the form.</summary>
    private async Task<ReportAgain> MergedAsync(ReviewId id, Visit visit, Form form, ReportAgain again, CancellationToken cancel)
    {
        if (await reports.FindAsync(visit.Caller.Actor, id, cancel) is not { } report)
            return again;
        var (kind, key, label) = form.Text("act") == "dissent"
            ? (WritingKind.Dissent, ConfirmReport.PartyOf(report.Review, visit.Caller.Id) ?? "", visit.Texts["report_page.dissent.field"])
            : (WritingKind.DraftComment, form.Text("comment"), visit.Texts["report_page.comment.text"]);
        if (form.Text("act") == "settle"
            || await versions.FindAsync(visit.Caller.Actor, id, kind, key, form.Number("version") ?? 0, cancel) is not { } saved)
        {
            return again;
        }

        var merge = FormMerge.Of(
            Fields(saved.Origin), Fields(saved.Theirs), form, (saved.Author, saved.Theirs.Version), [new FieldToMerge("text", label) { IsText = true }]);
        return again with { Form = merge.Form, Merge = merge, Errors = [] };
    }

    private static Form Fields(Writing? version) => version is null ? Form.Empty : Form.Filled(new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["text"] = [version.Kind == WritingKind.Dissent ? Contents.ReadNote(version).Text : Contents.ReadDraftComment(version).Text],
    });
}
