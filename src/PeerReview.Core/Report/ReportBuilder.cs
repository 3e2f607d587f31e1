using System.Collections.Immutable;
using PeerReview.Core.Access;
using PeerReview.Core.Assessment;
using PeerReview.Core.Deliberation;
using PeerReview.Core.FollowUp;
using PeerReview.Core.Frameworks;

namespace PeerReview.Core.Report;

/// <summary>Makes the report as everybody may read it. The preview is the same report without a day of publication.</summary>
/// <remarks>
/// <para>No text leaves with a label stricter than CLEAR unless the signed decision relabels that very piece. While the
/// State is silent the promise of the launch notice holds, and labels hold with it.</para>
/// <para>What <c>summary</c> means: of the self-assessment the value per item, without layers, sectors and dates; of
/// clarifications the questions without the replies; of commitments the title, the codes and the day, without text, owner,
/// indicator and help; of good practices where they belong, without the text; of the summary the summary.</para>
/// <para>Of an agreed report <c>summary</c> means: its executive summary and none of its sections and annexes; of recommendations title,
/// codes, day and the State's answer without its reason; of the action plan what it means of commitments, and of progress how far each
/// entry is, without words.</para>
/// <para>A translation of an answer goes where its answer goes, layer by layer, and has no label of its own.</para>
/// <para>Of an answer single layers may be withheld; its value and sectors stay. A piece of an item is withheld with the item's answer: its clarifications and its good practices. A commitment
/// is withheld by its own id, and with the recommendation it carries out.</para>
/// </remarks>
public static class ReportBuilder
{
    /// <summary>The report, or why the decision does not fit the material.</summary>
    /// <exception cref="ArgumentException">Two pieces of the input have one key.</exception>
    public static Verdict<PublishedReport> Build(ReportInput input)
    {
        if (input.Decision is { } decision && PublicationRules.Check(decision, input) is { IsEmpty: false } refused)
            return Refusal.Of(refused);

        var work = new Work(input, PublicationTerms.Of(input));
        var framework = input.Framework;
        return new PublishedReport(
            input.Review, input.Subject, input.Variant, new FrameworkPin(framework.Id, framework.Version, framework.Hash),
            input.Language, input.Launched, input.Published)
        {
            Theme = input.Theme,
            Summary = work.Summary(),
            GoodPractices = work.GoodPractices(),
            Sections = work.Sections(),
            Commitments = work.Commitments(),
            Progress = work.Progress(),
            Clarifications = work.Clarifications(),
            Agreed = work.Agreed(),
            Region = input.Region,
            Sheets = work.Sheets(),
            Choices = work.Terms.Codes,
        };
    }

    private sealed class Work(ReportInput input, PublicationTerms terms)
    {
        // Not frozen dictionaries: those take the last of two equal keys, and with it the label of something else.
        private readonly Dictionary<string, ReportPiece> _pieces =
            ReportPieces.Of(input).ToDictionary(p => p.Key, StringComparer.Ordinal);

        private readonly Dictionary<string, Answer> _answers =
            input.Answers.ToDictionary(a => a.Item, StringComparer.Ordinal);

        public PublicationTerms Terms => terms;

        public ReportText? Summary() => (!Absent(PublishedDocuments.Summary) || OnlySummary(PublishedDocuments.Report)) && input.Summary is { } summary
            ? Shown(summary.Text, summary.Language, PublishedDocuments.Summary)
            : null;

        public ImmutableArray<ReportSection> Sections() => Absent(PublishedDocuments.SelfAssessment)
            ? []
            :
            [
                .. input.Framework.Parts
                    .Select(part => new ReportSection(
                        part.Id, part.Title, [.. part.Items.Where(i => _pieces.ContainsKey(i.Id)).Select(Answer)]))
                    .Where(section => !section.Answers.IsEmpty),
            ];

        public ImmutableArray<ReportPractice> GoodPractices()
        {
            if (Absent(PublishedDocuments.Commitments))
                return [];
            var order = input.Framework.Items.Index().ToDictionary(i => i.Item.Id, i => i.Index, StringComparer.Ordinal);
            return
            [
                .. input.GoodPractices
                    .OrderBy(p => order.GetValueOrDefault(p.Content.Item, int.MaxValue))
                    .ThenBy(p => p.Id, StringComparer.Ordinal)
                    .Select(Practice),
            ];
        }

        public ImmutableArray<ReportCommitment> Commitments() => Absent(Undertakings)
            ? []
            : [.. input.Commitments.OrderBy(c => c.Id, StringComparer.Ordinal).Select(Commitment)];

