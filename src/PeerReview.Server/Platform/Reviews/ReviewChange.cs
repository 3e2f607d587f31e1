using System.Text.Json;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Letters;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>What a use case wants to happen in one transaction. Collected by the use case, carried out by
/// <see cref="ReviewCommands"/> with the events, read tables, letters and ledger that go with it.</summary>
public sealed class ReviewChange
{
    private readonly List<ReviewEvent> _events = [];
    private readonly List<NewText> _texts = [];
    private readonly List<Letter> _letters = [];
    private readonly List<Func<LoadedReview, IEnumerable<Letter>>> _later = [];
    private readonly List<ExtraWrite> _writes = [];
    private readonly List<StateRow> _seated = [];
    private readonly List<ProcessCommand> _commands = [];

    /// <summary>Facts, in order.</summary>
    public IReadOnlyList<ReviewEvent> Events => _events;

    /// <summary>Next versions of texts; each becomes a <see cref="ReviewEvent.TextWritten"/>.</summary>
    public IReadOnlyList<NewText> Texts => _texts;

    /// <summary>Letters beyond those the process itself brings about.</summary>
    public IReadOnlyList<Letter> Letters => _letters;

    /// <summary>All letters, those included that name what the change brings about.</summary>
    /// <param name="after">The review after the change.</param>
    public IReadOnlyList<Letter> LettersOf(LoadedReview after) => [.. _letters, .. _later.SelectMany(write => write(after))];

    /// <summary>Rows of the feature's own.</summary>
    public IReadOnlyList<ExtraWrite> Writes => _writes;

    /// <summary>States that take a place with this change.</summary>
    public IReadOnlyList<StateRow> Seated => _seated;

    /// <summary>The steps of the process this act is, in order; mostly one, none where it is no step.</summary>
    public IReadOnlyList<ProcessCommand> Commands => _commands;

    /// <summary>What the receipt names: the id or key that was made.</summary>
    public string? Key { get; private set; }

    public ReviewChange Record(ReviewEvent @event)
    {
        _events.Add(@event);
        return this;
    }

    /// <summary>Writes the version after <paramref name="baseVersion"/>; the caller has checked that it is the newest.</summary>
    /// <param name="content">JSON of the kind's shape.</param>
    /// <param name="keeps">What others have confirmed keeps every word.</param>
    public ReviewChange Write(
        string kind, string key, int baseVersion, JsonElement content, string label, string language, bool keeps = false)
    {
        _texts.Add(new NewText(kind, key, baseVersion + 1, content, label, language) { Keeps = keeps });
        return this;
    }

    /// <summary>Writes the first or next version of a text.</summary>
    public ReviewChange Write(NewText text)
    {
        _texts.Add(text);
        return this;
    }

    /// <summary>Takes back a text that stands. Its versions stay.</summary>
    public ReviewChange Withdraw(string kind, string key, ReviewWork work) => Record(
            new ReviewEvent.TextWithdrawn(kind, key, work.Person.Value))
        .Also(Sql.Withdraw, new { Review = work.Review.Id.Value, Kind = kind, Key = key }, rows: 1);

    public ReviewChange Then(ProcessCommand command)
    {
        _commands.Add(command);
        return this;
    }

    /// <summary>Brings the calendar of a State that takes a place with this change: its deadlines go by it.</summary>
    public ReviewChange Seat(StateRow state)
    {
        _seated.Add(state);
        return this;
    }

    public ReviewChange Send(Letter letter)
    {
        _letters.Add(letter);
        return this;
    }

    /// <summary>Sends letters that name what only the change itself brings about, such as a new deadline.</summary>
    /// <param name="letters">Gets the review after the change.</param>
    public ReviewChange SendAfter(Func<LoadedReview, IEnumerable<Letter>> letters)
    {
        _later.Add(letters);
        return this;
    }

    public ReviewChange Also(string sql, object args, int? rows = null)
    {
        _writes.Add(new ExtraWrite(sql, args, rows));
        return this;
    }

    public ReviewChange Made(string key)
    {
        Key = key;
        return this;
    }

    private static class Sql
    {
        public const string Withdraw =
            """
            UPDATE writing_head SET withdrawn = true
            WHERE review_id = @Review AND kind = @Kind AND key = @Key AND NOT withdrawn
            """;
    }
}

/// <summary>The next version of a text.</summary>
public sealed record NewText(string Kind, string Key, int Version, JsonElement Content, string Label, string Language)
{
    /// <summary>Whether what others have confirmed keeps every word.</summary>
    public bool Keeps { get; init; }

    /// <summary>Whether not everybody took part who has to, where it is a session.</summary>
    public bool Lacks { get; init; }
}

/// <summary>One more statement of the transaction.</summary>
/// <param name="Rows">How many rows it must touch, or null for any number.</param>
public sealed record ExtraWrite(string Sql, object Args, int? Rows);
