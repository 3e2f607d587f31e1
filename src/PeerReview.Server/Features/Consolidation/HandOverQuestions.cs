using System.Text.Json;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Features.Consolidation;

/// <summary>Every comment leads somewhere: the State gets the questions, each under the strictest label of what it grew
/// from.</summary>
public sealed class HandOverQuestions(WordingGuard wording) : IStageCompletion
{
    public string Stage => SaveConsolidation.Stage;

    public async Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, JsonElement body, CancellationToken cancel)
    {
        var (review, dossier) = (work.Review, work.Review.Dossier);
        if (Access.May(work.Actor, ReviewAct.Consolidate, review.Facts) is { } no)
            return no;
        if (StageDoor.Closed(review.State, Stage) is { } closed)
            return closed;
        var material = await work.MaterialAsync(cancel);
        var (sheet, comments) = (ConsolidationRules.SheetOf(material), ConsolidationRules.Comments(material));
        if (ConsolidationRules.Missing(sheet, comments) is var missing and > 0)
            return new Refusal("consolidation.comments-open", RefusalKind.Conflict).With("count", missing);
        // Wording that could blame somebody does not leave the team before somebody has looked at it.
        if (sheet.Questions.FirstOrDefault(q => !q.NamesNobody && !wording.Flags(q.Text, dossier.Subject).IsEmpty) is { } flagged)
            return new Refusal("consolidation.wording", RefusalKind.Conflict).With("question", flagged.Id);
        // Contributors read the questions, though not who sent what.
        if (sheet.Questions.FirstOrDefault(q => !q.NamesNobody && !Heard.NamesIn(q.Text, material).IsEmpty) is { } named)
            return new Refusal("consolidation.names", RefusalKind.Conflict).With("question", named.Id);
        var language = dossier.Team.Language ?? dossier.WorkingLanguage;
        var about = sheet.Questions.Where(q => q.Item is not null).Select(q => new AskedItem(q.Id, q.Item!));
        return sheet.Questions.Aggregate(
            new ReviewChange().Record(new ReviewEvent.QuestionsAsked([.. about], work.Person.Value)),
            (change, question) => change.Write(
                WritingKind.Question, question.Id, 0, Contents.Write(new QuestionContent(question.Item, question.Text)),
                ConsolidationRules.LabelOf(question, sheet, material).Code(), language))
            .Then(new ProcessCommand.Complete(work.Acting, Stage));
    }
}
