using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using PeerReview.Core.Access;
using PeerReview.Core.Assessment;
using PeerReview.Core.Deliberation;
using PeerReview.Core.FollowUp;

namespace PeerReview.Core.Reviews;

/// <summary>What the content of each kind of writing is, and its stored form (JSON, snake_case).</summary>
public static partial class Contents
{
    /// <summary>The answer a writing holds; label and language are columns of the row.</summary>
    public static Answer ReadAnswer(Writing writing) =>
        Read(writing.Content, ContentsContext.Default.AnswerContent).ToAnswer(writing);

    /// <summary>The translation a writing holds; item and language are its key.</summary>
    public static AnswerTranslation ReadTranslation(Writing writing) =>
        Read(writing.Content, ContentsContext.Default.TranslationContent).ToTranslation(writing);

    /// <summary>What the office made of an answer for the experts; item and language are its key.</summary>
    public static OfficeTranslation ReadReaderTranslation(Writing writing) =>
        Read(writing.Content, ContentsContext.Default.ReaderTranslationContent).ToTranslation(writing);

    /// <summary>A question of the coordinator.</summary>
    public static QuestionContent ReadQuestion(Writing writing) =>
        Read(writing.Content, ContentsContext.Default.QuestionContent);

    /// <summary>A reply of the State.</summary>
    public static ReplyContent ReadReply(Writing writing) => Read(writing.Content, ContentsContext.Default.ReplyContent);

    /// <summary>A commitment.</summary>
    public static Commitment ReadCommitment(Writing writing) => Read(writing.Content, ContentsContext.Default.Commitment);

    /// <summary>A good practice.</summary>
    public static GoodPractice ReadGoodPractice(Writing writing) =>
        Read(writing.Content, ContentsContext.Default.GoodPractice);

    /// <summary>An urgent point.</summary>
    public static UrgentPoint ReadUrgent(Writing writing) => Read(writing.Content, ContentsContext.Default.UrgentPoint);

    /// <summary>A note, list or reason.</summary>
    public static NoteContent ReadNote(Writing writing) => Read(writing.Content, ContentsContext.Default.NoteContent);

    /// <summary>Name, office and day under a signature.</summary>
    public static SignatureContent ReadSignature(Writing writing) =>
        Read(writing.Content, ContentsContext.Default.SignatureContent);

    /// <summary>What an expert declares.</summary>
    public static DeclarationContent ReadDeclaration(Writing writing) => Read(writing.Content, ContentsContext.Default.DeclarationContent);

    /// <summary>The minutes of the opening.</summary>
    public static MinutesContent ReadMinutes(Writing writing) => Read(writing.Content, ContentsContext.Default.MinutesContent);

    /// <summary>The comments of an expert.</summary>
    public static CommentSheet ReadComments(Writing writing) => Read(writing.Content, ContentsContext.Default.CommentSheet);

    /// <summary>The consolidation of the comments.</summary>
    public static ConsolidationSheet ReadConsolidation(Writing writing) => Read(writing.Content, ContentsContext.Default.ConsolidationSheet);

    /// <summary>The words of a section, from its content alone.</summary>
    public static string ReadText(string content) => Read(content, ContentsContext.Default.SectionContent).Text;

    /// <summary>A section of the draft.</summary>
    public static SectionContent ReadSection(Writing writing) => Read(writing.Content, ContentsContext.Default.SectionContent);

    /// <summary>A recommendation.</summary>
    public static Recommendation ReadRecommendation(Writing writing) => Read(writing.Content, ContentsContext.Default.Recommendation);

    /// <summary>A comment of the State on the draft.</summary>
    public static DraftComment ReadDraftComment(Writing writing) => Read(writing.Content, ContentsContext.Default.DraftComment);

    /// <summary>A response to a recommendation.</summary>
    public static ResponseContent ReadResponse(Writing writing) => Read(writing.Content, ContentsContext.Default.ResponseContent);

    public static JsonElement Write(ConsolidationSheet content) => JsonSerializer.SerializeToElement(content, ContentsContext.Default.ConsolidationSheet);

    public static JsonElement Write(SectionContent content) => JsonSerializer.SerializeToElement(content, ContentsContext.Default.SectionContent);

    public static JsonElement Write(Recommendation content) => JsonSerializer.SerializeToElement(content, ContentsContext.Default.Recommendation);

