using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using PeerReview.Core.Access;
using PeerReview.Core.Assessment;
using PeerReview.Core.Frameworks;
using PeerReview.Core.Ledger;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;

namespace PeerReview.Core.Deliberation;

/// <summary>One section of the draft.</summary>
/// <param name="Flagged">Sentences that could blame a State or group for an incident, as found when it was saved.</param>
public sealed record SectionContent(string Text, ImmutableArray<string> Flagged);

/// <summary>What a built section calls its lines, each with its colon, in the language of the report: who reads it later, and not beside
/// the material, can tell answer, observation and reply apart.</summary>
public sealed record DraftWords(string Answer, string Observation, string Question, string Reply, string Contradiction)
{
    /// <summary>No words beside the material: enough to see what would be begun.</summary>
    public static DraftWords None { get; } = new("", "", "", "", "");

    /// <summary>Stands where the material names a stakeholder who did not agree to be public.</summary>
    public string Stakeholder { get; init; } = "…";
}

/// <summary>An item whose answer, or something said about it, lends its label to what is written about it.</summary>
/// <param name="Item">Its id; empty for a contribution about the whole.</param>
public sealed record LabelSource(string Item, SharingLabel Label)
{
    /// <summary>Whether it is a contribution of a stakeholder.</summary>
    public bool Said { get; init; }
}

/// <summary>The report the experts write: its sections, what they are first built from, how long it may be (process B.2, stage
/// <c>draft</c>).</summary>
public static class DraftReport
{
    /// <summary>The stage it is written in.</summary>
    public const string Stage = "draft";

    /// <summary>The executive summary.</summary>
    public const string Summary = "summary";

    /// <summary>What is done well; it comes first.</summary>
    public const string Strengths = "strengths";

    public const string Conclusions = "conclusions";

    /// <summary>For the State alone: never published, and no part of what is agreed.</summary>
    public const string PrivateAnnex = "private_annex";

    /// <summary>Words of the whole report, recommendations and annexes included.</summary>
    public const int MaxWords = 10_700;

    /// <summary>Characters of one section.</summary>
    public const int MaxSection = 40_000;

    /// <summary>Why nobody can write in the report now; null when the experts can: while it is drafted, and until all agree.</summary>
    public static Refusal? Closed(ProcessState state) =>
        Open.Any(stage => StageDoor.Closed(state, stage) is null) ? null : StageDoor.Closed(state, Stage);

    private static readonly ImmutableArray<string> Open = [Stage, FactCheck.Stage, AgreementRules.Stage, AgreementRules.Reconciling];

    /// <summary>The sections in their order, the private annex last.</summary>
    public static ImmutableArray<string> Sections(Dossier dossier, Framework framework) =>
    [
        Summary, Strengths,
        .. framework.Parts.Where(part => part.Items.Any(item => dossier.Items.Contains(item.Id, StringComparer.Ordinal))).Select(part => part.Id),
        Conclusions, PrivateAnnex,
    ];

    /// <summary>The items in scope a section is about; none where it is about the whole.</summary>
    public static ImmutableArray<string> ItemsOf(string section, Dossier dossier, Framework framework) =>
    [
        .. (framework.Parts.FirstOrDefault(part => part.Id == section)?.Items ?? [])
            .Select(item => item.Id).Where(item => dossier.Items.Contains(item, StringComparer.Ordinal)),
    ];

    /// <summary>What a section carries until the State relabels it: the strictest label of the answers, comments and contributions it can
    /// speak of. What only named persons may read is a source of nothing.</summary>
    /// <param name="text">What is written in it: whom it names counts as well.</param>
    public static SharingLabel LabelOf(string section, Dossier dossier, Framework framework, Material material, string text = "") =>
        SharingLabels.Inherit(SourcesOf(section, dossier, framework, material, text).Select(source => source.Label));

    /// <summary>The same for a recommendation: what it is about, and the comments it grew from.</summary>
    public static SharingLabel LabelOf(Recommendation recommendation, Material material) =>
        SharingLabels.Inherit(SourcesOf(recommendation, material).Select(source => source.Label));

    /// <summary>The same for whatever is about one item.</summary>
    public static SharingLabel LabelOfItem(string item, Material material) =>
        SharingLabels.Inherit(Sources([item], [], material).Select(source => source.Label));

    /// <summary>What a section can speak of: answers, comments and contributions, by item.</summary>
    public static IEnumerable<LabelSource> SourcesOf(string section, Dossier dossier, Framework framework, Material material, string text = "") =>
        Sources(AboutOf(section, dossier, framework), [], material).Concat(Heard.Named(text, material));

