using System.Collections.Immutable;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.FollowUp;
using PeerReview.Core.Frameworks;
using PeerReview.Core.Reviews;

namespace PeerReview.Core.Report;

/// <summary>Takes from a review what a report may be made of. What is not named here has no way into a report.</summary>
public static class ReportSource
{
    /// <summary>The input of the report builder; its decision is the one the State signed, or null while it is silent.</summary>
    /// <param name="framework">The version the review pins, with its texts in <paramref name="language"/>.</param>
    /// <param name="language">Language of the headings, ISO 639-1.</param>
    /// <param name="launched">Day of the launch where the State under review is.</param>
    /// <param name="published">Day of publication, UTC; null for the preview.</param>
    public static ReportInput Of(
        ReviewId review, Dossier dossier, Material material, Framework framework, string language, DateOnly launched, DateOnly? published) =>
        new(review.ToString(), dossier.Subject, dossier.Variant, framework, language, launched, published)
        {
            Items = dossier.Items,
            Theme = dossier.Theme,
            Promise = dossier.Promise,
            Region = dossier.Region is { } region
                ? new ReportRegion(dossier.SubjectKind, [.. EndorsementRules.NamedInPublic(region)])
                : null,
            // Decided one by one until the report is out: no preview holds them.
            Sheets = published is null ? [] : [.. Sheets(dossier, material)],
            Decision = dossier.Choices is { } choices
                ? new PublicationDecision(choices, dossier.Withheld, dossier.Relabelled)
                : null,
            Answers = [.. material.Of(WritingKind.Answer).Select(Contents.ReadAnswer)],
            Translations = [.. material.Translations()],
            // What the State wrote on other questions before it limited the review to a theme is no part of its report.
            Commitments =
            [
                .. material.Of(WritingKind.Commitment).Select(w => Labelled(w, Contents.ReadCommitment(w)))
                    .Where(c => c.Content.Recommendation is not null || c.Content.Items.IsEmpty || !c.Content.Items.All(dossier.FallsOutside)),
            ],
            GoodPractices =
            [
                .. material.Of(WritingKind.GoodPractice).Select(w => Labelled(w, Contents.ReadGoodPractice(w)))
                    .Where(p => !dossier.FallsOutside(p.Content.Item)),
            ],
            Progress = dossier.Agreement is null ? [] : [.. Progress(material)],
            Clarifications = [.. (dossier.Agreement is null ? material.Of(WritingKind.Question) : ClarifyingRound.InReport(material)).Select(w => Clarification(w, material))],
            Summary = dossier.Agreement is null
                ? Summary(material.Find(WritingKind.Summary, PublishedDocuments.Summary))
                : Sections(dossier, framework, material).Where(s => s.Id == DraftReport.Summary).Select(s => new LabelledText(s.Content, s.Label, s.Language)).FirstOrDefault(),
            Agreed = dossier.Agreement is null ? null : Agreed(dossier, framework, material),
        };

    private static AgreedReport Agreed(Dossier dossier, Framework framework, Material material) => new(
        [.. dossier.Team.States.Select(seat => seat.State)],
        [
            .. from section in DraftReport.Sections(dossier, framework)
               where section is not (DraftReport.Summary or DraftReport.PrivateAnnex)
               from text in Sections(dossier, framework, material)
               where text.Id == section
               select text,
        ],
        [.. material.Of(WritingKind.Recommendation).Select(w => Under(Labelled(w, Contents.ReadRecommendation(w)), c => c.Measure.Items, c => c.Words(), material))],
        [.. material.Of(WritingKind.Response).Select(w => Labelled(w, Contents.ReadResponse(w)))],
        [.. FactCheck.Annexed(material).Select(w => Labelled(w, Contents.ReadDraftComment(w)))],
        [.. material.Of(WritingKind.Dissent).Select(w => Labelled(w, Contents.ReadNote(w).Text))])
    {
        NotForPublic = [.. NotForPublic(dossier, framework, material)],
        Partly = AgreementRules.IsPartly(dossier),
        Standing = AgreementStanding.Of(dossier, material),
        Without = dossier.Team.Without,
    };

    private static IEnumerable<Labelled<string>> Sections(Dossier dossier, Framework framework, Material material) =>
        material.Of(WritingKind.Section).Select(w => Labelled(w, Contents.ReadSection(w).Text)).Where(s => s.Content.Length > 0)
            .Select(s => Under(s, _ => DraftReport.AboutOf(s.Id, dossier, framework), text => text, material));

