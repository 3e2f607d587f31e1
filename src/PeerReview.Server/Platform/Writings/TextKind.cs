using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Platform.Writings;

/// <summary>One kind of text with fields of its own, written beside the answers: what it holds, who writes and reads it, how it is
/// checked and stored.</summary>
/// <param name="kind">See <see cref="WritingKind"/>.</param>
/// <param name="prefix">What the ids begin with; null where there is one text and its id is <paramref name="kind"/>.</param>
public abstract class TextKind<T>(string kind, string? prefix)
    where T : class
{
    /// <summary>See <see cref="WritingKind"/>.</summary>
    public string Kind => kind;

    /// <summary>Whether a review holds one of it at most.</summary>
    public bool IsOnly => prefix is null;

    /// <summary>The id of the next; ids of withdrawn ones are not used again.</summary>
    /// <param name="before">How many there were, withdrawn ones among them.</param>
    public string KeyAfter(int before) =>
        prefix is null ? kind : string.Create(CultureInfo.InvariantCulture, $"{prefix}-{before + 1:00}");

    /// <summary>Where the list of them is, within a review.</summary>
    public abstract string Home { get; }

    /// <summary>Why somebody cannot write one now; null when they can.</summary>
    public abstract Refusal? Closed(Actor actor, LoadedReview review);

    /// <summary>Whether somebody may know that there are any, or, given one, read it.</summary>
    public abstract bool Opens(Actor actor, LoadedReview review, Writing? text = null);

    /// <summary>Whether somebody reads earlier versions: whoever writes them.</summary>
    public abstract bool OpensHistory(Actor actor, LoadedReview review);

    /// <summary>The label it is kept under; null where its author chooses.</summary>
    public virtual SharingLabel? LabelOf(T content, LoadedReview review, Material material) => null;

    /// <summary>How far it goes at most, whatever its author chooses: no further than what it grew from.</summary>
    public virtual SharingLabel Bound(T content, LoadedReview review, Material material) => SharingLabel.Clear;

    /// <summary>As it is kept: without blanks around texts, each code once.</summary>
    public abstract T Clean(T content);

    /// <summary>The language it is kept in where its author says none.</summary>
    public virtual string LanguageOf(LoadedReview review) => review.Dossier.WorkingLanguage;

    /// <summary>Whether checks and label look at what else was written; reading it costs a round trip.</summary>
    public virtual bool NeedsMaterial(T content) => false;

    /// <summary>Everything that is wrong with it.</summary>
    public abstract ImmutableArray<Refusal> Check(T content, LoadedReview review, Material material);

    /// <summary>Why no further one may be added, or null.</summary>
    public abstract Refusal? MayAdd(int standing);

    public abstract T Read(Writing writing);

    /// <summary>Its stored form.</summary>
    public abstract JsonElement Write(T content, LoadedReview review);


    // A list that came as JSON may hold nulls; they are refused as unknown codes.
    protected static ImmutableArray<string> Once(ImmutableArray<string> codes) =>
        [.. codes.Select(code => code ?? "").Distinct(StringComparer.Ordinal)];
}

/// <summary>A text as it comes in, from the API or a page.</summary>
/// <param name="Label">Code of a sharing label.</param>
/// <param name="Language">ISO 639-1 code of the six; null for the language of the review.</param>
/// <param name="Version">The version it was written on; <c>If-Match</c> says the same.</param>
public sealed record TextRequest<T>(T Content, string Label = "AMBER", string? Language = null, int? Version = null) : IVersioned
    where T : class
{
    IVersioned IVersioned.On(int version) => this with { Version = version };
}
