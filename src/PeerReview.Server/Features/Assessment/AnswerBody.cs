using PeerReview.Core.Access;
using PeerReview.Core.Assessment;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Features.Assessment;

/// <summary>An item with its answer, as the API shows it: fields the reader may not read are null.</summary>
/// <param name="Extent">How much of the answer is open: <c>metadata</c> or <c>everything</c>.</param>
/// <param name="MayWrite">Whether the reader can save it now.</param>
/// <param name="Missing">What it lacks; null when it is done.</param>
/// <param name="Version">0 while nobody wrote anything.</param>
/// <param name="Words">Words of all layers together, of at most <paramref name="MaxWords"/>.</param>
public sealed record AnswerBody(
    string Item, string Part, string Question, Extent Extent, bool MayWrite, Lack? Missing, int Version,
    DateTimeOffset? SavedAt, int? Words, int MaxWords)
{
    public AnswerValue? Value { get; init; }

    public string? Label { get; init; }

    public string? Language { get; init; }

    public string? Rule { get; init; }

    public string? Practice { get; init; }

    public string? Evidence { get; init; }

    public string? Testing { get; init; }

    public DateOnly? LastTested { get; init; }

    public string? Reason { get; init; }

    public IReadOnlyList<string>? Sectors { get; init; }

    /// <summary>Taken over from the State's last review and not looked at since; saving the answer says that it was.</summary>
    public bool FromLast { get; init; }

    /// <summary>The other languages it can be read in.</summary>
    public IReadOnlyList<TranslationLine> Translations { get; init; } = [];

    public IReadOnlyList<FileBody> Files { get; init; } = [];

    /// <summary>The people the item was given to.</summary>
    public IReadOnlyList<Guid> Contributors { get; init; } = [];

    /// <summary>What may not fit.</summary>
    public IReadOnlyList<RemarkBody> Remarks { get; init; } = [];

    internal static AnswerBody Of(SheetItem item, LoadedReview review)
    {
        var body = new AnswerBody(
            item.Item.Id, item.Item.Part, item.Item.Question, item.Sight.Extent, item.Closed is null, item.Lack, item.Version,
            item.SavedAt, Words: null, review.Framework.Budgets[review.State.Variant].MaxWords)
        {
            Translations =
            [
                .. item.Translations.Select(one => TranslationLine.Of(one, Translator.State)),
                .. item.ForReaders?.Office?.Text is { } text ? [TranslationLine.Of(text, Translator.Coordinator)] : Array.Empty<TranslationLine>(),
            ],
            Files = [.. item.Files.Select(FileBody.Of)],
            Contributors = [.. item.Contributors.Select(c => c.Value)],
            Remarks = [.. item.Remarks.Select(r => new RemarkBody(r.Remark, r.Field))],
        };
        return item.Answer is { } answer ? body.With(answer) : body;
    }

    /// <summary>The same with the content of an answer.</summary>
    internal AnswerBody With(Answer answer) => this with
    {
        Words = WordCount.Of(answer),
        Value = answer.Value,
        Label = answer.Label.Code(),
        Language = answer.Language,
        Rule = answer.Rule,
        Practice = answer.Practice,
        Evidence = answer.Evidence,
        Testing = answer.Testing,
        LastTested = answer.LastTested,
        Reason = answer.Reason,
        Sectors = answer.Sectors,
        FromLast = answer.FromLast,
    };

    /// <summary>The same as an earlier version had it.</summary>
    internal AnswerBody As(AnswerVersion version) => version.Answer is { } answer
        ? With(answer) with { Version = version.Version, SavedAt = version.At, Missing = null, Remarks = [], Translations = [] }
        : this;
}

/// <summary>Something that may not fit, and the field to look at.</summary>
public sealed record RemarkBody(Remark Remark, string Field);

/// <summary>A file under an item.</summary>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Of its content, 64 lower-case hex digits.</param>
public sealed record FileBody(
    Guid Id, string Item, string Name, string MediaType, int Size, string Sha256, string Label, Guid By, DateTimeOffset At)
{
    internal static FileBody Of(FileMark file) => new(
        file.Id, file.Item, file.Name, file.MediaType, file.Size, file.Sha256, file.Label, file.By.Value, file.At);
}

/// <summary>Answers of a review.</summary>
public sealed record AnswerList(IReadOnlyList<AnswerBody> Items, string? Next);

/// <summary>That an answer was saved.</summary>
/// <param name="Sequence">Number of the last event of the review.</param>
public sealed record AnswerSaved(string Item, int Version, int Sequence, DateTimeOffset At);

/// <summary>Versions of an answer, newest first.</summary>
public sealed record VersionList(IReadOnlyList<VersionLine> Items, string? Next);

/// <summary>One version of an answer, without its content.</summary>
/// <param name="Author">The name of whoever saved it; empty for readers who may know only that the State did.</param>
public sealed record VersionLine(int Version, DateTimeOffset At, string Author, string Label, string Language);
