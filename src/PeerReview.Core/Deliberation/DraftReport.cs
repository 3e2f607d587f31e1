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

    /// <summary>What a section carries until the State relabels it: the strictest label of the answers and comments it can speak of. What
    /// only named persons may read is a source of nothing.</summary>
    public static SharingLabel LabelOf(string section, Dossier dossier, Framework framework, Material material)
    {
        var items = ItemsOf(section, dossier, framework);
        return LabelOf(items.IsEmpty ? dossier.Items : items, material);
    }

    /// <summary>The strictest label of the answers to some items and of the comments on them, RED left out.</summary>
    public static SharingLabel LabelOf(IReadOnlyCollection<string> items, Material material) => SharingLabels.Inherit(
        material.Of(WritingKind.Answer).Where(answer => items.Contains(answer.Key, StringComparer.Ordinal)).Select(answer => answer.Label)
            .Concat(ConsolidationRules.Comments(material).Where(c => items.Contains(c.Item, StringComparer.Ordinal)).Select(c => c.Label))
            .Select(SharingLabels.Of).Where(label => label != SharingLabel.Red));

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
    /// what the State replied. Recommendations are written apart; what was set aside stays aside.</summary>
    /// <param name="framework">With its texts in the language of the report.</param>
    public static ImmutableSortedDictionary<string, string> Build(Dossier dossier, Framework framework, Material material)
    {
        var sheet = ConsolidationRules.SheetOf(material);
        var comments = ConsolidationRules.Comments(material)
            .Where(c => c.Label != SharingLabel.Red.Code() && sheet.Of(c.Id)?.To is not (null or Placement.Aside)).ToList();
        var built = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        built[Strengths] = Paragraphs(
            from item in dossier.Items
            from comment in comments
            where comment.Item == item && comment.Kind == CommentKind.GoodPractice
            select $"{item} – {framework.Item(item)!.Question}\n{comment.Text}");
        foreach (var part in Sections(dossier, framework))
        {
            var items = ItemsOf(part, dossier, framework);
            if (!items.IsEmpty)
                built[part] = Paragraphs(items.Select(item => About(item, framework, material, comments, sheet)));
        }

        return built.ToImmutable();
    }

    /// <summary>Words of the whole: sections but the private annex, recommendations, comments of the State that are annexed, dissent.</summary>
    public static int Words(Material material) =>
        AgreedTexts(material).Sum(WordCount.Of);

    /// <summary>What all agree on: SHA-256 over sections, recommendations, annexed comments and dissent, hex.</summary>
    public static string HashOf(Material material) => CanonicalJson.Hash(JsonSerializer.SerializeToElement(
        Agreed(material).ToDictionary(w => $"{w.Kind}:{w.Key}", w => w.Content, StringComparer.Ordinal))).ToString();

    /// <summary>Sections and recommendations whose wording is flagged and which nobody has looked at since, by key (guard G-NOATTR).</summary>
    public static ImmutableArray<string> Flagged(Material material) =>
    [
        .. material.Of(WritingKind.Section).Where(s => s.Key != PrivateAnnex && !Contents.ReadSection(s).Flagged.IsEmpty)
            .Concat(material.Of(WritingKind.Recommendation).Where(r => Contents.ReadRecommendation(r).Flagged))
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
            .Concat(material.Of(WritingKind.Dissent));

    private static IEnumerable<string> AgreedTexts(Material material) => Agreed(material).Select(w => w.Kind switch
    {
        WritingKind.Section => Contents.ReadSection(w).Text,
        WritingKind.Recommendation => Contents.ReadRecommendation(w).Words(),
        WritingKind.DraftComment => Contents.ReadDraftComment(w).Text,
        _ => Contents.ReadNote(w).Text,
    });

    private static string About(
        string item, Framework framework, Material material, List<StandingComment> comments, ConsolidationSheet sheet)
    {
        var answer = material.Find(WritingKind.Answer, item) is { } written && written.Label != SharingLabel.Red.Code()
            ? Contents.ReadAnswer(written)
            : null;
        var value = framework.Scale.FirstOrDefault(term => term.Code == answer?.Value?.Code())?.Text;
        var lines = new StringBuilder($"{item} – {framework.Item(item)!.Question}");
        if (value is not null)
            lines.Append('\n').Append(value);
        foreach (var comment in comments.Where(c => c.Item == item && c.Kind == CommentKind.Observation))
            lines.Append('\n').Append(comment.Text);
        foreach (var question in sheet.Questions.Where(q => q.Item == item))
        {
            if (material.Find(WritingKind.Reply, question.Id) is { } reply && reply.Label != SharingLabel.Red.Code()
                && Contents.ReadReply(reply) is { Declines: false, Text: var said })
            {
                lines.Append('\n').Append(question.Text).Append('\n').Append(said);
            }
        }

        foreach (var contradiction in sheet.Contradictions.Where(c => c.Item == item))
            lines.Append('\n').Append(contradiction.Note);
        return lines.ToString();
    }

    private static string Paragraphs(IEnumerable<string> paragraphs) => string.Join("\n\n", paragraphs);
}