    public static JsonElement Write(DraftComment content) => JsonSerializer.SerializeToElement(content, ContentsContext.Default.DraftComment);

    public static JsonElement Write(ResponseContent content) => JsonSerializer.SerializeToElement(content, ContentsContext.Default.ResponseContent);

    /// <summary>What a stakeholder handed in.</summary>
    public static ContributionContent ReadContribution(Writing writing) => Read(writing.Content, ContentsContext.Default.ContributionContent);

    /// <summary>How a contribution was screened.</summary>
    public static ScreeningContent ReadScreening(Writing writing) => Read(writing.Content, ContentsContext.Default.ScreeningContent);

    public static JsonElement Write(ContributionContent contribution) =>
        JsonSerializer.SerializeToElement(contribution, ContentsContext.Default.ContributionContent);

    public static JsonElement Write(ScreeningContent screening) =>
        JsonSerializer.SerializeToElement(screening, ContentsContext.Default.ScreeningContent);

    public static JsonElement Write(CommentSheet comments) =>
        JsonSerializer.SerializeToElement(comments, ContentsContext.Default.CommentSheet);

    public static JsonElement Write(DeclarationContent declaration) =>
        JsonSerializer.SerializeToElement(declaration, ContentsContext.Default.DeclarationContent);

    public static JsonElement Write(MinutesContent minutes) =>
        JsonSerializer.SerializeToElement(minutes, ContentsContext.Default.MinutesContent);

    public static JsonElement Write(Answer answer) =>
        JsonSerializer.SerializeToElement(AnswerContent.Of(answer), ContentsContext.Default.AnswerContent);

    public static JsonElement Write(AnswerTranslation translation) =>
        JsonSerializer.SerializeToElement(TranslationContent.Of(translation), ContentsContext.Default.TranslationContent);

    public static JsonElement Write(OfficeTranslation translation) =>
        JsonSerializer.SerializeToElement(ReaderTranslationContent.Of(translation), ContentsContext.Default.ReaderTranslationContent);

    public static JsonElement Write(QuestionContent question) =>
        JsonSerializer.SerializeToElement(question, ContentsContext.Default.QuestionContent);

    public static JsonElement Write(ReplyContent reply) =>
        JsonSerializer.SerializeToElement(reply, ContentsContext.Default.ReplyContent);

    public static JsonElement Write(Commitment commitment) =>
        JsonSerializer.SerializeToElement(commitment, ContentsContext.Default.Commitment);

    public static JsonElement Write(GoodPractice practice) =>
        JsonSerializer.SerializeToElement(practice, ContentsContext.Default.GoodPractice);

    public static JsonElement Write(UrgentPoint point) =>
        JsonSerializer.SerializeToElement(point, ContentsContext.Default.UrgentPoint);

    public static JsonElement Write(NoteContent note) =>
        JsonSerializer.SerializeToElement(note, ContentsContext.Default.NoteContent);

    public static JsonElement Write(SignatureContent signature) =>
        JsonSerializer.SerializeToElement(signature, ContentsContext.Default.SignatureContent);

