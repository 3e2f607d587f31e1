using System.Collections.Immutable;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.FollowUp;

namespace PeerReview.Core.Report;

/// <summary>The smallest thing a State withholds or relabels: the answer to an item, a clarification, a commitment, a
/// good practice, the summary.</summary>
/// <param name="Key">Item id; else the id of the clarification, commitment or practice; <c>summary</c> for the summary; of an agreed
/// report <c>section:</c> and the section, the id of a recommendation or remark, <c>dissent:</c> and the party.</param>
/// <param name="Document">The document it belongs to, one of <see cref="PublishedDocuments.Of"/>.</param>
/// <param name="Label">Its own label, the strictest of its texts.</param>
/// <param name="Item">The item it belongs to, when it is not that item's answer, or the recommendation an entry of the action plan carries
/// out: it is withheld with it.</param>
public sealed record ReportPiece(string Key, string Document, SharingLabel Label, string? Item = null)
{
    /// <summary>The label of the answer or recommendation it grew from, which it inherits; CLEAR when it grew from none.</summary>
    public SharingLabel Source { get; init; } = SharingLabel.Clear;

    /// <summary>Of an answer: the keys of the layers that hold something, <c>&lt;item&gt;.&lt;layer&gt;</c>. Each can be withheld
    /// alone; <c>testing</c> takes the day of the last test along.</summary>
    public ImmutableArray<string> Layers { get; init; } = [];

    /// <summary>Whether it can hold what a stakeholder said who did not agree that it is made public.</summary>
    public bool NotForPublic { get; init; }

    /// <summary>How far it travels before anybody relabels it.</summary>
    public SharingLabel Travels => SharingLabels.Inherit([Label, Source]);
}

/// <summary>Lists the pieces of a report.</summary>
public static class ReportPieces
{
    /// <summary>The layer that holds what was tested, and when.</summary>
    public const string Testing = "testing";

    /// <summary>The key of one layer of an answer, such as <c>N-c.c1.practice</c>.</summary>
    public static string LayerKey(string item, string layer) => $"{item}.{layer}";

    /// <summary>Every piece, document by document: items in the framework's order, the others by id.</summary>
    public static ImmutableArray<ReportPiece> Of(ReportInput input) => input.Agreed is { } agreed ? OfAgreed(input, agreed) :
    [
        .. Answers(input),
        .. input.Clarifications.OrderBy(c => c.Id, StringComparer.Ordinal).Select(c => Of(c, input)),
        .. input.Commitments.OrderBy(c => c.Id, StringComparer.Ordinal)
            .Select(c => new ReportPiece(c.Id, PublishedDocuments.Commitments, c.Label)),
        .. input.GoodPractices.OrderBy(p => p.Id, StringComparer.Ordinal)
            .Select(p => new ReportPiece(p.Id, PublishedDocuments.Commitments, p.Label, p.Content.Item)),
        .. Summary(input),
    ];

    /// <summary>The key of a section of an agreed report.</summary>
    public static string SectionKey(string section) => "section:" + section;

    /// <summary>The key of the dissent of a party.</summary>
    public static string DissentKey(string party) => "dissent:" + party;

    private static ImmutableArray<ReportPiece> OfAgreed(ReportInput input, AgreedReport agreed) =>
        [.. Agreed(input, agreed).Select(piece => piece with { NotForPublic = agreed.NotForPublic.Contains(piece.Key, StringComparer.Ordinal) })];

    private static ImmutableArray<ReportPiece> Agreed(ReportInput input, AgreedReport agreed) =>
    [
        .. agreed.Sections.Select(s => new ReportPiece(SectionKey(s.Id), PublishedDocuments.Report, s.Label)),
        .. input.Clarifications.OrderBy(c => c.Id, StringComparer.Ordinal).Select(c => new ReportPiece(
            c.Id, PublishedDocuments.Report, SharingLabels.Inherit([
                c.Question.Label, c.Reply?.Label ?? c.Question.Label,
                // The State may have labelled the answer anew while it replied.
                c.Item is { } item ? LabelOf(item, input) : SharingLabel.Clear]))),
        .. agreed.Remarks.Select(r => new ReportPiece(r.Id, PublishedDocuments.Report, SharingLabels.Inherit([r.Label, LabelAbout(r.Content, agreed)]))),
        .. agreed.Dissent.Select(d => new ReportPiece(DissentKey(d.Id), PublishedDocuments.Report, d.Label)),
        .. Summary(input),
        .. agreed.Recommendations.Select(r => new ReportPiece(r.Id, PublishedDocuments.Recommendations, LabelOf(r, agreed))),
        .. input.Commitments.OrderBy(c => c.Id, StringComparer.Ordinal).Select(c => OfPlan(c, agreed)),
    ];

    // The text a comment is about may carry a narrower label by now than when it was made.
    private static SharingLabel LabelAbout(DraftComment comment, AgreedReport agreed) =>
        agreed.Sections.Where(s => s.Id == comment.About).Select(s => s.Label)
            .Concat(agreed.Recommendations.Where(r => r.Id == comment.About).Select(r => LabelOf(r, agreed)))
            .FirstOrDefault(SharingLabel.Clear);

    // It says what the recommendation says, in other words or in the same.
    private static ReportPiece OfPlan(Labelled<Commitment> entry, AgreedReport agreed) =>
        new(entry.Id, PublishedDocuments.ActionPlan, entry.Label, entry.Content.Recommendation)
        {
            Source = agreed.Recommendations.Where(r => r.Id == entry.Content.Recommendation).Select(r => LabelOf(r, agreed))
                .DefaultIfEmpty(SharingLabel.Clear).Single(),
        };

    private static IEnumerable<ReportPiece> Summary(ReportInput input) => input.Summary is { } s
        ? [new ReportPiece(PublishedDocuments.Summary, PublishedDocuments.Summary, s.Label)]
        : [];

    // A recommendation goes out with its response, never without.
    private static SharingLabel LabelOf(Labelled<Recommendation> recommendation, AgreedReport agreed) => SharingLabels.Inherit(
        agreed.Responses.Where(r => r.Id == recommendation.Id).Select(r => r.Label).Append(recommendation.Label));

    private static IEnumerable<ReportPiece> Answers(ReportInput input) =>
        input.Framework.Items.Where(i => input.Items.Contains(i.Id, StringComparer.Ordinal))
            .Select(i => new ReportPiece(i.Id, PublishedDocuments.SelfAssessment, LabelOf(i.Id, input))
            {
                Layers = [.. LayersOf(i.Id, input)],
            });

    private static IEnumerable<string> LayersOf(string item, ReportInput input) =>
        input.Answers.Where(a => a.Item == item).SelectMany(a => a.Texts
            .Where(t => !string.IsNullOrWhiteSpace(t.Text) || (t.Field == Testing && a.LastTested is not null))
            .Select(t => LayerKey(item, t.Field)));

    // The coordinator's question speaks of the answer, so it inherits the answer's label beside its own.
    private static ReportPiece Of(Clarification c, ReportInput input) =>
        new(c.Id, PublishedDocuments.Clarifications,
            SharingLabels.Inherit([c.Question.Label, c.Reply?.Label ?? c.Question.Label]), c.Item)
        {
            Source = c.Item is { } item ? LabelOf(item, input) : SharingLabel.Clear,
        };

    // Where nothing was answered nothing has to be kept.
    private static SharingLabel LabelOf(string item, ReportInput input) =>
        input.Answers.FirstOrDefault(a => a.Item == item)?.Label ?? SharingLabel.Clear;
}
