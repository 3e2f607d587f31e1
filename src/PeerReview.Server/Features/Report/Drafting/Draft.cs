using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Assessment;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Drafts;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Features.Report.Drafting;

/// <summary>The draft as one of its authors sees it, or a coordinator who reads along.</summary>
/// <param name="Reader">Who reads.</param>
/// <param name="Versions">Of the section asked for, newest first, as far as they are open to the reader.</param>
public sealed record Draft(LoadedReview Review, Material Material, Actor Reader, ImmutableArray<Writing> Versions)
{
    /// <summary>The pages of sections and recommendations in which the reader typed something that is not saved.</summary>
    public ImmutableArray<string> Unsaved { get; init; } = [];

    /// <summary>Sentences of the private annex that stand in another text as well, where both are open to the reader; each with the key of that
    /// text.</summary>
    public ImmutableArray<(string Key, string Sentence)> Echoes => Material.Find(WritingKind.Section, DraftReport.PrivateAnnex) is { } annex && Opens(annex)
        ? [.. AnnexEchoes.Of(Material).Where(echo => (Material.Find(WritingKind.Section, echo.Key) ?? Material.Find(WritingKind.Recommendation, echo.Key)) is { } text && Opens(text))]
        : [];

    /// <summary>Sentences of answers and replies that stand in a text which more people read, where both are open to the reader.</summary>
    public ImmutableArray<StrictEcho> StrictEchoes =>
    [
        .. from echo in Core.Deliberation.StrictEchoes.Of(Material)
           where (Material.Find(WritingKind.Section, echo.Key) ?? Material.Find(WritingKind.Recommendation, echo.Key)) is { } text && Opens(text)
           where Review.Reads(Reader, echo)
           select echo,
    ];

    /// <summary>Whether the report is agreed or goes on without agreement: it is no longer changed.</summary>
    public bool IsOver => Review.Dossier.Agreement is not null;

    /// <summary>Why the reader cannot write now; null when they can.</summary>
    public Refusal? Closed => Access.May(Reader, ReviewAct.WriteReport, Review.Facts) ?? DraftReport.Closed(Review.State);

    /// <summary>Whether there is material for a section nobody has written yet.</summary>
    public bool CanBegin => Closed is null && DraftReport.Build(Review.Dossier, Review.Framework.In(ReportChanges.LanguageOf(Review)), Material, DraftWords.None)
        .Any(section => section.Value.Length > 0 && Material.Find(WritingKind.Section, section.Key) is null);

    /// <summary>Whether the reader can say that flagged wording names nobody.</summary>
    public bool MayClear => Access.May(Reader, ReviewAct.ClearWording, Review.Facts) is null && DraftReport.Closed(Review.State) is null;

    /// <summary>Whether the reader can hand the draft over to the State.</summary>
    public bool MayFinish => Access.May(Reader, ReviewAct.FinishDraft, Review.Facts) is null
        && Core.Process.StageDoor.Closed(Review.State, DraftReport.Stage) is null;

    /// <summary>All sections in their order, those too that a label keeps from the reader.</summary>
    public ImmutableArray<DraftSection> Sections =>
        [.. DraftReport.Sections(Review.Dossier, Review.Framework).Select(id => Section(id, Material.Find(WritingKind.Section, id)))];

    /// <summary>What stakeholders contributed, as far as the reader may read it.</summary>
    public ImmutableArray<StandingContribution> Contributions { get; } = [.. StandingContributions.For(Reader, Review.Facts, Review.Dossier, Material)];

    /// <summary>The recommendations that are open to the reader, by id.</summary>
    public IEnumerable<Writing> Recommendations => Material.Of(WritingKind.Recommendation).Where(Opens);

    /// <summary>Proposals of the experts that no recommendation takes up yet, as far as they are open to the reader.</summary>
    public IEnumerable<StandingComment> Seeds => RecommendationRules.Seeds(Material).Where(c => Reads(Review.Dossier.Consolidation([c.Item]), c.Label));

    /// <summary>Whether a text waits for somebody to look at its wording.</summary>
    public bool IsFlagged(string key) => DraftReport.Flagged(Material).Contains(key, StringComparer.Ordinal);

    /// <summary>Who would read under a label once the draft is handed over.</summary>
    public ImmutableArray<Role> ReadersOnceDrafted(string section, SharingLabel label) => Audience.Of(
        DocumentOf(section), Review.Facts with { Drafted = true }, label);

    /// <summary>Who reads now.</summary>
    public ImmutableArray<Role> Readers(string section, SharingLabel label) =>
        Audience.Of(DocumentOf(section), Review.Facts, label);

    /// <summary>What lies beside a section, item by item; none where it is about the whole.</summary>
    public IEnumerable<ItemMaterial> MaterialOf(string section)
    {
        var items = DraftReport.ItemsOf(section, Review.Dossier, Review.Framework);
        return section == DraftReport.Strengths
            ? Review.Dossier.Items.Select(item => new ItemMaterial(item) { Comments = [.. CommentsOn(item).Where(c => c.Kind == CommentKind.GoodPractice)] })
                .Where(one => !one.Comments.IsEmpty)
            : items.Select(item => new ItemMaterial(item)
            {
                Answer = AnswerTo(item),
                ForReaders = AnswerTo(item) is null ? null : ReaderTranslations.For(Review.Dossier, Material, item),
                Comments = [.. CommentsOn(item)],
                Questions = [.. QuestionsOn(item)],
                Contributions = [.. Contributions.Where(said => said.Content.Item == item)],
            });
    }

