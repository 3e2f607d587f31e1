using System.Collections.Immutable;
using PeerReview.Core.Reviews;

namespace PeerReview.Core.Deliberation;

/// <summary>Everything an expert handed in: one text, so that its place in the record tells nobody how much it is.</summary>
public sealed record CommentSheet(ImmutableArray<StandingComment> Comments);

/// <summary>A comment that was handed in.</summary>
/// <param name="Label">The sharing label of the answer when it was handed in.</param>
public sealed record StandingComment(Guid Id, string Item, string Kind, string Text, int AnswerVersion, string Label)
{
    /// <summary>The keys of the contributions whose senders it named when it was handed in, although they did not agree to be public.</summary>
    public ImmutableArray<string> Said { get; init; } = [];
}

/// <summary>A comment of an expert on an answer.</summary>
/// <param name="Kind">See <see cref="CommentKind"/>.</param>
/// <param name="Text">Empty only where the expert has no comment.</param>
/// <param name="AnswerVersion">The version of the answer it was written on.</param>
public sealed record CommentContent(string Item, string Kind, string Text, int AnswerVersion);

/// <summary>What a comment is.</summary>
public static class CommentKind
{
    /// <summary>Something the State is to be asked.</summary>
    public const string Question = "question";

    public const string Observation = "observation";
    public const string GoodPractice = "good_practice";

    /// <summary>What a recommendation could grow from.</summary>
    public const string Recommendation = "recommendation";

    /// <summary>Read, and nothing to say.</summary>
    public const string NoComment = "no_comment";

    /// <summary>Not a comment: for the expert alone until all have handed in.</summary>
    public const string Note = "note";

    /// <summary>The kinds an expert chooses from.</summary>
    public static readonly ImmutableArray<string> Written = [Question, Observation, GoodPractice, Recommendation];
}

/// <summary>Whether a comment can stand, and who comments on what.</summary>
public static class CommentRules
{
    /// <summary>The stage they are written in.</summary>
    public const string Stage = "desk_review";

    /// <summary>Longest comment or note, in characters.</summary>
    public const int MaxText = 4000;

    /// <summary>Comments one expert can have on one item.</summary>
    public const int MostPerItem = 20;

    /// <summary>The items given to an expert at the opening, in the framework's order; not those the expert has no part in. Where the
    /// review was limited to a theme since, all of it is given to whom nothing would be left, and what the parties had not divided is given
    /// to all.</summary>
    public static ImmutableArray<string> ItemsOf(Dossier dossier, PersonId expert)
    {
        ImmutableArray<string> free = [.. dossier.Items.Where(item => !RecusalRules.IsRecused(dossier, expert.Value, item))];
        ImmutableArray<string> given = [.. free.Where(IsGiven)];
        return given.IsEmpty && dossier.Theme is not null && !dossier.Team.Split.IsEmpty ? free : given;

        bool IsGiven(string item) => dossier.Team.Split.FirstOrDefault(s => s.Item == item) is { } agreed
            ? agreed.Experts.Contains(expert.Value)
            : dossier.Theme is not null && !dossier.Team.Split.IsEmpty;
    }

    /// <summary>Everything that is wrong, each with its field; empty when it can stand.</summary>
    /// <returns><c>comment.not-assigned</c>, <c>comment.kind</c>, <c>comment.text-missing</c>, <c>comment.text</c> {max}.</returns>
    public static IEnumerable<Refusal> Check(CommentContent comment, IReadOnlyCollection<string> items)
    {
        if (!items.Contains(comment.Item, StringComparer.Ordinal))
            yield return new Refusal("comment.not-assigned", RefusalKind.Conflict, "item");
        var silent = comment.Kind is CommentKind.NoComment;
        if (!silent && comment.Kind != CommentKind.Note && !CommentKind.Written.Contains(comment.Kind, StringComparer.Ordinal))
            yield return new Refusal("comment.kind", RefusalKind.Invalid, "kind");
        if (!silent && comment.Kind != CommentKind.Note && string.IsNullOrWhiteSpace(comment.Text))
            yield return new Refusal("comment.text-missing", RefusalKind.Invalid, "text");
        if (comment.Text.Length > MaxText || !Text.IsReadable(comment.Text))
            yield return new Refusal("comment.text", RefusalKind.Invalid, "text").With("max", MaxText);
    }

    /// <summary>The items an expert has neither commented on nor passed.</summary>
    /// <param name="commented">Items with a comment of the expert.</param>
    public static ImmutableArray<string> Missing(Dossier dossier, PersonId expert, IReadOnlyCollection<string> commented) =>
        [.. ItemsOf(dossier, expert).Where(item => !commented.Contains(item, StringComparer.Ordinal))];
}
