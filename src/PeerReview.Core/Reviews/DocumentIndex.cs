using System.Collections.Immutable;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Frameworks;
using PeerReview.Core.Process;
using Document = PeerReview.Core.Access.Document;
using Rights = PeerReview.Core.Access.Rights;
using Role = PeerReview.Core.Access.Role;
using SightOf = PeerReview.Core.Access.Access;

namespace PeerReview.Core.Reviews;

/// <summary>The documents of a review as one person sees them: which there are, under which label, and who reads each now.</summary>
/// <remarks>Asks <see cref="Access.Access.Visible"/> for the reader and <see cref="Readership"/> for the others; knows no text.</remarks>
public static class DocumentIndex
{
    /// <summary>Kinds of writing that are pieces of a document. A reply belongs to its question.</summary>
    private static readonly ImmutableArray<(string Kind, string Document)> Pieces =
    [
        (WritingKind.Answer, DocumentCode.Assessment),
        (WritingKind.SheetAnswer, DocumentCode.Sheets),
        (FileKind, DocumentCode.Evidence),
        (WritingKind.Question, DocumentCode.Questions),
        (WritingKind.Contribution, DocumentCode.Contributions),
        (CommentKind, DocumentCode.Consolidation),
        (WritingKind.Commitment, DocumentCode.Commitments),
        (WritingKind.GoodPractice, DocumentCode.Commitments),
        (WritingKind.Summary, DocumentCode.Commitments),
        (WritingKind.DialogueRecord, DocumentCode.Dialogue),
        (WritingKind.VisitProgramme, DocumentCode.Dialogue),
        (WritingKind.Section, DocumentCode.ReviewReport),
        (WritingKind.Dissent, DocumentCode.ReviewReport),
        (WritingKind.Recommendation, DocumentCode.Recommendations),
        (WritingKind.DraftComment, DocumentCode.StateComments),
        (WritingKind.Response, DocumentCode.Responses),
        (WritingKind.ProgressNote, DocumentCode.FollowUp),
        (WritingKind.ClosingNote, DocumentCode.FollowUp),
        (WritingKind.Urgent, DocumentCode.Urgent),
        (WritingKind.PrivateQuestion, DocumentCode.ClarifyFirst),
    ];

    /// <summary>The stage of ours without which a process has no such document. What is beside the process, and what stands only once
    /// it is written, needs none.</summary>
    private static readonly ImmutableArray<(string Document, string Stage)> Parts =
    [
        (DocumentCode.Launch, "pub_decide"),
        (DocumentCode.Assessment, "self_assess"),
        (DocumentCode.Questions, "clarify"),
        (DocumentCode.Commitments, "action_plan"),
        (DocumentCode.Publication, "pub_decide"),
        (DocumentCode.FollowUp, "check_6m"),
    ];

    /// <summary>In place of a kind of writing, for a file under an item.</summary>
    public const string FileKind = "file";

    /// <summary>In place of a kind of writing, for one comment of an expert that was handed in.</summary>
    public const string CommentKind = "comment";

    /// <summary>The documents the reader may know of, in the order of the process.</summary>
    /// <param name="reader">Who asks.</param>
    /// <param name="review">How the review stands.</param>
    /// <param name="dossier">Which item belongs to whom, whether a report is out.</param>
    /// <param name="framework">Which items a section of the report is about.</param>
    /// <param name="state">How the process stands, and which it is.</param>
    /// <param name="pieces">Every text and file that stands.</param>
    public static ImmutableArray<IndexedDocument> For(
        Actor reader, ReviewFacts review, Dossier dossier, Framework framework, ProcessState state, IReadOnlyCollection<PieceMark> pieces)
    {
        var shelf = new Shelf(reader, review, dossier, framework);
        var found = new List<IndexedDocument>();
        Whole(DocumentCode.Launch, DocumentKind.LaunchNotice);
        found.AddRange(OfStages(shelf, state, pieces));
        Made(DocumentCode.Assessment, stands: dossier.Items.Any(i => shelf.Works(dossier.Answer(i), null)));
        Made(DocumentCode.Sheets, stands: dossier.Region is { } region && region.States.Any(state => shelf.Works(dossier.SheetOf(state), null)));
        Made(DocumentCode.Evidence, stands: false);
        // Before every expert has handed in, not even their number shows.
        if (review.ReviewersDone)
            Made(DocumentCode.Consolidation, stands: false);
        // Reviewing States ask their own questions; a light review has the coordinator's.
        Made(DocumentCode.Questions, !review.HasTeam && shelf.Works(DocumentKind.Clarifications, null));
        Made(DocumentCode.Contributions, stands: false);
        Made(DocumentCode.Commitments, !review.HasTeam && shelf.Works(ReviewDocuments.Commitments(review), null));
        Made(DocumentCode.Dialogue, stands: false);
        Made(DocumentCode.ReviewReport, stands: false);
        Made(DocumentCode.Recommendations, stands: false);
        Made(DocumentCode.StateComments, stands: false);
        Made(DocumentCode.Responses, stands: false);
        Whole(DocumentCode.Publication, new Document(DocumentKind.PublicationDecision) { Draft = !review.Submitted });
        if (review.Published)
            found.Add(new IndexedDocument(DocumentCode.Report, [new IndexedPiece(1, null, Opens: true, [Role.Public])]));
        Made(DocumentCode.FollowUp, review.Published && shelf.Works(ReviewDocuments.Commitments(review), null));
        Made(DocumentCode.Urgent, stands: false);
        Made(DocumentCode.ClarifyFirst, stands: false);
        return [.. found];

        void Whole(string code, Document document)
        {
            if (Has(code) && shelf.Works(document, null))
                found.Add(new IndexedDocument(code, [shelf.Piece(document, null)]));
        }

        void Made(string code, bool stands)
        {
            var kinds = Pieces.Where(p => p.Document == code).Select(p => p.Kind).ToList();
            var known = shelf.Group(pieces.Where(p => kinds.Contains(p.Kind, StringComparer.Ordinal)).Select(Inheriting));
            if ((stands && Has(code)) || !known.IsEmpty)
                found.Add(new IndexedDocument(code, known));
        }

        // As ClarifyingRound.LabelOf says of a question.
        PieceMark Inheriting(PieceMark piece) => piece is { Kind: WritingKind.Question, Item: { } item }
            && pieces.FirstOrDefault(p => p.Kind == WritingKind.Answer && p.Key == item) is { } answer
                ? piece with { Label = SharingLabels.Inherit([piece.Label, answer.Label]) }
                : piece;

        bool Has(string code) => Parts.All(part => part.Document != code || KnownStages.Serve(state.Definition, part.Stage));
    }