        public ImmutableArray<ReportProgress>? Progress()
        {
            if (input.Progress.IsEmpty || Absent(PublishedDocuments.ActionPlan))
                return null;
            var brief = OnlySummary(PublishedDocuments.ActionPlan);
            return [.. input.Progress.Select(told => new ReportProgress(
                told.Moment, brief ? null : Told(told.Whole.Text, told.Whole.Language, told.Whole.Label),
                [.. told.Notes.Where(note => _pieces.ContainsKey(note.Id) && Opens(note.Id)).Select(note => Note(note, brief))])
            {
                Confirmation = brief || told.Confirmation is not { } confirmed ? null : Told(confirmed.Text, confirmed.Language, confirmed.Label),
            })];
        }

        // Written after the decision, which relabelled none of it: its own label says.
        private static ReportText? Told(string text, string language, SharingLabel label) =>
            text.Length == 0 ? null : label == SharingLabel.Clear ? new ReportText(text, language) : ReportText.KeptBack;

        private static ReportProgressNote Note(Labelled<CommitmentProgress> note, bool brief) => note.Label == SharingLabel.Clear
            ? new ReportProgressNote(note.Id, note.Content.Status, brief ? null : Told(note.Content.Text, note.Language, note.Label))
            : new ReportProgressNote(note.Id, null, ReportText.KeptBack);

        public ImmutableArray<ReportClarification> Clarifications() => Absent(Questions) || (input.Agreed is not null && OnlySummary(Questions))
            ? []
            : [.. input.Clarifications.OrderBy(c => c.Id, StringComparer.Ordinal).Select(Clarification)];

        public ReportAgreed? Agreed() => input.Agreed is not { } agreed ? null : new ReportAgreed(
            agreed.ReviewingStates,
            [.. InFull(agreed.Sections).Select(s => new ReportChapterText(
                s.Id, input.Framework.Parts.FirstOrDefault(p => p.Id == s.Id)?.Title, Shown(s.Content, s.Language, ReportPieces.SectionKey(s.Id))))],
            Absent(PublishedDocuments.Recommendations) ? [] : [.. agreed.Recommendations.Select(r => Recommendation(r, agreed))],
            [.. InFull(agreed.Remarks).Select(r => new ReportRemark(r.Id, r.Content.About, Shown(r.Content.Text, r.Language, r.Id)))],
            [.. InFull(agreed.Dissent).Select(d => new ReportDissent(d.Id, Shown(d.Content, d.Language, ReportPieces.DissentKey(d.Id))))])
        {
            Groups = agreed.Groups.IsEmpty || Absent(PublishedDocuments.Report) || OnlySummary(PublishedDocuments.Report) ? null : agreed.Groups,
            On = agreed.On,
            Partly = agreed.Partly,
            // Whatever of the report is published: nobody takes it for the agreement of a party that did not agree.
            Standing = agreed is { Partly: true, Standing: { } standing }
                ? new ReportStanding(standing.Confirmed, standing.Dissented, standing.Disagreed, standing.Earlier, standing.Silent)
                : null,
            Without = agreed.Without.IsEmpty ? null : agreed.Without,
        };

        // Whose sheet it is has opened these answers by its own signature; the owner's decision is not asked.
        public ImmutableArray<ReportStateSheet>? Sheets() => input.Sheets.IsEmpty ? null :
        [
            .. input.Sheets.Select(sheet => new ReportStateSheet(
                sheet.State,
                [.. sheet.Answers.Select(a => new ReportSheetAnswer(a.Id, input.Framework.Item(a.Id)!.Question, new ReportText(a.Content, a.Language)))])),
        ];

        // Sections and annexes, unless the State publishes less than that.
        private ImmutableArray<Labelled<T>> InFull<T>(ImmutableArray<Labelled<T>> texts) =>
            Absent(PublishedDocuments.Report) || OnlySummary(PublishedDocuments.Report) ? [] : texts;

        private ReportRecommendation Recommendation(Labelled<Recommendation> recommendation, AgreedReport agreed)
        {
            if (!Opens(recommendation.Id))
                return new ReportRecommendation(recommendation.Id, null, null, null, null) { ByLabel = ByLabel(recommendation.Id) };
            var brief = OnlySummary(PublishedDocuments.Recommendations);
            var content = recommendation.Content.Measure with { Urgency = "" };
            if (brief)
                content = content with { Text = "", Owner = "", Indicator = "", Help = "" };
            var response = agreed.Responses.FirstOrDefault(r => r.Id == recommendation.Id);
            return new ReportRecommendation(
                recommendation.Id, content, recommendation.Language, response?.Content.Answer,
                brief || response is not { Content.Reason: { Length: > 0 } reason } ? null : new ReportText(reason, response.Language));
        }

