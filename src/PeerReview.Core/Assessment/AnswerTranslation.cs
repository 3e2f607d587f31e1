using System.Collections.Immutable;

namespace PeerReview.Core.Assessment;

/// <summary>The texts of an answer in another language. Value, label, sectors and day are the answer's and stand there alone,
/// so that a translation cannot say otherwise or travel further.</summary>
/// <param name="Item">Full item id.</param>
/// <param name="Language">ISO 639-1 code of the six, not the answer's own.</param>
/// <param name="MadeFrom">The version of the answer it was made from.</param>
public sealed record AnswerTranslation(string Item, string Language, int MadeFrom)
{
    public string Rule { get; init; } = "";

    public string Practice { get; init; } = "";

    public string Evidence { get; init; } = "";

    public string Testing { get; init; } = "";

    public string Reason { get; init; } = "";

    /// <summary>The texts, each under the name of its field, in the order of <see cref="Answer.Texts"/>.</summary>
    public IEnumerable<(string Field, string Text)> Texts =>
    [
        ("rule", Rule), ("practice", Practice), ("evidence", Evidence), ("testing", Testing), ("reason", Reason),
    ];

    /// <summary>The answer as it reads in this language.</summary>
    /// <remarks>Where the answer says nothing the translation says nothing: what a State took out of its answer is not to be
    /// read in a translation made before.</remarks>
    public Answer Over(Answer original) => original with
    {
        Language = Language,
        Rule = Where(original.Rule, Rule),
        Practice = Where(original.Practice, Practice),
        Evidence = Where(original.Evidence, Evidence),
        Testing = Where(original.Testing, Testing),
        Reason = Where(original.Reason, Reason),
    };

    /// <summary>Whether it says anything of an answer. Saved empty, or left behind by an answer that is now written in its
    /// language, it does not.</summary>
    public bool Says(Answer original) =>
        Language != original.Language && Over(original).Texts.Any(t => !string.IsNullOrWhiteSpace(t.Text));

    /// <summary>The fields in which the answer says something and the translation does not.</summary>
    public ImmutableArray<string> Untranslated(Answer original) =>
    [
        .. original.Texts.Zip(Over(original).Texts)
            .Where(t => !string.IsNullOrWhiteSpace(t.First.Text) && string.IsNullOrWhiteSpace(t.Second.Text))
            .Select(t => t.First.Field),
    ];

    private static string Where(string original, string text) => string.IsNullOrWhiteSpace(original) ? "" : text;
}

/// <summary>A translation that says something of the answer as it stands.</summary>
/// <param name="Version">Its own version.</param>
/// <param name="Original">The version the answer is at.</param>
/// <param name="At">When it was saved, UTC.</param>
public sealed record StandingTranslation(
    AnswerTranslation Translation, int Version, int Original, PersonId Author, DateTimeOffset At)
{
    /// <summary>ISO 639-1.</summary>
    public string Language => Translation.Language;

    /// <summary>Whether the answer was changed since the translation was made.</summary>
    public bool IsOlder => Translation.MadeFrom < Original;
}