    /// <summary>What the stages of a programme's own process make: what is written, and what the reader can write now.</summary>
    private static IEnumerable<IndexedDocument> OfStages(Shelf shelf, ProcessState state, IReadOnlyCollection<PieceMark> pieces)
    {
        var written = pieces.Where(piece => piece.Kind == WritingKind.StageDocument).ToDictionary(piece => piece.Key, StringComparer.Ordinal);
        foreach (var stage in state.Definition.Ordered.Where(stage => state.Exists(stage) && KnownStages.AreGeneric(state.Definition, stage)))
        {
            var keys = StageDocuments.KeysOf(stage, state[stage])
                .Union(written.Keys.Where(key => key.StartsWith(stage.Id + ":", StringComparison.Ordinal)).Order(StringComparer.Ordinal), StringComparer.Ordinal);
            foreach (var key in keys)
            {
                if (StageDocuments.Find(state.Definition, key) is not { } made)
                    continue;
                var document = made.ToAccess(state, shelf.Dossier);
                if (written.TryGetValue(key, out var piece))
                {
                    if (SightOf.Visible(shelf.Reader, document, shelf.Review, piece.Label).Extent >= Extent.Metadata)
                        yield return new IndexedDocument(key, [shelf.Piece(document, piece.Label)]) { Made = made };
                }
                else if (state[stage].Status == StageStatus.Open && SightOf.Visible(shelf.Reader, document, shelf.Review).May(Rights.Write))
                {
                    yield return new IndexedDocument(key, []) { Made = made };
                }
            }
        }
    }

    /// <summary>One reader before the documents of one review.</summary>
    private sealed record Shelf(Actor Reader, ReviewFacts Review, Dossier Dossier, Framework Framework)
    {
        /// <summary>Whether the reader reads or writes it.</summary>
        public bool Works(Document document, SharingLabel? label)
        {
            var sight = SightOf.Visible(Reader, document, Review, label);
            return sight.CanRead || sight.May(Rights.Write);
        }

        public IndexedPiece Piece(Document document, SharingLabel? label)
        {
            var readers = Readership.Of(document, Review, label);
            return new IndexedPiece(1, label, SightOf.Visible(Reader, document, Review, label).CanRead, readers.Now) { Next = readers.Next };
        }

        /// <summary>Pieces with the same label and the same readers are one line; files, which have names, are not.</summary>
        public ImmutableArray<IndexedPiece> Group(IEnumerable<PieceMark> pieces) =>
        [
            .. pieces
                .Where(p => SightOf.Visible(Reader, DocumentOf(p), Review, p.Label).Extent >= Extent.Metadata)
                .Select(p => (Mark: p, Piece: Piece(DocumentOf(p), p.Label)))
                .Select(p => p.Piece is { Opens: true } && p.Mark.Kind == FileKind
                    ? p.Piece with { File = p.Mark.Key, Item = p.Mark.Item }
                    : p.Piece)
                .GroupBy(p => (p.Label, p.Opens, p.File, p.Item, Readers: string.Join(' ', p.Readers), p.Next?.Release, Then: string.Join(' ', p.Next?.Readers ?? [])))
                .OrderByDescending(g => g.Key.Opens).ThenByDescending(g => g.Key.Label)
                .Select(g => g.First() with { Count = g.Count() }),
        ];

