using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using PeerReview.Core;
using PeerReview.Core.FollowUp;
using PeerReview.Core.Report;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Features.Commitments;

/// <summary>One kind of text a State writes beside its answers: what it holds, how it is checked and stored.</summary>
/// <param name="kind">See <see cref="WritingKind"/>.</param>
/// <param name="prefix">What the ids begin with; null where there is one text and its id is <paramref name="kind"/>.</param>
public abstract class StateText<T>(string kind, string? prefix)
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

    /// <summary>As it is kept: without blanks around texts, each code once.</summary>
    public abstract T Clean(T content);

    /// <summary>Everything that is wrong with it.</summary>
    public abstract ImmutableArray<Refusal> Check(T content, LoadedReview review);

    /// <summary>Why no further one may be added, or null.</summary>
    public abstract Refusal? MayAdd(int standing);

    public abstract T Read(Writing writing);

    public abstract JsonElement Write(T content);

    private protected static string Tidy(string text) => text.ReplaceLineEndings("\n").Trim();

    // A list that came as JSON may hold nulls; they are refused as unknown codes.
    private protected static ImmutableArray<string> Once(ImmutableArray<string> codes) =>
        [.. codes.Select(code => code ?? "").Distinct(StringComparer.Ordinal)];
}

/// <summary>Commitments, <c>C-01</c> and so on.</summary>
public sealed class CommitmentText() : StateText<Commitment>(WritingKind.Commitment, "C")
{
    public override Commitment Clean(Commitment content) => content with
    {
        Title = Tidy(content.Title),
        Text = Tidy(content.Text),
        Items = Once(content.Items),
        Lenses = Once(content.Lenses),
        Outcomes = Once(content.Outcomes),
        ThreatKind = content.ThreatKind is "" ? null : content.ThreatKind,
        Owner = Tidy(content.Owner),
        Indicator = Tidy(content.Indicator),
        // Help that is not needed is not described.
        Help = content.HelpNeeded is false ? "" : Tidy(content.Help),
    };

    public override ImmutableArray<Refusal> Check(Commitment content, LoadedReview review) =>
        CommitmentRules.Check(content, review.Framework, review.Today);

    public override Refusal? MayAdd(int standing) => FollowUpRules.MayAdd(standing);

    public override Commitment Read(Writing writing) => Contents.ReadCommitment(writing);

    public override JsonElement Write(Commitment content) => Contents.Write(content);
}

/// <summary>Good practices, <c>G-01</c> and so on.</summary>
public sealed class PracticeText() : StateText<GoodPractice>(WritingKind.GoodPractice, "G")
{
    public override GoodPractice Clean(GoodPractice content) => content with
    {
        Text = Tidy(content.Text),
        Lenses = Once(content.Lenses),
        Outcomes = Once(content.Outcomes),
    };

    public override ImmutableArray<Refusal> Check(GoodPractice content, LoadedReview review) =>
        GoodPracticeRules.Check(content, review.Framework);

    public override Refusal? MayAdd(int standing) => FollowUpRules.MayAddGoodPractice(standing);

    public override GoodPractice Read(Writing writing) => Contents.ReadGoodPractice(writing);

    public override JsonElement Write(GoodPractice content) => Contents.Write(content);
}

/// <summary>The State's own summary of its report. Saved empty it is none.</summary>
public sealed class SummaryText() : StateText<Summary>(PublishedDocuments.Summary, prefix: null)
{
    public override Summary Clean(Summary content) => new(Tidy(content.Text));

    public override ImmutableArray<Refusal> Check(Summary content, LoadedReview review) => SummaryRules.Check(content.Text);

    public override Refusal? MayAdd(int standing) => null;

    public override Summary Read(Writing writing) => new(Contents.ReadNote(writing).Text);

    public override JsonElement Write(Summary content) => Contents.Write(new NoteContent(content.Text, []));
}

/// <summary>The State's own summary of its report.</summary>
public sealed record Summary(string Text);

/// <summary>A text as it comes in, from the API or a page.</summary>
/// <param name="Label">Code of a sharing label.</param>
/// <param name="Language">ISO 639-1 code of the six; null for the language of the review.</param>
/// <param name="Version">The version it was written on; <c>If-Match</c> says the same.</param>
public sealed record TextRequest<T>(T Content, string Label = "AMBER", string? Language = null, int? Version = null)
    where T : class;