    private DraftSection Section(string id, Writing? text) => new(id, text, text is null ? null : Contents.ReadSection(text), text is null || Opens(text));

    private Document DocumentOf(string section) => section == DraftReport.PrivateAnnex
        ? DocumentKind.DraftReport
        : Review.Dossier.Report(Review.Facts, DraftReport.ItemsOf(section, Review.Dossier, Review.Framework));

    private Answer? AnswerTo(string item) =>
        Material.Find(WritingKind.Answer, item) is { } answer && Reads(Review.Dossier.Answer(item), answer.Label) ? Contents.ReadAnswer(answer) : null;

    private IEnumerable<StandingComment> CommentsOn(string item)
    {
        var sheet = ConsolidationRules.SheetOf(Material);
        return ConsolidationRules.Comments(Material)
            .Where(c => c.Item == item && sheet.Of(c.Id)?.To == Placement.Report && Reads(Review.Dossier.Consolidation([c.Item]), c.Label));
    }

    private IEnumerable<ItemQuestion> QuestionsOn(string item) =>
        from question in Material.Of(WritingKind.Question)
        let content = Contents.ReadQuestion(question)
        where content.Item == item
            && Access.Visible(Reader, Review.Dossier.Reply(item, Review.State), Review.Facts, ClarifyingRound.LabelOf(question, Material)).CanRead
        let reply = Material.Find(WritingKind.Reply, question.Key)
        select new ItemQuestion(content.Text, reply is null ? null : Contents.ReadReply(reply));

    private bool Opens(Writing text) => Review.Facts.OpensDraft(Reader, SharingLabels.Of(text.Label));

    private bool Reads(Document document, string label) => Access.Visible(Reader, document, Review.Facts, SharingLabels.Of(label)).CanRead;
}

/// <summary>A section of the draft.</summary>
/// <param name="Text">Null while nobody has written it.</param>
/// <param name="Opens">Whether its label lets the reader read it.</param>
public sealed record DraftSection(string Id, Writing? Text, SectionContent? Content, bool Opens)
{
    public SharingLabel? Label => Text is null ? null : SharingLabels.Of(Text.Label);

    /// <summary>Words of it, where the reader may read it.</summary>
    public int Words => Opens && Content is { } content ? WordCount.Of(content.Text) : 0;
}

/// <summary>What the experts have on one item.</summary>
/// <param name="Item">Its id.</param>
public sealed record ItemMaterial(string Item)
{
    /// <summary>Null where there is none, or its label keeps it from the reader.</summary>
    public Answer? Answer { get; init; }

    /// <summary>How the experts read the answer; null where they need no translation.</summary>
    public ReaderTranslation? ForReaders { get; init; }

    /// <summary>What was led to the report.</summary>
    public ImmutableArray<StandingComment> Comments { get; init; } = [];

    public ImmutableArray<ItemQuestion> Questions { get; init; } = [];

    /// <summary>What stakeholders said about it, with the State's replies.</summary>
    public ImmutableArray<StandingContribution> Contributions { get; init; } = [];
}

/// <summary>A question to the State.</summary>
/// <param name="Reply">Null where there is none.</param>
public sealed record ItemQuestion(string Text, ReplyContent? Reply);

/// <summary>Reads the draft for its authors and the coordinators, in one round trip.</summary>
public sealed class DraftReader(ReviewLookup reviews)
{
    /// <summary>Null for everybody else, and before the report is begun.</summary>
    /// <param name="section">The section whose versions are wanted; null for none.</param>
    public async Task<Draft?> FindAsync(Actor actor, ReviewId id, string? section, CancellationToken cancel)
    {
        var found = await reviews.FindAsync(
            actor, id, MaterialSql.Statements + Sql.Versions + TypedPages.Statements, UnsavedTexts.Args(id, actor, section ?? ""),
            async grid => (Material: await MaterialSql.ReadAsync(grid), Versions: (await grid.ReadAsync<WritingRow>()).Select(row => row.ToWriting()), Unsaved: await TypedPages.ReadAsync(grid)), cancel);
        if (found is not { Review: { HasDraft: true } review, More: var more } || !review.Facts.OpensDraft(actor))
            return null;
        return new Draft(
            review, more.Material, actor, [.. more.Versions.Where(v => review.Facts.OpensDraft(actor, SharingLabels.Of(v.Label)))])
        {
            Unsaved = more.Unsaved,
        };
    }

    private static class Sql
    {
        public const string Versions =
            """
            SELECT kind, key, version, content, label, language, author, at
            FROM writing WHERE review_id = @Review AND kind = 'section' AND key = @Section
            ORDER BY version DESC;

            """;
    }
}