        private Document DocumentOf(PieceMark piece) => piece.Kind switch
        {
            WritingKind.Answer => Dossier.Answer(piece.Key),
            WritingKind.SheetAnswer => Dossier.SheetOf(SheetRules.StateOf(piece.Key)),
            FileKind => Dossier.Evidence(piece.Item!),
            WritingKind.Question => Dossier.Clarification(piece.Item),
            WritingKind.Contribution => Dossier.Contribution(piece.Key, Review, piece.Item),
            CommentKind => Dossier.Comment(piece.Item!, piece.Author!.Value, piece.Said),
            WritingKind.Urgent => DocumentKind.UrgentPoint,
            WritingKind.PrivateQuestion => Dossier.PrivateQuestion(piece.Key),
            WritingKind.Section when piece.Key == DraftReport.PrivateAnnex => DocumentKind.DraftReport,
            WritingKind.Section => Dossier.Report(Review, DraftReport.ItemsOf(piece.Key, Dossier, Framework)),
            WritingKind.Dissent => Dossier.Report(Review, []),
            WritingKind.Recommendation => ReviewDocuments.Recommendation(Review),
            WritingKind.DraftComment => DocumentKind.StateComments,
            WritingKind.DialogueRecord or WritingKind.VisitProgramme => DocumentKind.DialogueRecord,
            WritingKind.Response => Dossier.Response(),
            _ => ReviewDocuments.Commitments(Review),
        };
    }
}

/// <summary>One text or file of a review, without its content.</summary>
/// <param name="Kind">A <see cref="WritingKind"/>, <see cref="DocumentIndex.FileKind"/> or <see cref="DocumentIndex.CommentKind"/>.</param>
/// <param name="Key">The key of the writing, the name of the file, or the id of the comment.</param>
/// <param name="Item">The item a file, question or comment is about; null where there is none.</param>
public sealed record PieceMark(string Kind, string Key, string? Item, SharingLabel Label)
{
    /// <summary>Who wrote it, where it is a comment; null elsewhere.</summary>
    public PersonId? Author { get; init; }

    /// <summary>The contributions whose senders it names, where it is a comment; empty elsewhere.</summary>
    public ImmutableArray<string> Said { get; init; } = [];
}

/// <summary>One document of a review.</summary>
/// <param name="Code">See <see cref="DocumentCode"/>; of a programme's own process the key of the text, <c>stage:document</c>.</param>
/// <param name="Pieces">What stands of it, those with one label and one circle together; empty while nothing is written.</param>
public sealed record IndexedDocument(string Code, ImmutableArray<IndexedPiece> Pieces)
{
    /// <summary>What a stage of a programme's own process makes; null for the documents of ours.</summary>
    public StageDocument? Made { get; init; }
}

/// <summary>Pieces of a document that carry the same label and have the same readers.</summary>
/// <param name="Count">How many.</param>
/// <param name="Label">Their sharing label; null where documents of this kind carry none.</param>
/// <param name="Opens">Whether the reader may read them; else only that they are there.</param>
/// <param name="Readers">The circles that read them now.</param>
public sealed record IndexedPiece(int Count, SharingLabel? Label, bool Opens, ImmutableArray<Role> Readers)
{
    /// <summary>Who reads them after the next release; null where it changes nothing.</summary>
    public NextReaders? Next { get; init; }

    /// <summary>The name of the file, where it is one that the reader may open.</summary>
    public string? File { get; init; }

    /// <summary>The item the file is under.</summary>
    public string? Item { get; init; }
}

/// <summary>The documents of a review by their codes, which the API and the texts use.</summary>
public static class DocumentCode
{
    public const string Launch = "launch";
    public const string Assessment = "assessment";

    /// <summary>The sheets of participating States.</summary>
    public const string Sheets = "sheets";
    public const string Evidence = "evidence";
    public const string Questions = "questions";
    public const string Contributions = "contributions";
    public const string Consolidation = "consolidation";
    public const string Commitments = "commitments";

    /// <summary>The record of the dialogue, and the programme of a visit.</summary>
    public const string Dialogue = "dialogue";

    /// <summary>The report of the reviewing States, agreed or not.</summary>
    public const string ReviewReport = "review_report";

    public const string Recommendations = "recommendations";

    /// <summary>What the State commented on the draft.</summary>
    public const string StateComments = "state_comments";

    /// <summary>What the State answers to the recommendations.</summary>
    public const string Responses = "responses";
    public const string Publication = "publication";

    /// <summary>The published edition.</summary>
    public const string Report = "report";
    public const string FollowUp = "follow_up";
    public const string Urgent = "urgent";

    /// <summary>Private questions to the State. Beside the State's own people, one expert and one focal point read each: no circle that
    /// could be named by its role.</summary>
    public const string ClarifyFirst = "clarify_first";
}
