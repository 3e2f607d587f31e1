using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Dialogue.Minutes;

/// <summary>Experts or coordinator write the next version of the record: how each point ended, and what each side learnt. Whoever
/// confirmed an earlier version confirms again.</summary>
public sealed class SaveRecord(ReviewCommands commands, WordingGuard wording)
{
    public static void Map(WebRoutes routes) => routes.Api.MapPut(
        "/reviews/{review:guid}/dialogue/record",
        async (Guid review, RecordRequest request, Visit visit, SaveRecord save, HttpContext http, CancellationToken cancel) =>
            (await save.RunAsync(new ReviewId(review), request, visit.Caller.Actor, Idempotency.Of(http, request), cancel)).OrProblem(TypedResults.Ok))
        .WithName(nameof(SaveRecord)).WithTags("reviews").Produces<Receipt>();

    /// <summary>Runs the use case.</summary>
    public Task<Verdict<Receipt>> RunAsync(ReviewId review, RecordRequest request, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(
            review, actor, key, new WritingRef(WritingKind.DialogueRecord, DialogueRules.Key), (work, token) => DecideAsync(work, request, token), cancel);

    private async Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, RecordRequest request, CancellationToken cancel)
    {
        var review = work.Review;
        if (DialogueWork.MayNot(work, ReviewAct.WriteDialogue) is { } no)
            return no;
        var found = new FoundDialogue(review, await work.MaterialAsync(cancel), work.Actor);
        // Nobody writes over what they cannot read, nor of points they do not see.
        if (found.KeepsRecord || found.KeepsPoints)
            return new Refusal("dialogue.kept-back", RefusalKind.NotAllowed);
        var record = request.ToContent();
        if (DialogueRecordRules.Check(record, [.. found.Agenda.Select(point => point.Key)]).ToList() is { Count: > 0 } problems)
            return Refusal.Of(problems);
        var text = new NewText(
            WritingKind.DialogueRecord, DialogueRules.Key, (work.Current?.Version ?? 0) + 1, Contents.Write(record),
            DialogueRules.LabelOf(found.Material).Code(), DialogueWork.LanguageOf(review));
        if (work.Current is { } current && current.Content == text.CanonicalContent())
            return new ReviewChange().Made(DialogueRules.Key);
        if (text.Version - 1 != (request.Version ?? 0))
            return ReviewRefusals.Stale(text.Version - 1);
        if (Passages(record).Select(p => wording.Flagged(p.Text, request.NamesNobody, review, p.Field)).FirstOrDefault(no => no is not null) is { } flagged)
            return flagged;
        return new ReviewChange()
            .Write(text.Kind, text.Key, text.Version - 1, text.Content, text.Label, text.Language)
            .SendAfter(after => Letters(review, after, work.Person))
            .Made(DialogueRules.Key);
    }

    /// <summary>What is searched for wording that blames, each with its field.</summary>
    private static IEnumerable<(string Field, string Text)> Passages(DialogueRecordContent record) =>
    [
        .. record.Outcomes.Select(outcome => ($"note.{outcome.Point}", outcome.Note)),
        ("text", record.Text), ("learnt_by_state", record.LearntByState), ("learnt_by_reviewers", record.LearntByReviewers),
    ];

    /// <summary>With the first version to all who confirm; with a later one to those who had confirmed, and to the State that commented. Before
    /// all States have met there is nothing to confirm: then the session that was missing brings the letters.</summary>
    private static IEnumerable<Letter> Letters(LoadedReview before, LoadedReview after, PersonId by) => !after.Dossier.Dialogue.IsToConfirm
        ? []
        : before.Dossier.Dialogue.HasRecord
        ? DialogueWork.ToParties(after, LetterNames.DialogueRecordChanged, by, DialogueRules.Parties.Where(party => IsConcerned(before.Dossier, party)))
        : DialogueWork.ToParties(after, LetterNames.DialogueRecord, by, DialogueRules.Parties);

    private static bool IsConcerned(Dossier before, string party) =>
        before.SignedHash(SignedAct.Dialogue(party), DialogueRules.RoleOf(party)) is not null
        || (party == DialogueRules.Subject && before.Dialogue.OpenComments > 0);
}

/// <summary>A record as it comes in.</summary>
public sealed record RecordRequest : IVersioned
{
    IVersioned IVersioned.On(int version) => this with { Version = version };

    /// <summary>What is not about one point; may be empty.</summary>
    public string Text { get; init; } = "";

    /// <summary>How each point of the agenda ended.</summary>
    public ImmutableArray<OutcomeRequest> Outcomes { get; init; } = [];

    public string LearntByState { get; init; } = "";

    public string LearntByReviewers { get; init; } = "";

    /// <summary>The author looked again at wording that was flagged: it blames nobody.</summary>
    public bool NamesNobody { get; init; }

    /// <summary>The version it was written on, 0 for the first; <c>If-Match</c> says the same.</summary>
    public int? Version { get; init; }

    internal DialogueRecordContent ToContent() => new(
        Text.Tidy(), [.. (Outcomes.IsDefault ? [] : Outcomes).Select(o => new PointOutcome(o.Point, o.Outcome, o.Note.Tidy()))], LearntByState.Tidy(),
        LearntByReviewers.Tidy(), NamesNobody);
}

/// <summary>How a point ended, as it comes in.</summary>
/// <param name="Outcome"><c>answered</c>, <c>agreed</c> or <c>left_open</c>.</param>
/// <param name="Note">What was said; may be empty.</param>
public sealed record OutcomeRequest(string Point = "", string Outcome = "", string Note = "");