        // The same kind of text is the action plan where other States review.
        private string Undertakings => input.Agreed is null ? PublishedDocuments.Commitments : PublishedDocuments.ActionPlan;

        private string Questions => input.Agreed is null ? PublishedDocuments.Clarifications : PublishedDocuments.Report;

        private ReportAnswer Answer(FrameworkItem item)
        {
            var shown = new ReportAnswer(item.Id, item.Question, null, Withheld: !Opens(item.Id)) { ByLabel = ByLabel(item.Id) };
            if (shown.Withheld || !_answers.TryGetValue(item.Id, out var answer))
                return shown;
            shown = shown with { Value = answer.Value?.Code() };
            if (OnlySummary(PublishedDocuments.SelfAssessment))
                return shown;
            return shown with
            {
                Layers = [.. Layers(answer)],
                Translations = Translations(answer),
                Sectors = answer.Sectors,
                LastTested = terms.Withholds(item.Id, ReportPieces.Testing) ? null : answer.LastTested,
            };
        }

        private IEnumerable<ReportLayer> Layers(Answer answer) => answer.Texts
            .Where(t => !string.IsNullOrWhiteSpace(t.Text) || terms.Withholds(answer.Item, t.Field))
            .Select(t => new ReportLayer(t.Field, terms.Withholds(answer.Item, t.Field) ? ReportText.Withheld : new ReportText(t.Text, answer.Language)));

        private ImmutableArray<ReportTranslation>? Translations(Answer answer)
        {
            ImmutableArray<ReportTranslation> shown =
            [
                .. input.Translations.Where(t => t.Translation.Item == answer.Item)
                    .OrderBy(t => t.Language, StringComparer.Ordinal)
                    .Select(t => new ReportTranslation(t.Language, t.IsOlder, [.. Translated(t.Translation.Over(answer))]))
                    .Where(t => !t.Layers.IsEmpty),
            ];
            return shown.IsEmpty ? null : shown;
        }

        // That a layer is withheld is said once, in the answer.
        private IEnumerable<ReportLayer> Translated(Answer answer) => Layers(answer).Where(l => !l.Text.IsWithheld);

        private ReportPractice Practice(Labelled<GoodPractice> practice)
        {
            var (item, text) = (practice.Content.Item, practice.Content.Text);
            return Opens(practice.Id)
                ? new ReportPractice(
                    item, OnlySummary(PublishedDocuments.Commitments) ? ReportText.Withheld : new ReportText(text, practice.Language),
                    practice.Content.Outcomes, practice.Content.Lenses, practice.Content.Level)
                : new ReportPractice(item, Closed(practice.Id), [], [], "");
        }

        private ReportCommitment Commitment(Labelled<Commitment> commitment)
        {
            if (!Opens(commitment.Id))
                return new ReportCommitment(commitment.Id, null, null) { ByLabel = ByLabel(commitment.Id) };
            // Urgency steers the work inside. Outside it would tell that something could not wait.
            var content = commitment.Content with { Urgency = "" };
            if (OnlySummary(Undertakings))
                content = content with { Text = "", Owner = "", Indicator = "", Help = "" };
            return new ReportCommitment(commitment.Id, content, commitment.Language);
        }

        private ReportClarification Clarification(Clarification c)
        {
            if (!Opens(c.Id))
                return new ReportClarification(c.Id, c.Item, Closed(c.Id), Closed(c.Id));
            var question = new ReportText(c.Question.Text, c.Question.Language);
            if (OnlySummary(Questions))
                return new ReportClarification(c.Id, c.Item, question, ReportText.Withheld);
            return new ReportClarification(
                c.Id, c.Item, question, c.Reply is { } reply ? new ReportText(reply.Text, reply.Language) : null);
        }

        private bool Opens(string key) => terms.Opens(_pieces[key]);

        // Nobody withheld it, and yet it is not open: its label, or that of the answer it grew from, keeps it back.
        private bool ByLabel(string key) => !Opens(key) && !terms.Withholds(_pieces[key]);

        private ReportText Closed(string key) => ByLabel(key) ? ReportText.KeptBack : ReportText.Withheld;

        private bool Absent(string document) => terms.Choice(document) == PublicationChoice.None;

        private bool OnlySummary(string document) => terms.Choice(document) == PublicationChoice.Summary;

        private ReportText Shown(string text, string language, string key) => Opens(key) ? new ReportText(text, language) : Closed(key);
    }
}
