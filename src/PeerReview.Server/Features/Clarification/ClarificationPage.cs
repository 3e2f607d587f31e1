using System.Collections.Immutable;
using System.Text.Json;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Comparing;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Clarification;

/// <summary>The State has replied to everything the reviewing States asked, or declined to (guard G-REPLIED).</summary>
public sealed class FinishReplies : IStageCompletion
{
    public string Stage => ClarifyingRound.Replying;

    public Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, JsonElement body, CancellationToken cancel) => Task.FromResult(
        Access.May(work.Actor, ReviewAct.Reply, work.Review.Facts) is { } no
            ? no
            : (Verdict<ReviewChange>)new ReviewChange().Then(new ProcessCommand.Complete(work.Acting, Stage)));
}

/// <summary>The round of questions is over: every question has a reply or is declined (guard G-REPLIED).</summary>
public sealed class CloseRound : IStageCompletion
{
    public string Stage => ClarifyingRound.Stage;

    public async Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, JsonElement body, CancellationToken cancel)
    {
        // Either side may close it: the coordinator who asks, the State that replies. Where nothing was asked yet, it is
        // not for the State to say that nothing will be.
        if (Access.May(work.Actor, ReviewAct.AskQuestion, work.Review.Facts) is { } no)
        {
            if (Access.May(work.Actor, ReviewAct.Reply, work.Review.Facts) is not null)
                return no;
            if (!(await work.MaterialAsync(cancel)).Of(WritingKind.Question).Any())
                return StageDoor.Closed(work.Review.State, Stage) ?? new Refusal("clarify.not-asked", RefusalKind.Conflict);
        }

        return new ReviewChange().Then(new ProcessCommand.Complete(work.Acting, Stage));
    }
}

