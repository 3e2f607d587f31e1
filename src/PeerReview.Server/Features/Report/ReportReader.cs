using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Features.Report;

/// <summary>Reads the report of a review for somebody, in one round trip.</summary>
public sealed class ReportReader(ReviewLookup reviews)
{
    /// <summary>Null for those who may not know of it, and for everybody before it is drafted.</summary>
    public async Task<FoundReport?> FindAsync(Actor actor, ReviewId id, CancellationToken cancel)
    {
        var found = await reviews.FindAsync(actor, id, MaterialSql.Statements, new { Review = id.Value }, MaterialSql.ReadAsync, cancel);
        return found is { Review: { HasDraft: true } review }
            && Access.Visible(actor, review.Dossier.Report(review.Facts, review.Dossier.Items), review.Facts).CanRead
            ? new FoundReport(review, found.More, actor)
            : null;
    }
}

/// <summary>A report as one person sees it.</summary>
public sealed record FoundReport(LoadedReview Review, Material Material, Actor Reader)
{
    /// <summary>What all would confirm, or have confirmed.</summary>
    public string Hash => DraftReport.HashOf(Material);

    /// <summary>The sections in their order, as far as they are open to the reader; not written ones are empty.</summary>
    public ImmutableArray<FoundSection> Sections =>
    [
        .. from section in DraftReport.Sections(Review.Dossier, Review.Framework)
           let text = Material.Find(WritingKind.Section, section)
           where Opens(section, text)
           select new FoundSection(section, text, text is null ? null : Contents.ReadSection(text)),
    ];

    /// <summary>The recommendations, by id.</summary>
    public IEnumerable<Writing> Recommendations => Material.Of(WritingKind.Recommendation).Where(text =>
        Sees(ReviewDocuments.Recommendation(Review.Facts), text));

    /// <summary>The State's comments on the draft, by id.</summary>
    public IEnumerable<Writing> Comments => Material.Of(WritingKind.DraftComment).Where(text => Sees(DocumentKind.StateComments, text));

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