    private static T Read<T>(string content, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(content, type) ?? throw new JsonException("A content is null.");
}

/// <summary>A clarifying question.</summary>
/// <param name="Item">The item it is about, or null.</param>
public sealed record QuestionContent(string? Item, string Text);

/// <summary>A reply to a question.</summary>
/// <param name="Declines">The State prefers not to answer; then the text may be empty.</param>
/// <param name="AddressedIn">The version of the answer that takes the question up, when one does.</param>
public sealed record ReplyContent(string Text, bool Declines, int? AddressedIn = null);

/// <summary>A note, a reason or a list of what is missing.</summary>
/// <param name="Items">Items it names.</param>
public sealed record NoteContent(string Text, ImmutableArray<string> Items);

/// <summary>What stands under a text that was signed.</summary>
/// <param name="Day">The day the signatory gives, by their own calendar.</param>
/// <param name="ContentHash">SHA-256 of what is signed, hex.</param>
/// <param name="File">The signed page, if one was handed in.</param>
/// <param name="NothingClassified">The signatory declares that nothing nationally classified is in it.</param>
public sealed record SignatureContent(
    string Name, string Office, DateOnly Day, string ContentHash, Guid? File, bool NothingClassified);

internal sealed record AnswerContent(
    AnswerValue? Value,
    string Rule,
    string Practice,
    string Evidence,
    string Testing,
    DateOnly? LastTested,
    string Reason,
    ImmutableArray<string> Sectors)
{
    // Left out where it is not so: what was stored before there was such a mark is stored as before.
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool FromLast { get; init; }

    public static AnswerContent Of(Answer a) =>
        new(a.Value, a.Rule, a.Practice, a.Evidence, a.Testing, a.LastTested, a.Reason, a.Sectors) { FromLast = a.FromLast };

    public Answer ToAnswer(Writing writing) => new(
        writing.Key,
        Value,
        SharingLabels.Of(writing.Label),
        writing.Language)
    {
        Rule = Rule,
        Practice = Practice,
        Evidence = Evidence,
        Testing = Testing,
        LastTested = LastTested,
        Reason = Reason,
        Sectors = Sectors,
        FromLast = FromLast,
    };
}

internal sealed record TranslationContent(
    int MadeFrom, string Rule, string Practice, string Evidence, string Testing, string Reason)
{
    public static TranslationContent Of(AnswerTranslation t) =>
        new(t.MadeFrom, t.Rule, t.Practice, t.Evidence, t.Testing, t.Reason);

    public AnswerTranslation ToTranslation(Writing writing) => new(
        StandingTranslations.ItemOf(writing.Key), StandingTranslations.LanguageOf(writing.Key), MadeFrom)
    {
        Rule = Rule,
        Practice = Practice,
        Evidence = Evidence,
        Testing = Testing,
        Reason = Reason,
    };
}

internal sealed record ReaderTranslationContent(
    bool AsItIs, int MadeFrom, string Rule, string Practice, string Evidence, string Testing, string Reason)
{
    public static ReaderTranslationContent Of(OfficeTranslation t) =>
        new(t.AsItIs, t.Text.MadeFrom, t.Text.Rule, t.Text.Practice, t.Text.Evidence, t.Text.Testing, t.Text.Reason);

    public OfficeTranslation ToTranslation(Writing writing) => new(
        new TranslationContent(MadeFrom, Rule, Practice, Evidence, Testing, Reason).ToTranslation(writing), AsItIs);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    Converters = [typeof(AnswerValueConverter)])]
[JsonSerializable(typeof(AnswerContent))]
[JsonSerializable(typeof(TranslationContent))]
[JsonSerializable(typeof(ReaderTranslationContent))]
[JsonSerializable(typeof(QuestionContent))]
[JsonSerializable(typeof(ReplyContent))]
[JsonSerializable(typeof(Commitment))]
[JsonSerializable(typeof(GoodPractice))]
[JsonSerializable(typeof(UrgentPoint))]
[JsonSerializable(typeof(NoteContent))]
[JsonSerializable(typeof(SignatureContent))]
[JsonSerializable(typeof(DeclarationContent))]
[JsonSerializable(typeof(MinutesContent))]
[JsonSerializable(typeof(CommentSheet))]
[JsonSerializable(typeof(ConsolidationSheet))]
[JsonSerializable(typeof(SectionContent))]
[JsonSerializable(typeof(Recommendation))]
[JsonSerializable(typeof(DraftComment))]
[JsonSerializable(typeof(ResponseContent))]
[JsonSerializable(typeof(ContributionContent))]
[JsonSerializable(typeof(ScreeningContent))]
[JsonSerializable(typeof(AgendaContent))]
[JsonSerializable(typeof(AgendaPointContent))]
[JsonSerializable(typeof(SlotContent))]
[JsonSerializable(typeof(SlotAnswerContent))]
[JsonSerializable(typeof(MeetingContent))]
[JsonSerializable(typeof(VisitWishContent))]
[JsonSerializable(typeof(VisitProgrammeContent))]
[JsonSerializable(typeof(SessionContent))]
[JsonSerializable(typeof(DialogueRecordContent))]
[JsonSerializable(typeof(RecordCommentContent))]
[JsonSerializable(typeof(CommentOutcomeContent))]
internal sealed partial class ContentsContext : JsonSerializerContext;

/// <summary>Values by the codes of the framework's scale.</summary>
internal sealed class AnswerValueConverter() : JsonStringEnumConverter<AnswerValue>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false);
