using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.DeskReview;

/// <summary>An expert writes a comment, changes one, says that there is none, or keeps a note. Nothing of it enters the record of the
/// review before it is handed in: the others must not learn of it even from a count.</summary>
public sealed class SaveComment(ReviewCommands commands, WordingGuard wording)
{
    /// <summary>The stage in which comments are written.</summary>
    public static void Map(WebRoutes routes)
    {
        routes.Api.MapPost(
            "/reviews/{review:guid}/comments",
            async (Guid review, CommentRequest request, Visit visit, SaveComment save, HttpContext http, CancellationToken cancel) =>
                (await save.RunAsync(new ReviewId(review), null, request, visit.Caller.Actor, Idempotency.Of(http, request), cancel))
                .OrProblem(receipt => TypedResults.Created($"/api/v1/reviews/{review}/comments", receipt)))
            .WithName(nameof(SaveComment)).WithTags("reviews").Produces<Receipt>(StatusCodes.Status201Created);
        routes.Api.MapPut(
            "/reviews/{review:guid}/comments/{comment:guid}",
            async (Guid review, Guid comment, CommentRequest request, Visit visit, SaveComment save, HttpContext http, CancellationToken cancel) =>
                (await save.RunAsync(new ReviewId(review), comment, request, visit.Caller.Actor, Idempotency.Of(http, request), cancel))
                .OrProblem(TypedResults.Ok))
            .WithName("ChangeComment").WithTags("reviews").Produces<Receipt>();
    }

    /// <summary>Runs the use case; the receipt's key is the comment.</summary>
    /// <param name="comment">The comment to be changed; null for a new one.</param>
    public Task<Verdict<Receipt>> RunAsync(
        ReviewId review, Guid? comment, CommentRequest request, Actor actor, CommandKey? key, CancellationToken cancel) =>
        commands.RunAsync(review, actor, key, (work, token) => DecideAsync(work, comment, request, token), cancel);

    /// <summary>The code that says: the expert has not declared.</summary>
    internal const string DeclareFirst = "comment.declare-first";

    /// <summary>Why the expert can write nothing now; null when they can.</summary>
    internal static Refusal? Closed(LoadedReview review, PersonId person) =>
        StageDoor.Closed(review.State, CommentRules.Stage)
        ?? (review.State[review.Process.Stage(CommentRules.Stage)].Part(person.ToString()) is { Status: PartStatus.Open }
            ? null
            : new Refusal("comment.handed-in", RefusalKind.Conflict))
        // Whoever steps in declares first, like everybody before them.
        ?? (review.Dossier.HasDeclared(person.Value) ? null : new Refusal(DeclareFirst, RefusalKind.Conflict));

    private async Task<Verdict<ReviewChange>> DecideAsync(
        ReviewWork work, Guid? id, CommentRequest request, CancellationToken cancel)
    {
        var review = work.Review;
        if (Access.May(work.Actor, ReviewAct.WriteComment, review.Facts) is { } no)
            return no;
        if (Closed(review, work.Person) is { } closed)
            return closed;
        var rows = await work.ReadAsync(DeskRows.Statement, DeskRows.Args(review.Id, work.Person), DeskRows.ReadAsync, cancel);
        var stands = rows.FirstOrDefault(row => row.Id == id);
        if (id is not null && stands is null)
            return new Refusal("comment.unknown", RefusalKind.NotFound);
        // Words that stand in the form when "no comment" is pressed would be lost.
        if (request.Kind == CommentKind.NoComment && !string.IsNullOrWhiteSpace(request.Text))
            return new Refusal("comment.words-typed", RefusalKind.Invalid, "text");
        var comment = request.ToContent(stands);
        // A note stays a note, and "no comment" stays alone.
        if (stands is not null && stands.Kind != comment.Kind && !(IsWritten(stands.Kind) && IsWritten(comment.Kind)))
            return new Refusal("comment.kind", RefusalKind.Invalid, "kind");
        if (CommentRules.Check(comment, CommentRules.ItemsOf(review.Dossier, work.Person)).ToList() is { Count: > 0 } problems)
            return Refusal.Of(problems);
        if (IsWritten(comment.Kind) && comment.Kind != CommentKind.Question && stands?.Kind != comment.Kind && await IsKeptAsync(work, comment.Item, cancel))
            return new Refusal("comment.kept", RefusalKind.Invalid, "kind");
        var same = rows.Where(row => row.Item == comment.Item && row.Id != id).ToList();
        // One note, and one "no comment", for each item: saving again changes it.
        stands ??= same.Find(row => row.Kind == comment.Kind && comment.Kind is CommentKind.Note or CommentKind.NoComment);
        if (comment.Kind == CommentKind.NoComment && same.Exists(row => IsWritten(row.Kind)))
            return new Refusal("comment.has-comments", RefusalKind.Conflict, "kind");
        if (stands is null && same.Count(row => row.Kind != CommentKind.Note) >= CommentRules.MostPerItem)
            return new Refusal("comment.too-many", RefusalKind.Conflict, "text").With("max", CommentRules.MostPerItem);
        if (stands is not null && stands.Text == comment.Text && stands.Kind == comment.Kind)
            return new ReviewChange().Made(stands.Id.ToString());
        if (stands is not null && (request.Version ?? 0) != stands.Version)
            return ReviewRefusals.Stale(stands.Version);
        // Once it is handed in, the other experts read it, and later the State.
        if (IsWritten(comment.Kind) && wording.Flagged(comment.Text, request.NamesNobody, review, "text") is { } flagged)
            return flagged;
        return Change(work, comment, stands, same);
    }