    // Whatever label a text was saved with, what stakeholders said keeps its own.
    private static Labelled<T> Under<T>(
        Labelled<T> text, Func<T, ImmutableArray<string>> about, Func<T, string> words, Material material) => text with
        {
            Label = SharingLabels.Inherit(
            Heard.Sources(about(text.Content), material).Concat(Heard.Named(words(text.Content), material)).Select(said => said.Label).Append(text.Label)),
        };

    private static IEnumerable<string> NotForPublic(Dossier dossier, Framework framework, Material material) =>
        Sections(dossier, framework, material).Where(s => Heard.IsPrivate(DraftReport.AboutOf(s.Id, dossier, framework), s.Content, material))
            .Select(s => s.Id == DraftReport.Summary ? PublishedDocuments.Summary : ReportPieces.SectionKey(s.Id))
            .Concat(
                from text in material.Of(WritingKind.Recommendation)
                let content = Contents.ReadRecommendation(text)
                where Heard.IsPrivate(content.Measure.Items, content.Words(), material)
                select text.Key)
            .Concat(
                from text in material.Of(WritingKind.Question)
                let content = Contents.ReadQuestion(text)
                where Heard.IsPrivate(content.Item is { } item ? [item] : [], content.Text, material)
                select text.Key);

    private static IEnumerable<ProgressTold> Progress(Material material) =>
        from moment in ProgressRules.Stages
        let whole = material.Find(WritingKind.ProgressNote, moment)
        where whole is not null
        let confirmed = moment == ProgressRules.MidTerm ? material.Find(WritingKind.ProgressNote, ProgressRules.Confirmation) : null
        select new ProgressTold(
            moment,
            Text(whole, Contents.ReadNote(whole).Text),
            [
                .. from entry in material.Of(WritingKind.Commitment)
                   let note = material.Find(WritingKind.ProgressNote, $"{moment}:{entry.Key}")
                   where note is not null
                   let content = Contents.ReadNote(note)
                   select Labelled(note, new CommitmentProgress(entry.Key, content.Items[0], content.Text)) with { Id = entry.Key },
            ],
            confirmed is null ? null : Text(confirmed, Contents.ReadNote(confirmed).Text));

    private static IEnumerable<(string State, ImmutableArray<Labelled<string>> Answers)> Sheets(Dossier dossier, Material material) =>
        from choice in (dossier.Region?.SheetChoices ?? []).OrderBy(choice => choice.State, StringComparer.Ordinal)
        where !choice.Items.IsEmpty && SheetRules.IsHandedIn(dossier, choice.State)
        select (choice.State, (ImmutableArray<Labelled<string>>)
        [
            .. SheetRules.Of(material, choice.State, dossier.Items)
                .Where(answer => choice.Items.Contains(SheetRules.ItemOf(answer.Key), StringComparer.Ordinal))
                .Select(answer => Labelled(answer, Contents.ReadNote(answer).Text) with { Id = SheetRules.ItemOf(answer.Key) }),
        ]);

    // A summary saved empty is none.
    private static LabelledText? Summary(Writing? summary) =>
        summary is not null && Contents.ReadNote(summary).Text is { } text && !string.IsNullOrWhiteSpace(text)
            ? Text(summary, text)
            : null;

    private static Clarification Clarification(Writing question, Material material)
    {
        var asked = Contents.ReadQuestion(question);
        var label = SharingLabels.Inherit(
            Heard.Sources(asked.Item is { } item ? [item] : [], material).Concat(Heard.Named(asked.Text, material))
                .Select(said => said.Label).Append(SharingLabels.Of(question.Label)));
        return new Clarification(
            question.Key, asked.Item, Text(question, asked.Text) with { Label = label }, Reply(material.Find(WritingKind.Reply, question.Key)));
    }

    // Who prefers not to answer may still have said why.
    private static LabelledText? Reply(Writing? reply) =>
        reply is not null && Contents.ReadReply(reply).Text is { } text && !string.IsNullOrWhiteSpace(text)
            ? Text(reply, text)
            : null;

    private static Labelled<T> Labelled<T>(Writing writing, T content) =>
        new(writing.Key, content, SharingLabels.Of(writing.Label), writing.Language);

    private static LabelledText Text(Writing writing, string text) => new(text, SharingLabels.Of(writing.Label), writing.Language);
}
