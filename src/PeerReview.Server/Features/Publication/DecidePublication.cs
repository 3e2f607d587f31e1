using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Process;
using PeerReview.Core.Report;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Documents;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Features.Publication;

/// <summary>What a State decides about publication, as it comes in.</summary>
/// <param name="Choices">Document to choice, see <see cref="PublishedDocuments"/>.</param>
/// <param name="Withheld">Keys of pieces or layers that are withheld.</param>
/// <param name="Relabelled">Keys of pieces the signature widens to CLEAR.</param>
public sealed record PublicationRequest(
    IReadOnlyDictionary<string, string> Choices,
    IReadOnlyList<string>? Withheld = null,
    IReadOnlyList<string>? Relabelled = null,
    SignatureRequest? Signature = null)
{
    /// <summary>What the signatory was shown, see <see cref="ReportHash"/>; null where no page showed anything.</summary>
    [JsonIgnore]
    public string? Previewed { get; init; }

    /// <summary>Nothing given.</summary>
    public PublicationRequest()
        : this(ImmutableDictionary<string, string>.Empty)
    {
    }

    internal PublicationDecision ToDecision() => new(
        Choices.ToImmutableSortedDictionary(c => c.Key, c => c.Value ?? "", StringComparer.Ordinal), Once(Withheld), Once(Relabelled));

    private static ImmutableArray<string> Once(IReadOnlyList<string>? keys) =>
        [.. (keys ?? []).Select(key => key ?? "").Distinct(StringComparer.Ordinal)];
}

/// <summary>The State authority decides what becomes public and signs it. Silence decides nothing.</summary>
public sealed class DecidePublication(StageBody bodies) : IStageCompletion
{
    /// <summary>The code that says: what would be signed is not what was last shown.</summary>
    internal const string LookFirst = "publication.look-first";

    public string Stage => SignedAct.Publication;

    public Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, JsonElement body, CancellationToken cancel) =>
        DecideAsync(work, () => bodies.Read<PublicationRequest>(body), cancel);

    /// <summary>The same with a request that is read only once rights and time are fine.</summary>
    public async Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, Func<PublicationRequest> read, CancellationToken cancel)
    {
        var review = work.Review;
        if (Access.May(work.Actor, ReviewAct.DecidePublication, review.Facts) is { } no)
            return no;
        if (StageDoor.Closed(review.State, Stage) is { } closed)
            return closed;
        var request = read();
        var decision = request.ToDecision();
        var input = ReportOf.Input(review, await work.MaterialAsync(cancel), published: null) with { Decision = decision };
        var signature = request.Signature ?? SignatureRequest.None;
        List<Refusal> problems =
        [
            .. PublicationRules.Check(decision, input),
            .. SignatureRules.Check(signature.Name, signature.Office, signature.Day, work.Now),
        ];
        if (problems.Count > 0)
            return Refusal.Of(problems);
        // What is signed is what the public will see, day of publication aside.
        return ReportBuilder.Build(input).Match<Verdict<ReviewChange>>(
            report => request.Previewed is { } seen && seen != ReportHash.Of(report)
                ? new Refusal(LookFirst, RefusalKind.Conflict, "previewed")
                : new ReviewChange()
                .Record(new ReviewEvent.PublicationDecided(
                    decision.Choices, decision.Withheld, decision.Relabelled, work.Person.Value))
                .Sign(Stage, RoleCode.Authority, ReportHash.Of(report), signature, work, review.Dossier.WorkingLanguage)
                .Then(new ProcessCommand.Complete(work.Acting, Stage)),
            refused => refused);
    }
}
