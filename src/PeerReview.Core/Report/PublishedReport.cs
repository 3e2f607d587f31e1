using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace PeerReview.Core.Report;

/// <summary>The report as everybody may read it: a value made by the report builder, and the same value is the
/// preview before the decision and the file after it.</summary>
/// <param name="Review">The review, as UUID.</param>
/// <param name="Subject">ISO 3166-1 alpha-3 code, or the organisation.</param>
/// <param name="Variant">light, desk, full.</param>
/// <param name="Framework">Id, version and hash of the framework.</param>
/// <param name="Language">Language of the headings.</param>
/// <param name="Launched">Day of the launch, UTC.</param>
/// <param name="Published">Day of publication, UTC; null in a preview.</param>
public sealed record PublishedReport(
    string Review, string Subject, string Variant, FrameworkPin Framework, string Language, DateOnly Launched, DateOnly? Published)
{
    /// <summary>The form of the file; another form has another name.</summary>
    public string Format { get; init; } = "peerreview-report/1";

    /// <summary>The norm, pillar or group the review is about alone; null where it is about the whole framework, whose files keep their
    /// bytes.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Theme { get; init; }

    /// <summary>The State's summary, or null when it decided not to publish one.</summary>
    public ReportText? Summary { get; init; }

    /// <summary>First of all, what is done well.</summary>
    public ImmutableArray<ReportPractice> GoodPractices { get; init; } = [];

    /// <summary>A section per norm and pillar that has an item in scope.</summary>
    public ImmutableArray<ReportSection> Sections { get; init; } = [];

    /// <summary>The State's own commitments.</summary>
    public ImmutableArray<ReportCommitment> Commitments { get; init; } = [];

    /// <summary>How far the State is with its action plan, in the order in which it was told; null where nothing is told or published, so
    /// that files without any keep their bytes.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<ReportProgress>? Progress { get; init; }

    /// <summary>Questions of the coordinator and replies of the State, when the State so decided.</summary>
    public ImmutableArray<ReportClarification> Clarifications { get; init; } = [];

    /// <summary>What subject and reviewing States agreed on; null in a light review, whose files keep their bytes.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ReportAgreed? Agreed { get; init; }

    /// <summary>Of a regional or subregional review; null in a national one, whose files keep their bytes.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ReportRegion? Region { get; init; }

    /// <summary>What participating States themselves decided to publish of their sheets; null where none did.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<ReportStateSheet>? Sheets { get; init; }

    /// <summary>What the State decided per document; tells the reader which parts are missing and why.</summary>
    public ImmutableSortedDictionary<string, string> Choices { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
}

/// <summary>The States of a regional or subregional strategy beside the one that leads.</summary>
/// <param name="Kind"><c>regional</c> or <c>subregional</c>.</param>
/// <param name="States">ISO 3166-1 alpha-3 codes. A State that objected to the common part is not named beside it.</param>
public sealed record ReportRegion(string Kind, ImmutableArray<string> States);

/// <summary>The sheet of a participating State, as far as that State publishes it.</summary>
/// <param name="State">ISO 3166-1 alpha-3 code.</param>
public sealed record ReportStateSheet(string State, ImmutableArray<ReportSheetAnswer> Answers);

/// <summary>What a sheet says to an item.</summary>
public sealed record ReportSheetAnswer(string Item, string Question, ReportText Text);

/// <summary>The framework a report speaks of.</summary>
public sealed record FrameworkPin(string Id, int Version, string Hash);

/// <summary>A text of a person with the language it is in, or the mark that it is not public.</summary>
/// <param name="Text">null when it is not public.</param>
/// <param name="Language">ISO 639-1, or null when it is not public.</param>
public sealed record ReportText(string? Text, string? Language)
{
    /// <summary>Shown as the sentence "withheld at the State's request".</summary>
    public static ReportText Withheld { get; } = new(null, null);

    /// <summary>Nobody withheld it; its sharing label, which the decision opened no further, keeps it back.</summary>
    public static ReportText KeptBack { get; } = new(null, null) { ByLabel = true };

    /// <summary>Whether it is not public, for whichever reason.</summary>
    [JsonPropertyName("withheld")]
    public bool IsWithheld => Text is null;

    /// <summary>Whether a sharing label alone keeps it back. Left out of the file where it does not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool ByLabel { get; init; }
}

/// <summary>The answers of one norm or pillar. The heading always stays.</summary>
public sealed record ReportSection(string Part, string Title, ImmutableArray<ReportAnswer> Answers);

/// <summary>One item with its answer. The question always stays.</summary>
/// <param name="Value">Code of the scale; null when withheld. When only the summary is published it stands alone.</param>
/// <param name="Withheld">The whole answer is not public.</param>
public sealed record ReportAnswer(string Item, string Question, string? Value, bool Withheld)
{
    /// <inheritdoc cref="ReportText.ByLabel"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool ByLabel { get; init; }

    /// <summary>Layers that hold something, in order; a withheld layer says so.</summary>
    public ImmutableArray<ReportLayer> Layers { get; init; } = [];

    /// <summary>Codes of sectors.</summary>
    public ImmutableArray<string> Sectors { get; init; } = [];

    /// <summary>ISO date, or null.</summary>
    public DateOnly? LastTested { get; init; }

    /// <summary>The answer in other languages, by language; null where there are none, so that files without any keep
    /// their bytes.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<ReportTranslation>? Translations { get; init; }
}

/// <summary>The State's translation of an answer.</summary>
/// <param name="Language">ISO 639-1.</param>
/// <param name="Older">The answer was changed since the translation was made.</param>
/// <param name="Layers">The layers that are translated; a layer withheld in the answer is not among them.</param>
public sealed record ReportTranslation(string Language, bool Older, ImmutableArray<ReportLayer> Layers);

/// <summary>One layer of an answer.</summary>
/// <param name="Name">rule, practice, evidence, testing, reason.</param>
public sealed record ReportLayer(string Name, ReportText Text);

/// <summary>A good practice with the item it belongs to.</summary>
public sealed record ReportPractice(string Item, ReportText Text, ImmutableArray<string> Outcomes, ImmutableArray<string> Lenses, string Level);

/// <summary>A commitment as published.</summary>
/// <param name="Content">null when it is not public.</param>
public sealed record ReportCommitment(string Id, FollowUp.Commitment? Content, string? Language)
{
    /// <inheritdoc cref="ReportText.ByLabel"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool ByLabel { get; init; }
}

/// <summary>How far the State was with its action plan at one moment.</summary>
/// <param name="Moment"><c>check_6m</c> or <c>mid_term</c>.</param>
/// <param name="Text">About the whole; null where nothing was said or only the short form is published.</param>
/// <param name="Notes">By entry; entries that are not public are not among them.</param>
public sealed record ReportProgress(string Moment, ReportText? Text, ImmutableArray<ReportProgressNote> Notes)
{
    /// <summary>What the lead reviewer confirmed; null where nobody did, and where only the short form is published.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ReportText? Confirmation { get; init; }
}

/// <summary>How far one entry was.</summary>
/// <param name="Status">done, under_way, not_started; null when it is not public.</param>
/// <param name="Text">A few words; null where there are none.</param>
public sealed record ReportProgressNote(string Commitment, string? Status, ReportText? Text);

/// <summary>A question with its reply.</summary>
/// <param name="Reply">null when the State prefers not to answer.</param>
public sealed record ReportClarification(string Id, string? Item, ReportText Question, ReportText? Reply);

/// <summary>The agreed report as published.</summary>
/// <param name="ReviewingStates">ISO 3166-1 alpha-3 codes; never the names of persons.</param>
/// <param name="Remarks">Comments of the State that stand in the annex.</param>
/// <param name="Dissent">What a party could not agree to.</param>
public sealed record ReportAgreed(
    ImmutableArray<string> ReviewingStates,
    ImmutableArray<ReportChapterText> Sections,
    ImmutableArray<ReportRecommendation> Recommendations,
    ImmutableArray<ReportRemark> Remarks,
    ImmutableArray<ReportDissent> Dissent)
{
    /// <summary>How stakeholders were heard; null where it was not asked, or less than the report is published.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<ReportGroup>? Groups { get; init; }

    /// <summary>The day of the last confirmation, UTC; null in files made before it was kept.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateOnly? On { get; init; }

    /// <summary>Whether it went on although not all parties had confirmed it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Partly { get; init; }

    /// <summary>Who confirmed it and who did not, where it went on without all; null where all agreed, and in files made before it was
    /// kept.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ReportStanding? Standing { get; init; }

    /// <summary>The reviewing States an expert of which handed no comments in, so that the review went on without; null where there is
    /// none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<string>? Without { get; init; }
}

/// <summary>How the parties stand to a report that went on although not all agreed. The codes: <c>STATE</c>, <c>HEAD</c> for the head of the
/// coordinators, or that of a reviewing State.</summary>
/// <param name="Confirmed">The text as it is published, its annexes included.</param>
/// <param name="Dissented">Annexed dissent, whether or not its words are published.</param>
/// <param name="Disagreed">Stated that there is no agreement.</param>
/// <param name="Earlier">Confirmed an earlier text only.</param>
/// <param name="Silent">Did not answer.</param>
public sealed record ReportStanding(
    ImmutableArray<string> Confirmed, ImmutableArray<string> Dissented, ImmutableArray<string> Disagreed,
    ImmutableArray<string> Earlier, ImmutableArray<string> Silent);

/// <summary>How a group of stakeholders was heard.</summary>
/// <param name="Family">industry, academia, civil_society.</param>
/// <param name="Standing">heard, silent, not_invited.</param>
/// <param name="Reason">Why nobody was invited; the coordinator wrote it for the report.</param>
public sealed record ReportGroup(string Family, string Standing, ReportText? Reason);

/// <summary>A section of the agreed report. Its heading always stays.</summary>
/// <param name="Section">See <see cref="Deliberation.DraftReport.Sections"/>.</param>
/// <param name="Title">The title of the norm or pillar; null where the section is about the whole.</param>
public sealed record ReportChapterText(string Section, string? Title, ReportText Text);

/// <summary>A recommendation with the State's response.</summary>
/// <param name="Content">null when it is not public.</param>
/// <param name="Answer">Code of the response; null when it is not public, and while there is none.</param>
/// <param name="Reason">Why; null where none was given or only the short form is published.</param>
public sealed record ReportRecommendation(string Id, FollowUp.Commitment? Content, string? Language, string? Answer, ReportText? Reason)
{
    /// <inheritdoc cref="ReportText.ByLabel"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool ByLabel { get; init; }
}

/// <summary>A comment of the State on the draft that was not taken up.</summary>
/// <param name="About">The section or recommendation it is about.</param>
public sealed record ReportRemark(string Id, string About, ReportText Text);

/// <summary>What a party could not agree to.</summary>
/// <param name="Party"><c>STATE</c>, or the code of a reviewing State.</param>
public sealed record ReportDissent(string Party, ReportText Text);
