using System.Collections.Immutable;
using System.Globalization;
using PeerReview.Core.Access;
using PeerReview.Core.Reviews;
using SightOf = PeerReview.Core.Access.Access;

namespace PeerReview.Core.Deliberation;

/// <summary>A remark of a member of the team under a comment, as it stands.</summary>
/// <param name="Version">The version that stands; above 1 its author has changed it.</param>
/// <param name="At">When that version was written, UTC.</param>
/// <param name="Label">How far it goes: no further than the comment, nor than a stakeholder it names.</param>
public sealed record CommentRemark(
    Guid Id, Guid Comment, string Item, string Text, PersonId Author, int Version, DateTimeOffset At, SharingLabel Label);

/// <summary>A comment that was handed in, with who wrote it.</summary>
public sealed record OwnedComment(StandingComment Content, PersonId Author, DateTimeOffset At)
{
    /// <summary>Its sharing label.</summary>
    public SharingLabel Label => SharingLabels.Of(Content.Label);
}

/// <summary>The exchange of the reviewing team under its comments: from when every expert has handed in until the report is agreed.</summary>
public static class CommentRemarks
{
    /// <summary>Longest remark, in characters.</summary>
    public const int MaxText = 2_000;

    /// <summary>Remarks under one comment.</summary>
    public const int Most = 50;

    /// <summary>The key of a remark. It names the item, so that the record shows it to nobody who has no part in that.</summary>
    public static string KeyOf(string item, Guid comment, Guid remark) => string.Create(CultureInfo.InvariantCulture, $"{item}:{comment}:{remark}");

    /// <summary>The item in such a key.</summary>
    public static string ItemOf(string key) => key.Split(':')[0];

    /// <summary>Why somebody can write no remark now; null when they can.</summary>
    /// <returns>null, a refusal of <see cref="SightOf.May(Actor, ReviewAct, ReviewFacts, Document?)"/>, or <c>remark.too-early</c>,
    /// <c>remark.over</c>, <c>comment.declare-first</c>.</returns>
    public static Refusal? MayNot(Actor actor, ReviewFacts review, Dossier dossier) =>
        SightOf.May(actor, ReviewAct.RemarkOnComment, review)
        ?? (!review.ReviewersDone ? new Refusal("remark.too-early", RefusalKind.Conflict)
            : review.Agreed ? new Refusal("remark.over", RefusalKind.Conflict)
            // Whoever steps in declares first, like everybody before them.
            : actor.Person is { } person && dossier.HasDeclared(person.Value) ? null : new Refusal("comment.declare-first", RefusalKind.Conflict));

    /// <summary>The same for one item.</summary>
    /// <returns>As above, or <c>remark.recused</c>.</returns>
    public static Refusal? MayNot(Actor actor, ReviewFacts review, Dossier dossier, string item) => MayNot(actor, review, dossier)
        ?? (RecusalRules.IsRecused(dossier, actor.Person!.Value.Value, item) ? new Refusal("remark.recused", RefusalKind.NotAllowed) : null);

    /// <summary>What is wrong with a text; null when it can stand.</summary>
    /// <returns>null, or <c>remark.empty</c>, <c>remark.text</c> {length} {max}, <c>follow-up.unreadable</c>.</returns>
    public static Refusal? Check(string text) =>
        string.IsNullOrWhiteSpace(text) ? new Refusal("remark.empty", RefusalKind.Invalid, "text")
        : text.Length > MaxText ? new Refusal("remark.text", RefusalKind.Invalid, "text").With("length", text.Length).With("max", MaxText)
        : !Text.IsReadable(text) ? new Refusal("follow-up.unreadable", RefusalKind.Invalid, "text")
        : null;

    /// <summary>The label a remark is written under: that of the comment, or of a stakeholder it names who did not agree to be public.</summary>
    public static SharingLabel LabelOf(string text, OwnedComment comment, Material material) =>
        SharingLabels.Inherit(Heard.Named(text, material).Select(said => said.Label).Append(comment.Label));

