using System.Collections.Immutable;
using PeerReview.Core.Access;
using PeerReview.Core.Assessment;
using PeerReview.Core.Deliberation;
using PeerReview.Core.FollowUp;
using PeerReview.Core.Frameworks;

namespace PeerReview.Core.Report;

/// <summary>Everything a report is made of, and nothing that must never be in one: urgent points, files, names of people
/// and reasons of acts have no place here.</summary>
/// <param name="Review">The review, as UUID.</param>
/// <param name="Subject">ISO 3166-1 alpha-3 code, or the organisation.</param>
/// <param name="Variant">light, desk, full.</param>
/// <param name="Framework">The version the review pins, with its texts in <paramref name="Language"/>.</param>
/// <param name="Language">Language of the headings, ISO 639-1.</param>
/// <param name="Launched">Day of the launch, UTC.</param>
/// <param name="Published">Day of publication, UTC; null for the preview.</param>
public sealed record ReportInput(
    string Review, string Subject, string Variant, Framework Framework, string Language, DateOnly Launched, DateOnly? Published)
{
    /// <summary>Ids of the items in scope. Answers to others are left out.</summary>
    public ImmutableArray<string> Items { get; init; } = [];

    /// <summary>The norm, pillar or group the review is about alone; null where it is about the whole framework.</summary>
    public string? Theme { get; init; }

    /// <summary>Document to choice as the launch notice promised; a document not named was promised to nobody.</summary>
    public ImmutableSortedDictionary<string, string> Promise { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>What the State decided and signed, or what it is about to sign (preview); null while it is silent.</summary>
    public PublicationDecision? Decision { get; init; }

    /// <summary>One answer per item at most.</summary>
    public ImmutableArray<Answer> Answers { get; init; } = [];

    /// <summary>Translations of the answers. They have no label and no place of their own: each goes where its answer goes.</summary>
    public ImmutableArray<StandingTranslation> Translations { get; init; } = [];

    public ImmutableArray<Labelled<GoodPractice>> GoodPractices { get; init; } = [];

    public ImmutableArray<Labelled<Commitment>> Commitments { get; init; } = [];

    /// <summary>What the State told of its action plan later, in the order of the moments; none in a light review.</summary>
    public ImmutableArray<ProgressTold> Progress { get; init; } = [];

    public ImmutableArray<Clarification> Clarifications { get; init; } = [];

    /// <summary>What subject and reviewing States agreed on; null in a light review.</summary>
    public AgreedReport? Agreed { get; init; }

    /// <summary>Of a regional or subregional review; null in a national one.</summary>
    public ReportRegion? Region { get; init; }

    /// <summary>What participating States decided to publish of their sheets, by State; each answer by its item.</summary>
    public ImmutableArray<(string State, ImmutableArray<Labelled<string>> Answers)> Sheets { get; init; } = [];

    /// <summary>The State's own summary, or null when it wrote none. Its key is <see cref="PublishedDocuments.Summary"/>.</summary>
    public LabelledText? Summary { get; init; }
}

/// <summary>The report of the reviewing States, with what the State says to it.</summary>
/// <param name="Sections">By the ids of <see cref="Deliberation.DraftReport.Sections"/>, those that say something; the private annex never.</param>
/// <param name="Responses">The State's responses, by the ids of the recommendations.</param>
/// <param name="Remarks">Comments of the State that stand in the annex.</param>
/// <param name="Dissent">By the codes of the parties.</param>
public sealed record AgreedReport(
    ImmutableArray<string> ReviewingStates,
    ImmutableArray<Labelled<string>> Sections,
    ImmutableArray<Labelled<Recommendation>> Recommendations,
    ImmutableArray<Labelled<ResponseContent>> Responses,
    ImmutableArray<Labelled<DraftComment>> Remarks,
    ImmutableArray<Labelled<string>> Dissent)
{
    /// <summary>Keys of the pieces that can hold what a stakeholder said who did not agree that it is made public, see <see cref="ReportPiece.Key"/>.</summary>
    public ImmutableArray<string> NotForPublic { get; init; } = [];

    /// <summary>How stakeholders were heard; empty where it was not asked.</summary>
    public ImmutableArray<ReportGroup> Groups { get; init; } = [];

    /// <summary>The day of the last confirmation, UTC.</summary>
    public DateOnly? On { get; init; }

    /// <summary>Whether it went on although not all parties had confirmed it.</summary>
    public bool Partly { get; init; }

    /// <summary>Who confirmed it and who did not; null where that is not known.</summary>
    public AgreementStanding? Standing { get; init; }

    /// <summary>The reviewing States an expert of which handed no comments in, so that the review went on without.</summary>
    public ImmutableArray<string> Without { get; init; } = [];
}

/// <summary>How far the State was with its action plan at one moment.</summary>
/// <param name="Moment">One of <see cref="ProgressRules.Stages"/>.</param>
/// <param name="Whole">About the whole; its text may be empty.</param>
/// <param name="Notes">By the ids of the entries.</param>
/// <param name="Confirmation">What the lead reviewer confirmed; null where nobody did.</param>
public sealed record ProgressTold(
    string Moment, LabelledText Whole, ImmutableArray<Labelled<CommitmentProgress>> Notes, LabelledText? Confirmation);

/// <summary>What a State decides about publication.</summary>
/// <param name="Choices">Document to choice, one for each of <see cref="PublishedDocuments.Of"/>.</param>
/// <param name="Withheld">Keys of the pieces withheld, see <see cref="ReportPiece.Key"/>, or of single layers of an
/// answer, see <see cref="ReportPiece.Layers"/>.</param>
/// <param name="Relabelled">Keys of the pieces the State widens to CLEAR by its signature.</param>
public sealed record PublicationDecision(
    ImmutableSortedDictionary<string, string> Choices, ImmutableArray<string> Withheld, ImmutableArray<string> Relabelled);

/// <summary>Something with its id, how far it may travel and the language it is written in.</summary>
public sealed record Labelled<T>(string Id, T Content, SharingLabel Label, string Language);

/// <summary>A text with how far it may travel and the language it is written in.</summary>
public sealed record LabelledText(string Text, SharingLabel Label, string Language);

/// <summary>A clarifying question with the State's reply.</summary>
/// <param name="Item">The item it is about, or null.</param>
/// <param name="Reply">null when there is none or the State prefers not to answer.</param>
public sealed record Clarification(string Id, string? Item, LabelledText Question, LabelledText? Reply);