    /// <summary>Whether the expert cannot read the answer: whoever speaks of it would say what they do not know.</summary>
    private static async Task<bool> IsKeptAsync(ReviewWork work, string item, CancellationToken cancel) =>
        (await work.MaterialAsync(cancel)).Find(WritingKind.Answer, item) is { } answer
        && !Access.Visible(work.Actor, work.Review.Dossier.Answer(item), work.Review.Facts, SharingLabels.Of(answer.Label)).CanRead;

    private static bool IsWritten(string kind) => CommentKind.Written.Contains(kind, StringComparer.Ordinal);

    private static ReviewChange Change(ReviewWork work, CommentContent comment, DeskRow? stands, List<DeskRow> same)
    {
        var change = new ReviewChange();
        // Whoever comments after all no longer has no comment.
        if (IsWritten(comment.Kind) && same.Find(row => row.Kind == CommentKind.NoComment) is { } none)
            change.Also(DeskRows.Remove, new { none.Id, At = work.Now }, rows: 1);
        var id = stands?.Id ?? Guid.CreateVersion7(work.Now);
        if (stands is null)
        {
            change.Also(
                Sql.Add,
                new
                {
                    Id = id,
                    Programme = work.Review.Programme.Value,
                    Review = work.Review.Id.Value,
                    Author = work.Person.Value,
                    comment.Item,
                    comment.Kind,
                    comment.Text,
                    comment.AnswerVersion,
                    At = work.Now,
                },
                rows: 1);
        }
        else
        {
            change.Also(
                Sql.Change,
                new { Id = id, comment.Kind, comment.Text, comment.AnswerVersion, stands.Version, At = work.Now },
                rows: 1);
        }

        return change.Made(id.ToString());
    }

    private static class Sql
    {
        public const string Add =
            """
            INSERT INTO desk_comment (id, programme_id, review_id, author, item, kind, text, answer_version, version, written_at)
            VALUES (@Id, @Programme, @Review, @Author, @Item, @Kind, @Text, @AnswerVersion, 1, @At)
            """;

        public const string Change =
            """
            UPDATE desk_comment SET kind = @Kind, text = @Text, answer_version = @AnswerVersion, version = version + 1, written_at = @At
            WHERE id = @Id AND version = @Version AND removed_at IS NULL
            """;
    }
}

/// <summary>A comment as it comes in.</summary>
/// <param name="Item">The item; a comment that is changed keeps its own.</param>
/// <param name="Kind">See <see cref="CommentKind"/>; <c>note</c> is for the expert alone.</param>
/// <param name="AnswerVersion">The version of the answer that was read.</param>
/// <param name="Version">The version it was written on; <c>If-Match</c> says the same.</param>
public sealed record CommentRequest(
    string Item = "", string Kind = "", string Text = "", int AnswerVersion = 0, int? Version = null) : IVersioned
{
    /// <summary>The author has looked at flagged wording again: it names nobody as author of an incident.</summary>
    public bool NamesNobody { get; init; }

    IVersioned IVersioned.On(int version) => this with { Version = version };

    internal CommentContent ToContent(DeskRow? stands) => new(
        stands?.Item ?? Item,
        Kind,
        Kind == CommentKind.NoComment ? "" : Text.Tidy(),
        Math.Max(0, AnswerVersion));
}