    /// <summary>A comment the reader may read, with the words left out of none; null where there is none or its label keeps it.</summary>
    public static OwnedComment? Find(Actor reader, ReviewFacts review, Dossier dossier, Material material, Guid comment) =>
        Comments(material).FirstOrDefault(one => one.Content.Id == comment && Reads(reader, review, dossier, one));

    /// <summary>The remarks a reader may read, the oldest first: those under comments they may read, as far as their own labels go.</summary>
    public static ImmutableArray<CommentRemark> For(Actor reader, ReviewFacts review, Dossier dossier, Material material)
    {
        var comments = Comments(material).ToDictionary(one => one.Content.Id);
        return
        [
            .. from text in material.Of(WritingKind.CommentRemark)
               let key = text.Key.Split(':')
               let under = comments.GetValueOrDefault(Guid.Parse(key[1]))
               where under is not null && Reads(reader, review, dossier, under)
               let label = SharingLabels.Inherit([SharingLabels.Of(text.Label), under.Label])
               where SightOf.Visible(reader, dossier.Remark(key[0], text.Author, under.Author), review, label).CanRead
               let id = Guid.Parse(key[2])
               // Their ids follow the time they were written first.
               orderby id
               select new CommentRemark(
                   id, under.Content.Id, key[0], Contents.ReadNote(text).Text, text.Author, text.Version, text.At, label),
        ];
    }

    /// <summary>When somebody last wrote of comments here, UTC: what others remarked since is new to them. Null while they have not.</summary>
    /// <remarks>What is new does not become so again when a remark is taken back.</remarks>
    public static DateTimeOffset? LastWrote(PersonId person, Material material) => material.Writings
        .Where(text => text.Author == person && text.Kind is WritingKind.Comments or WritingKind.CommentRemark or WritingKind.Consolidation)
        .Select(text => (DateTimeOffset?)text.At)
        .Append(material.Remarked.TryGetValue(person, out var remarked) ? remarked : null)
        .Max();

    private static bool Reads(Actor reader, ReviewFacts review, Dossier dossier, OwnedComment comment) => SightOf.Visible(
        reader, dossier.Comment(comment.Content.Item, comment.Author, comment.Content.Said), review, comment.Label).CanRead;

    // To have nothing to say is no comment.
    private static IEnumerable<OwnedComment> Comments(Material material) =>
        from sheet in material.Of(WritingKind.Comments)
        from comment in Contents.ReadComments(sheet).Comments
        where comment.Kind != CommentKind.NoComment
        select new OwnedComment(comment, sheet.Author, sheet.At);
}

/// <summary>The remarks one reader may read, with what is new to them.</summary>
/// <param name="All">The oldest first.</param>
/// <param name="Reader">Who reads.</param>
/// <param name="Since">When the reader last wrote of comments here, UTC; null for those who do not.</param>
public sealed record RemarksRead(ImmutableArray<CommentRemark> All, PersonId? Reader, DateTimeOffset? Since)
{
    /// <summary>Those of a review.</summary>
    public static RemarksRead Of(Actor reader, ReviewFacts review, Dossier dossier, Material material) => new(
        CommentRemarks.For(reader, review, dossier, material), reader.Person,
        reader.Person is { } person ? CommentRemarks.LastWrote(person, material) : null);

    /// <summary>Those under one comment.</summary>
    public IReadOnlyList<CommentRemark> Under(Guid comment) => [.. All.Where(remark => remark.Comment == comment)];

    /// <summary>Those about one item.</summary>
    public IReadOnlyList<CommentRemark> On(string item) => [.. All.Where(remark => remark.Item == item)];

    /// <summary>Whether another wrote it since the reader last wrote.</summary>
    public bool IsNew(CommentRemark remark) => Since is { } since && remark.Author != Reader && remark.At > since;
}
