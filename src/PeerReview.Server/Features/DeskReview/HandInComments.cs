using System.Text.Json;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.DeskReview;

/// <summary>An expert hands the comments in: from then on they stand. Each carries the label of the answer it is about; the others
/// read them when every expert has handed in.</summary>
public sealed class HandInComments(ReviewCommands commands) : IStageCompletion
{
    public string Stage => CommentRules.Stage;

    public static void Map(WebRoutes routes) => routes.Pages.MapPost(
        "/reviews/{review:guid}/desk",
        (Guid review, Visit visit, Form form, HandInComments handIn, DeskPage page, CancellationToken cancel) =>
            handIn.PostAsync(review, visit, page, cancel));

    public Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, JsonElement body, CancellationToken cancel) => DecideAsync(work, cancel);

    private static async Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, CancellationToken cancel)
    {
        var (review, dossier) = (work.Review, work.Review.Dossier);
        if (Access.May(work.Actor, ReviewAct.WriteComment, review.Facts) is { } no)
            return no;
        if (SaveComment.Closed(review, work.Person) is { } closed)
            return closed;
        var rows = await work.ReadAsync(DeskRows.Statement, DeskRows.Args(review.Id, work.Person), DeskRows.ReadAsync, cancel);
        var items = CommentRules.ItemsOf(dossier, work.Person);
        // What was written on an item before stepping back from it is not handed in.
        var comments = rows.Where(row => row.Kind != CommentKind.Note && items.Contains(row.Item, StringComparer.Ordinal)).ToList();
        var missing = CommentRules.Missing(dossier, work.Person, [.. comments.Select(row => row.Item)]);
        if (!missing.IsEmpty)
            return new Refusal("comment.items-missing", RefusalKind.Conflict).With("count", missing.Length);
        var answers = await work.MaterialAsync(cancel);
        var sheet = new CommentSheet([
            .. comments.Select(row => new StandingComment(
                row.Id, row.Item, row.Kind, row.Text, row.AnswerVersion, LabelOf(row, answers).Code())
            {
                Said = Heard.KeysNamed(row.Text, answers),
            }),
        ]);
        // One text, under the strictest label in it, however many comments there are.
        var label = sheet.Comments.Select(comment => SharingLabels.Of(comment.Label)).DefaultIfEmpty(SharingLabel.Amber).Min();
        return new ReviewChange()
            .Write(
                WritingKind.Comments, work.Person.ToString(), 0, Contents.Write(sheet), label.Code(),
                dossier.Team.Language ?? dossier.WorkingLanguage)
            .Then(new ProcessCommand.Complete(work.Acting, CommentRules.Stage))
            .SendAfter(after => after.Facts.ReviewersDone ? ToOthers(after, work.Person) : []);
    }

    /// <summary>Nobody is blind any more: that is told to those whom no next step tells. The lead has one, and whoever was last sees it.</summary>
    private static IEnumerable<Letter> ToOthers(LoadedReview after, PersonId last) =>
        after.Dossier.Holding(RoleCode.Expert).Except(after.Dossier.Holding(RoleCode.Lead)).Where(expert => expert != last.Value)
            .Select(expert => ReviewLetters.About(after, LetterNames.CommentsOpen, new PersonId(expert)) with { Path = $"/reviews/{after.Id}/desk" });

    // That of the answer, or of a stakeholder it names who did not agree to be public.
    private static SharingLabel LabelOf(DeskRow comment, Material material) => SharingLabels.Inherit(
        Heard.Named(comment.Text, material).Select(said => said.Label)
            .Append(SharingLabels.Of(material.Find(WritingKind.Answer, comment.Item)?.Label ?? SharingLabel.Amber.Code())));

    private async Task<IResult> PostAsync(Guid review, Visit visit, DeskPage page, CancellationToken cancel)
    {
        var verdict = await commands.RunAsync(
            new ReviewId(review), visit.Caller.Actor, key: null, DecideAsync, cancel);
        return verdict is Verdict<Receipt>.Refused { Reason: var reason }
            ? await page.AgainAsync(visit, review, reason, cancel)
            : Answer.Done($"/reviews/{review}/desk", "comments-handed-in");
    }
}