/// <summary>Questions and replies, side by side for both.</summary>
public sealed class ClarificationPage(
    ReviewLookup reviews, ReviewCommands commands, AskQuestion ask, ReplyToQuestion reply, StaleReply stale, CloseRound close, FinishReplies finish,
    StateNames states)
{
    public static void Map(WebRoutes routes)
    {
        routes.Pages.MapGet("/reviews/{review:guid}/questions", (Guid review, Visit visit, ClarificationPage page, CancellationToken cancel) =>
            page.ShowAsync(new ReviewId(review), visit, Form.Empty, [], StatusCodes.Status200OK, cancel));
        routes.Pages.MapPost("/reviews/{review:guid}/questions", (Guid review, Visit visit, Form form, ClarificationPage page, CancellationToken cancel) =>
            page.ActAsync(new ReviewId(review), visit, form, cancel));
        routes.Api.MapGet("/reviews/{review:guid}/questions", async (Guid review, Visit visit, ClarificationPage page, CancellationToken cancel) =>
            {
                var found = await page.FindAsync(new ReviewId(review), visit, cancel);
                return found is null ? ReviewRefusals.NotFound.ToProblem() : (IResult)TypedResults.Ok(new Listing<QuestionLine>(found.Lines));
            })
            .WithName("ListQuestions").WithTags("reviews");
    }

    private async Task<IResult> ActAsync(ReviewId review, Visit visit, Form form, CancellationToken cancel)
    {
        if (form.Text("act") is not ("ask" or "reply" or "close"))
            return await ShowAsync(review, visit, form, [ReviewRefusals.UnknownAct], StatusCodes.Status422UnprocessableEntity, cancel);
        var actor = visit.Caller.Actor;
        var (verdict, notice) = form.Text("act") switch
        {
            "ask" => (await ask.RunAsync(review, QuestionRequest.AllOf(form), actor, null, cancel), "asked"),
            "reply" => (await reply.RunAsync(
                review, form.Text("question"), RequestOf(form), actor, null, cancel), "replied"),
            _ => (await commands.RunAsync(review, actor, null, (work, token) => CloseAsync(work, token), cancel), "round-closed"),
        };
        if (verdict is Verdict<Receipt>.Accepted)
            return Answer.Done($"/reviews/{review}/questions", notice);
        var reason = ((Verdict<Receipt>.Refused)verdict).Reason;
        if (reason.Code == "writing.stale")
            return await ShowMergedAsync(review, visit, form, cancel);
        return reason.Kind == RefusalKind.NotFound
            ? Answer.NotFound()
            : await ShowAsync(review, visit, form, [.. reason.All.Select(r => OnPage(r, form))], reason.Status(), cancel);
    }

    private Task<Verdict<ReviewChange>> CloseAsync(ReviewWork work, CancellationToken cancel) => work.Review.HasTeam
        ? finish.DecideAsync(work, default, cancel)
        : close.DecideAsync(work, default, cancel);

    // Somebody else of the State replied meanwhile: both come together in the form.
    private async Task<IResult> ShowMergedAsync(ReviewId review, Visit visit, Form mine, CancellationToken cancel)
    {
        var question = mine.Text("question");
        var versions = await stale.VersionsAsync(review, question, mine.Number("version") ?? 0, visit.Caller.Actor, cancel);
        if (await FindAsync(review, visit, cancel) is not { } found || versions is not { Theirs: { } theirs })
            return Answer.NotFound();
        var merge = FormMerge.Of(
            ReplyFields(versions.Value.Origin), ReplyFields(theirs), mine, (found.Review.Find(theirs.Author)?.Name ?? "", theirs.Version),
            [
                new FieldToMerge($"reply-{question}", visit.Texts["clarification.your_reply"]) { IsText = true },
                new FieldToMerge($"addressed-{question}", visit.Texts["clarification.addressed"]),
                new FieldToMerge("declines", visit.Texts["clarification.declines"]) { Multiple = true, Shown = _ => visit.Texts["clarification.declines"] },
            ]);
        return Show(found, visit, merge.Form, [], StatusCodes.Status409Conflict, merge);
    }

    private static Form ReplyFields(Writing? version) =>
        version is null ? Form.Empty : ReplyFields(version.Key, Contents.ReadReply(version));

    private static Form ReplyFields(string question, ReplyContent reply) => Form.Filled(new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        [$"reply-{question}"] = [reply.Text],
        [$"addressed-{question}"] = [FormattableString.Invariant($"{reply.AddressedIn}")],
        ["declines"] = reply.Declines ? ["on"] : [],
    });

    private static ReplyRequest RequestOf(Form form)
    {
        var question = form.Text("question");
        return new ReplyRequest(
            form.Text($"reply-{question}"), form.IsOn("declines"), form.Number("version"), form.Number($"addressed-{question}"));
    }

    // Each reply has fields of its own names, so that a sentence about one leads to it.
    private static Refusal OnPage(Refusal reason, Form form) => (reason.Field, form.Text("act")) switch
    {
        ("text", "reply") => reason with { Field = $"reply-{form.Text("question")}" },
        ("addressed_in", "reply") => reason with { Field = $"addressed-{form.Text("question")}" },
        _ => reason,
    };

    private async Task<IResult> ShowAsync(
        ReviewId id, Visit visit, Form form, IReadOnlyList<Refusal> errors, int status, CancellationToken cancel)
    {
        return await FindAsync(id, visit, cancel) is { } found ? Show(found, visit, form, errors, status, null) : Answer.NotFound();
    }

    private IResult Show(
        FoundQuestions found, Visit visit, Form form, IReadOnlyList<Refusal> errors, int status,
        FormMerge? merge)
    {
        var (review, lines) = (found.Review, found.Lines);
        var actor = visit.Caller.Actor;
        var open = StageDoor.Closed(review.State, ClarifyingRound.StageOf(review.State)) is null;
        var asks = open && !review.HasTeam && Access.May(actor, ReviewAct.AskQuestion, review.Facts) is null;
        return Answer.Page<ClarificationView>(
            new
            {
                Model = new ClarificationModel(
                    review,
                    states.Of(review.Subject.Iso3, visit.Texts.Language),
                    lines,
                    asks && lines.All(l => l.OfTeam || l.Reply is null),
                    [.. lines.Where(l => open && Access.May(actor, ReviewAct.Reply, review.Facts, review.Dossier.Clarification(l.Item)) is null).Select(l => l.Key)],
                    open && lines.Any(l => review.HasTeam || !l.OfTeam) && review.Dossier.OpenQuestions.IsEmpty,
                    open && review.Dossier.OpenQuestions.IsEmpty
                        && (asks
                            || ((review.HasTeam || lines.Length > 0) && Access.May(actor, ReviewAct.Reply, review.Facts) is null && ActsAsFocalPoint(review, actor))),
                    form,
                    merge,
                    errors)
                {
                    Narrowed = found.Narrowed,
                    NotShown = found.NotShown,
                },
            },
            status);
    }

    // Whoever replies for the State is not always who closes the round: the process names the focal point.
    private static bool ActsAsFocalPoint(LoadedReview review, Actor actor) =>
        actor.Person is { } person && review.RolesOf(person).Any(held => review.Process.ActsAs(held, RoleCode.FocalPoint));

    private async Task<FoundQuestions?> FindAsync(ReviewId id, Visit visit, CancellationToken cancel)
    {
        var actor = visit.Caller.Actor;
        var found = await reviews.FindAsync(actor, id, MaterialSql.Statements + EarlierAnswers.Statement, new { Review = id.Value }, EarlierAnswers.ReadAsync, cancel);
        // A contributor reads of the own items alone, and of no general question.
        if (found is null || !found.Review.Serves("clarify", "state_reply") || found.Review.Dossier.Items.Select(item => (string?)item).Prepend(null).All(item => Access.Visible(
            actor, found.Review.Dossier.Clarification(item), found.Review.Facts).Extent == Extent.Nothing))
        {
            return null;
        }

        var (review, material) = (found.Review, found.More.Material);
        return new FoundQuestions(review, [.. Lines(review, material, found.More.Answers, actor)])
        {
            Narrowed = material.Of(WritingKind.Question).Count(question => Reads(review, question, SharingLabels.Of(question.Label), actor)
                && !Reads(review, question, ClarifyingRound.LabelOf(question, material), actor)),
            NotShown = material.Of(WritingKind.Question).Count(question => Reads(review, question, SharingLabel.Clear, actor)
                && !Reads(review, question, SharingLabels.Of(question.Label), actor)),
        };
    }

    private static bool Reads(LoadedReview review, Writing question, SharingLabel label, Actor actor) =>
        Access.Visible(actor, review.Dossier.Clarification(Contents.ReadQuestion(question).Item), review.Facts, label).CanRead;

    /// <summary>The questions a reader may read.</summary>
    private sealed record FoundQuestions(LoadedReview Review, ImmutableArray<QuestionLine> Lines)
    {
        /// <summary>How many the reader could read until the State labelled the answer for fewer readers.</summary>
        public int Narrowed { get; init; }

        /// <summary>How many the reader would read but for the label they were asked under.</summary>
        public int NotShown { get; init; }
    }

    private static IEnumerable<QuestionLine> Lines(LoadedReview review, Material material, EarlierAnswers earlier, Actor actor) =>
        from writing in material.Of(WritingKind.Question).OrderBy(w => w.At).ThenBy(w => w.Key, StringComparer.Ordinal)
        let question = Contents.ReadQuestion(writing)
        let label = ClarifyingRound.LabelOf(writing, material)
        where Reads(review, writing, label, actor)
        let reply = Access.Visible(actor, review.Dossier.Reply(question.Item, review.State), review.Facts, label).CanRead
            ? material.Find(WritingKind.Reply, writing.Key)
            : null
        let said = reply is null ? null : Contents.ReadReply(reply)
        select new QuestionLine(
            writing.Key, question.Item, question.Text, writing.At, said?.Text, said?.Declines ?? false, reply?.Version ?? 0, reply?.At,
            Readership.Of(review.Dossier.Clarification(question.Item), review.Facts, label))
        {
            Language = writing.Language,
            OfTeam = ClarifyingRound.IsOfTeam(writing, review.Dossier.Asked),
            ReplyLanguage = reply?.Language,
            RepliedBy = IsOfState(review, actor) ? reply?.Author : null,
            AddressedIn = said?.AddressedIn,
            IsHeld = reply is not null && review.Dossier.Reply(question.Item, review.State).Draft,
            Later = LaterVersion(question.Item, review, material),
            MayRewrite = question.Item is { } about
                && AnswerDoor.Closed(actor, ReviewAct.SaveAnswer, about, review.Facts, review.State, review.Dossier) is null,
            Answer = question.Item is { } item ? AnswerTo(item, review, material, actor) : null,
            Changed = question.Item is { } changed ? ChangeOf(changed, writing.At, review, material, earlier, actor) : null,
        };

    private static AnswerChange? ChangeOf(
        string item, DateTimeOffset asked, LoadedReview review, Material material, EarlierAnswers earlier, Actor actor) =>
        material.Find(WritingKind.Answer, item) is { } answer && earlier.Before(item, asked, answer.Version) is { } before
            ? new AnswerChange(answer.Version, before, earlier.Opens(item, before, review, actor))
            : null;

    private static bool IsOfState(LoadedReview review, Actor actor) => actor is { Eyes: null, Person: { } person }
        && review.RolesOf(person).Any(role => role is RoleCode.Authority or RoleCode.FocalPoint or RoleCode.Alternate or RoleCode.Contributor);

    // The version saved since the reviewing States asked; null where the answer stands as it was handed in.
    private static int? LaterVersion(string? item, LoadedReview review, Material material) =>
        item is not null && review.Dossier.Asked is { } asked && material.Find(WritingKind.Answer, item) is { } answer && answer.At > asked.At
            ? answer.Version
            : null;

    // The answer it is about, as far as its label opens it to the reader.
    private static Core.Assessment.Answer? AnswerTo(string item, LoadedReview review, Material material, Actor actor) =>
        material.Find(WritingKind.Answer, item) is { } answer
        && Access.Visible(actor, review.Dossier.Answer(item), review.Facts, SharingLabels.Of(answer.Label)).CanRead
            ? Contents.ReadAnswer(answer)
            : null;
}

/// <summary>What the page draws.</summary>
/// <param name="MayReply">Keys of the questions the reader can reply to.</param>
/// <param name="Merge">Where somebody else replied meanwhile: what became of both texts; the form holds them.</param>
/// <param name="AllReplied">Whether only the closing of the round is left.</param>
public sealed record ClarificationModel(
    LoadedReview Review,
    string State,
    ImmutableArray<QuestionLine> Lines,
    bool MayAsk,
    ImmutableArray<string> MayReply,
    bool AllReplied,
    bool MayClose,
    Form Form,
    FormMerge? Merge,
    IReadOnlyList<Refusal> Errors)
{
    /// <summary>How many questions the reader could read until the State labelled the answer for fewer readers.</summary>
    public int Narrowed { get; init; }

    /// <summary>How many the reader would read but for the label they were asked under.</summary>
    public int NotShown { get; init; }
}
