using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Drafts;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Features.Report;

/// <summary>Reads the report of a review for somebody, in one round trip.</summary>
public sealed class ReportReader(ReviewLookup reviews)
{
    /// <summary>Null for those who may not know of it, and for everybody before it is drafted.</summary>
    public async Task<FoundReport?> FindAsync(Actor actor, ReviewId id, CancellationToken cancel)
    {
        var found = await reviews.FindAsync(
            actor, id, MaterialSql.Statements + TypedPages.Statements, UnsavedTexts.Args(id, actor),
            async grid => (Material: await MaterialSql.ReadAsync(grid), Unsaved: await TypedPages.ReadAsync(grid)), cancel);
        return found is { Review: { HasDraft: true } review }
            && Access.Visible(actor, review.Dossier.Report(review.Facts, review.Dossier.Items), review.Facts).CanRead
            ? new FoundReport(review, found.More.Material, actor) { Unsaved = found.More.Unsaved }
            : null;
    }
}

/// <summary>A report as one person sees it.</summary>
public sealed record FoundReport(LoadedReview Review, Material Material, Actor Reader)
{
    /// <summary>The pages of sections and recommendations in which the reader typed something that is not saved.</summary>
    public ImmutableArray<string> Unsaved { get; init; } = [];

    /// <summary>What all would confirm, or have confirmed.</summary>
    public string Hash => DraftReport.HashOf(Material, Review.Dossier, Review.Id);

    /// <summary>The sections in their order, as far as they are open to the reader; not written ones are empty.</summary>
    public ImmutableArray<FoundSection> Sections =>
    [
        .. from section in DraftReport.Sections(Review.Dossier, Review.Framework)
           let text = Material.Find(WritingKind.Section, section)
           where Opens(section, text)
           select new FoundSection(section, text, text is null ? null : Contents.ReadSection(text)),
    ];

    /// <summary>How many parts there are that do not open to the reader: sections, recommendations, questions, and comments in the annex. The
    /// private annex is not counted, nor what is said of it: that there is one is a matter of those who read it.</summary>
    public int ClosedParts =>
        DraftReport.Sections(Review.Dossier, Review.Framework).Count(section => section != DraftReport.PrivateAnnex
            && Material.Find(WritingKind.Section, section) is { } text && !Opens(section, text))
        + Material.Of(WritingKind.Recommendation).Count() - Recommendations.Count()
        + ClarifyingRound.InReport(Material).Count() - Questions.Count()
        + FactCheck.Annexed(Material).Count() - Annexed.Count();

    /// <summary>The recommendations, by id.</summary>
    public IEnumerable<Writing> Recommendations => Material.Of(WritingKind.Recommendation).Where(text =>
        Sees(ReviewDocuments.Recommendation(Review.Facts), text));

    /// <summary>The State's comments on the draft, by id.</summary>
    public IEnumerable<Writing> Comments
    {
        get
        {
            var annexed = FactCheck.Annexed(Material).Select(text => text.Key).ToHashSet(StringComparer.Ordinal);
            var readsAnnex = Opens(DraftReport.PrivateAnnex, Material.Find(WritingKind.Section, DraftReport.PrivateAnnex));
            return Material.Of(WritingKind.DraftComment).Where(text =>
                Sees(ReviewDocuments.DraftComment(Review.Facts, annexed.Contains(text.Key)), text) && (readsAnnex || !FactCheck.IsPrivate(text)));
        }
    }

    /// <summary>Whether there are comments on the draft that do not open to the reader, those on the private annex left out.</summary>
    public bool KeepsComments =>
        Material.Of(WritingKind.DraftComment).ExceptBy(Comments.Select(text => text.Key), text => text.Key, StringComparer.Ordinal).Any(text => !FactCheck.IsPrivate(text));

    /// <summary>Those of them that stand in the annex.</summary>
    public IEnumerable<Writing> Annexed =>
        Comments.IntersectBy(FactCheck.Annexed(Material).Select(text => text.Key), text => text.Key, StringComparer.Ordinal);

    /// <summary>What the coordinators remarked on the draft, by id.</summary>
    public IEnumerable<Writing> Remarks => Material.Of(WritingKind.DraftRemark).Where(text => Sees(DocumentKind.DraftReport, text));

    /// <summary>What the experts asked and the State replied, by id, as far as the report holds it.</summary>
    public IEnumerable<AskedQuestion> Questions =>
        from question in ClarifyingRound.InReport(Material)
        let content = Contents.ReadQuestion(question)
        let label = ClarifyingRound.LabelOf(question, Material)
        where Access.Visible(Reader, Review.Dossier.Clarification(content.Item), Review.Facts, label).CanRead
        let reply = Access.Visible(Reader, Review.Dossier.Reply(content.Item, Review.State), Review.Facts, label).CanRead
            ? Material.Find(WritingKind.Reply, question.Key)
            : null
        select new AskedQuestion(question, content, reply, reply is null ? null : Contents.ReadReply(reply));

    /// <summary>Why a party stated that it cannot agree, where that is known and open to the reader.</summary>
    public Writing? Failure => Reasons.Last(Material, Reasons.Fail) is { } reason && ReadsDraft && Sees(DocumentKind.Status, reason) ? reason : null;

    /// <summary>Whether the reader reads the report as a whole, not only parts of it.</summary>
    public bool ReadsWhole => Access.Visible(Reader, Review.Dossier.Report(Review.Facts, []), Review.Facts).CanRead;

    /// <summary>Whether the reader is of those who work on the draft or comment on it.</summary>
    public bool ReadsDraft => Access.Visible(Reader, DocumentKind.DraftReport, Review.Facts).CanRead;

    /// <summary>How stakeholders were heard, for those who read the report as a whole; none where it is not asked.</summary>
    public ImmutableArray<StakeholderGroup> Groups =>
        ReadsWhole && StakeholderGroups.AreAsked(Review.State) ? StakeholderGroups.Of(Review.Dossier, Material) : [];

    /// <summary>Dissent, by party.</summary>
    public IEnumerable<Writing> Dissent => Material.Of(WritingKind.Dissent).Where(text => Sees(Review.Dossier.Report(Review.Facts, []), text));

    // A contributor reads of the parts with their own items alone, and what is about the whole only once it is agreed.
    private bool Opens(string section, Writing? text)
    {
        var items = DraftReport.ItemsOf(section, Review.Dossier, Review.Framework);
        var document = section == DraftReport.PrivateAnnex
            ? new Document(DocumentKind.DraftReport)
            : Review.Dossier.Report(Review.Facts, items);
        return Access.Visible(Reader, document, Review.Facts, text is null ? null : SharingLabels.Of(text.Label)).CanRead;
    }

    private bool Sees(Document document, Writing text) =>
        Access.Visible(Reader, document, Review.Facts, SharingLabels.Of(text.Label)).CanRead;
}

/// <summary>A section of the report.</summary>
/// <param name="Text">Null while nothing is written.</param>
public sealed record FoundSection(string Id, Writing? Text, SectionContent? Content);

/// <summary>A question with its reply.</summary>
/// <param name="Reply">Null while there is none.</param>
public sealed record AskedQuestion(Writing Question, QuestionContent Content, Writing? Reply, ReplyContent? Said);