    /// <summary>The items a section can speak of: its own, or all where it is about the whole.</summary>
    public static ImmutableArray<string> AboutOf(string section, Dossier dossier, Framework framework) =>
        ItemsOf(section, dossier, framework) is { IsEmpty: false } items ? items : dossier.Items;

    /// <summary>The same for a recommendation.</summary>
    public static IEnumerable<LabelSource> SourcesOf(Recommendation recommendation, Material material) =>
        Sources(recommendation.Measure.Items, recommendation.Comments, material).Concat(Heard.Named(recommendation.Words(), material));

    private static IEnumerable<LabelSource> Sources(ImmutableArray<string> items, ImmutableArray<Guid> comments, Material material) =>
        material.Of(WritingKind.Answer).Where(answer => items.Contains(answer.Key, StringComparer.Ordinal))
            .Select(answer => new LabelSource(answer.Key, SharingLabels.Of(answer.Label)))
            .Concat(ConsolidationRules.Comments(material)
                .Where(c => items.Contains(c.Item, StringComparer.Ordinal) || comments.Contains(c.Id))
                .Select(c => new LabelSource(c.Item, SharingLabels.Of(c.Label))))
            .Concat(Heard.Sources(items, material))
            .Where(source => source.Label != SharingLabel.Red);

    /// <summary>The parts in scope whose section holds no words yet, and the conclusions where they hold none.</summary>
    public static ImmutableArray<string> Unwritten(Dossier dossier, Framework framework, Material material) =>
    [
        .. Sections(dossier, framework).Where(section => (section == Conclusions || !ItemsOf(section, dossier, framework).IsEmpty)
            && (material.Find(WritingKind.Section, section) is not { } text || Contents.ReadSection(text).Text.Length == 0)),
    ];

    /// <summary>Everything that is wrong with a section; empty when it can stand.</summary>
    /// <returns><c>report.unknown-section</c>, <c>report.text</c> {max}.</returns>
    public static IEnumerable<Refusal> Check(string section, string text, Dossier dossier, Framework framework)
    {
        if (!Sections(dossier, framework).Contains(section, StringComparer.Ordinal))
            yield return new Refusal("report.unknown-section", RefusalKind.NotFound);
        if (text.Length > MaxSection || !Core.Text.IsReadable(text))
            yield return new Refusal("report.text", RefusalKind.Invalid, "text").With("max", MaxSection);
    }

    /// <summary>What the sections begin with: good practices first, then part by part what the State chose, what the experts said and
    /// what the State replied. Recommendations are written apart; what was set aside stays aside. The questions of the framework speak to
    /// the State and do not go into the report: an item is named by its id, and beside it the title of its part where the section is about
    /// another. Stakeholders who did not agree to be public are not named.</summary>
    /// <param name="framework">With its texts in the language of the report.</param>
    public static ImmutableSortedDictionary<string, string> Build(Dossier dossier, Framework framework, Material material, DraftWords words)
    {
        var sheet = ConsolidationRules.SheetOf(material);
        var comments = ConsolidationRules.Comments(material)
            .Where(c => c.Label != SharingLabel.Red.Code() && sheet.Of(c.Id)?.To is not (null or Placement.Aside)).ToList();
        var built = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        built[Strengths] = Paragraphs(
            from item in dossier.Items
            from comment in comments
            where comment.Item == item && comment.Kind == CommentKind.GoodPractice
            select $"{item} – {framework.PartOf(framework.Item(item)!).Title}\n{comment.Text}");
        foreach (var part in Sections(dossier, framework))
        {
            var items = ItemsOf(part, dossier, framework);
            if (!items.IsEmpty)
                built[part] = Paragraphs(items.Select(item => About(item, framework, material, comments, sheet, words)));
        }

        return built.ToImmutable().SetItems(built.Select(section => KeyValuePair.Create(section.Key, Heard.WithoutNames(section.Value, material, words.Stakeholder))));
    }

    /// <summary>Words of the whole: sections but the private annex, recommendations, comments of the State that are annexed, dissent.</summary>
    public static int Words(Material material) =>
        AgreedTexts(material).Sum(WordCount.Of);

