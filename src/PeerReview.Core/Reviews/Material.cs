using System.Collections.Immutable;

namespace PeerReview.Core.Reviews;

/// <summary>What people wrote in a review, and the files they added, as it stands now.</summary>
public sealed record Material(ImmutableArray<Writing> Writings, ImmutableArray<FileMark> Files)
{
    /// <summary>Nothing yet.</summary>
    public static Material Empty { get; } = new([], []);

    /// <summary>Who has remarked on comments, and when last, UTC; what was taken back counts, though it stands no more.</summary>
    public ImmutableDictionary<PersonId, DateTimeOffset> Remarked { get; init; } = ImmutableDictionary<PersonId, DateTimeOffset>.Empty;

    /// <summary>The writings of one kind, ordered by key.</summary>
    public IEnumerable<Writing> Of(string kind) => Writings.Where(w => w.Kind == kind);

    /// <summary>One writing, or null.</summary>
    public Writing? Find(string kind, string key) => Writings.FirstOrDefault(w => w.Kind == kind && w.Key == key);

    /// <summary>The material after one more version of something.</summary>
    public Material With(Writing writing) => this with
    {
        Writings = Writings.RemoveAll(w => w.Kind == writing.Kind && w.Key == writing.Key).Add(writing),
    };

    /// <summary>The material after something was withdrawn.</summary>
    public Material Without(string kind, string key) =>
        this with { Writings = Writings.RemoveAll(w => w.Kind == kind && w.Key == key) };
}

/// <summary>The version of a text that stands.</summary>
/// <param name="Kind">See <see cref="WritingKind"/>.</param>
/// <param name="Content">JSON; its shape goes with the kind.</param>
/// <param name="Language">ISO 639-1.</param>
public sealed record Writing(
    string Kind, string Key, int Version, string Content, string Label, string Language, PersonId Author, DateTimeOffset At);

/// <summary>A file under an item, without its content.</summary>
/// <param name="Size">Bytes.</param>
public sealed record FileMark(
    Guid Id, string Item, string Name, string MediaType, int Size, string Sha256, string Label, PersonId By, DateTimeOffset At);