    /// <summary>What all agree on: SHA-256 over the review, the State under review and the hash of what is written, hex, so that the same
    /// words of another review have another fingerprint.</summary>
    /// <remarks>Reports confirmed before the review was part of it keep the fingerprint they were confirmed by until a word changes.</remarks>
    public static string HashOf(Material material, Dossier dossier, ReviewId review)
    {
        var text = HashOfText(material);
        return dossier.Agreement?.ContentHash == text || dossier.Signatures.Any(s => SignedAct.IsAgreement(s.Act) && s.ContentHash == text)
            ? text
            : CanonicalJson.Hash(JsonSerializer.SerializeToElement(new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["review"] = review.ToString(),
                ["subject"] = dossier.Subject,
                ["text"] = text,
            })).ToString();
    }

    /// <summary>SHA-256 over sections, recommendations, annexed comments and dissent, hex.</summary>
    public static string HashOfText(Material material) => CanonicalJson.Hash(JsonSerializer.SerializeToElement(
        Agreed(material).ToDictionary(w => $"{w.Kind}:{w.Key}", w => w.Content, StringComparer.Ordinal))).ToString();

    /// <summary>Sections and recommendations nobody has looked at since their wording was flagged (guard G-NOATTR), or since they name a
    /// stakeholder who did not agree to be public, by key.</summary>
    public static ImmutableArray<string> Flagged(Material material) =>
    [
        .. material.Of(WritingKind.Section).Where(s => s.Key != PrivateAnnex
                && Contents.ReadSection(s) is var content && (!content.Flagged.IsEmpty || !Heard.NamesIn(content.Text, material).IsEmpty))
            .Concat(material.Of(WritingKind.Recommendation).Where(r =>
                Contents.ReadRecommendation(r) is var content && (content.Flagged || !Heard.NamesIn(content.Words(), material).IsEmpty)))
            .Where(w => !IsCleared(w, material)).Select(w => w.Key),
    ];

    /// <summary>What somebody who looked at a flagged text has looked at.</summary>
    public static string VersionMark(string kind, string key, int version) => FormattableString.Invariant($"{kind}:{key}:{version}");

    /// <summary>Whether somebody has looked at the flagged wording as it stands.</summary>
    public static bool IsCleared(Writing text, Material material) =>
        material.Find(WritingKind.WordingCheck, text.Key) is { } check
        && Contents.ReadNote(check).Items.Contains(VersionMark(text.Kind, text.Key, text.Version), StringComparer.Ordinal);

    private static IEnumerable<Writing> Agreed(Material material) =>
        material.Of(WritingKind.Section).Where(s => s.Key != PrivateAnnex)
            .Concat(material.Of(WritingKind.Recommendation))
            .Concat(FactCheck.Annexed(material))
            .Concat(material.Of(WritingKind.NotInvited))
            .Concat(material.Of(WritingKind.Dissent));

    private static IEnumerable<string> AgreedTexts(Material material) => Agreed(material).Select(w => w.Kind switch
    {
        WritingKind.Section => Contents.ReadSection(w).Text,
        WritingKind.Recommendation => Contents.ReadRecommendation(w).Words(),
        WritingKind.DraftComment => Contents.ReadDraftComment(w).Text,
        _ => Contents.ReadNote(w).Text,
    });

    private static string About(
        string item, Framework framework, Material material, List<StandingComment> comments, ConsolidationSheet sheet, DraftWords words)
    {
        var written = material.Find(WritingKind.Answer, item);
        var isKept = written?.Label == SharingLabel.Red.Code();
        var answer = written is null || isKept ? null : Contents.ReadAnswer(written);
        var value = framework.Scale.FirstOrDefault(term => term.Code == answer?.Value?.Code())?.Text;
        var lines = new StringBuilder(item);
        if (value is not null)
            Line(words.Answer, value);
        foreach (var comment in comments.Where(c => c.Item == item && c.Kind == CommentKind.Observation))
            Line(words.Observation, comment.Text);
        foreach (var question in sheet.Questions.Where(q => q.Item == item))
        {
            // The State may have labelled the answer for fewer readers since the question was asked: then question and reply go no further.
            if (!isKept && material.Find(WritingKind.Reply, question.Id) is { } reply && reply.Label != SharingLabel.Red.Code()
                && Contents.ReadReply(reply) is { Declines: false, Text: var said })
            {
                Line(words.Question, question.Text);
                Line(words.Reply, said);
            }
        }

        foreach (var contradiction in sheet.Contradictions.Where(c => c.Item == item))
            Line(words.Contradiction, contradiction.Note);
        return lines.ToString();

        // A full-width colon brings its own space.
        void Line(string what, string text) => lines.Append('\n').Append(what).Append(what.EndsWith('：') ? "" : " ").Append(text);
    }

    private static string Paragraphs(IEnumerable<string> paragraphs) => string.Join("\n\n", paragraphs);
}
