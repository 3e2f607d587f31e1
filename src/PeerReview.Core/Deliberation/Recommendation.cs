using System.Collections.Immutable;
using PeerReview.Core.Access;
using PeerReview.Core.FollowUp;
using PeerReview.Core.Frameworks;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;

namespace PeerReview.Core.Deliberation;

/// <summary>What the experts recommend. It has the shape of what a State can undertake, so that an accepted one becomes a commitment
/// as it is.</summary>
/// <param name="Measure">The one thing to be done, by whom, by when, how one will see it.</param>
/// <param name="Comments">The comments it grew from.</param>
/// <param name="Flagged">A sentence of it could blame a State or group for an incident, see <see cref="WordingGuard"/>.</param>
public sealed record Recommendation(Commitment Measure, ImmutableArray<Guid> Comments, bool Flagged = false)
{
    /// <summary>All its words, one after the other.</summary>
    public string Words() => string.Join('\n', Measure.Title, Measure.Text, Measure.Owner, Measure.Indicator, Measure.Help);
}

/// <summary>The quality gate: a recommendation that lacks anything is not kept (process B.2, guard G-RECQ).</summary>
public static class RecommendationRules
{
    /// <summary>Recommendations of one report at most.</summary>
    public const int Most = 20;

    /// <summary>Everything that is wrong with it, with the fields of a commitment; empty when it can stand.</summary>
    /// <param name="today">Today by the subject's calendar; what is recommended is due later.</param>
    /// <returns>The refusals of <see cref="CommitmentRules"/> but for a day and the need of help, <c>recommendation.one-thing</c>,
    /// <c>recommendation.unknown-comment</c>.</returns>
    public static IEnumerable<Refusal> Check(
        Recommendation recommendation, Framework framework, DateOnly today, IReadOnlyCollection<StandingComment> comments)
    {
        // By which day, and whether it needs help, the State says itself when it plans.
        foreach (var wrong in CommitmentRules.Check(recommendation.Measure, framework, today)
            .Where(w => w.Code is not (FollowUpRefusals.CommitmentHelpUnsaid or FollowUpRefusals.CommitmentDue)))
        {
            yield return wrong;
        }

        // One thing each: several lines, or a semicolon, are a list.
        if (recommendation.Measure.Title.AsSpan().ContainsAny(";；؛\n"))
            yield return new Refusal("recommendation.one-thing", RefusalKind.Invalid, "title");
        if (recommendation.Comments.Any(id => comments.All(c => c.Id != id)))
            yield return new Refusal("recommendation.unknown-comment", RefusalKind.Invalid, "comments");
    }

    /// <summary>Comments that propose a recommendation, are led to the report, and that no recommendation names yet. What only named
    /// persons may read is none of them.</summary>
    public static ImmutableArray<StandingComment> Seeds(Material material)
    {
        var sheet = ConsolidationRules.SheetOf(material);
        var named = material.Of(WritingKind.Recommendation).SelectMany(r => Contents.ReadRecommendation(r).Comments).ToHashSet();
        return
        [
            .. ConsolidationRules.Comments(material).Where(c => c.Kind == CommentKind.Recommendation && c.Label != SharingLabel.Red.Code()
                && sheet.Of(c.Id)?.To == Placement.Report && !named.Contains(c.Id)),
        ];
    }

    /// <summary>Whether several recommendations are all of one kind of action: measures are better mixed.</summary>
    public static bool AreOfOneKind(Material material) =>
        material.Of(WritingKind.Recommendation).Select(r => Contents.ReadRecommendation(r).Measure.ActionType).ToList() is { Count: > 1 } kinds
        && kinds.Distinct(StringComparer.Ordinal).Count() == 1;

    /// <summary>Why no further one can be added; null when it can.</summary>
    /// <returns>null, or <c>recommendation.too-many</c> {max}.</returns>
    public static Refusal? MayAdd(int standing) =>
        standing < Most ? null : new Refusal("recommendation.too-many", RefusalKind.Conflict).With("max", Most);
}

/// <summary>What the State answers to one recommendation.</summary>
/// <param name="Answer">See <see cref="ResponseAnswer"/>.</param>
public sealed record ResponseContent(string Answer, string Reason);

/// <summary>The four answers to a recommendation (process B.2, stage <c>rec_response</c>).</summary>
public static class ResponseAnswer
{
    public const string Accepted = "accepted";
    public const string InPart = "in_part";
    public const string AlreadyDone = "already_done";

    /// <summary>Taken note of, and not accepted.</summary>
    public const string Noted = "noted";

    /// <summary>In the order in which they are shown.</summary>
    public static readonly ImmutableArray<string> All = [Accepted, InPart, AlreadyDone, Noted];

    /// <summary>Whether the State undertakes something by it.</summary>
    public static bool Undertakes(string answer) => answer is Accepted or InPart;
}

/// <summary>Whether responses can stand, and what is missing.</summary>
public static class RecommendationResponses
{
    /// <summary>The stage they are given in.</summary>
    public const string Stage = "rec_response";

    /// <summary>Longest reason, in characters.</summary>
    public const int MaxReason = 3_000;

    /// <summary>Whether the State was asked for none: the report holds no recommendation, and the stage ended with the agreement.</summary>
    public static bool WereNotNeeded(ProcessState state, Dossier dossier) => KnownStages.Serve(state.Definition, Stage)
        && state[state.Definition.Stage(Stage)].Status == StageStatus.Done && dossier.SignedHash(SignedAct.Responses, RoleCode.Authority) is null;

    /// <summary>Everything that is wrong with a response; empty when it can stand.</summary>
    /// <returns><c>response.answer</c>, <c>response.reason-missing</c>, <c>response.reason</c> {max}.</returns>
    public static IEnumerable<Refusal> Check(ResponseContent response)
    {
        if (!ResponseAnswer.All.Contains(response.Answer, StringComparer.Ordinal))
            yield return new Refusal("response.answer", RefusalKind.Invalid, "answer");
        // What is accepted whole needs no reason.
        if (response.Answer != ResponseAnswer.Accepted && string.IsNullOrWhiteSpace(response.Reason))
            yield return new Refusal("response.reason-missing", RefusalKind.Invalid, "reason");
        if (response.Reason.Length > MaxReason || !Core.Text.IsReadable(response.Reason))
            yield return new Refusal("response.reason", RefusalKind.Invalid, "reason").With("max", MaxReason);
    }

    /// <summary>The recommendations without a response, by id.</summary>
    public static ImmutableArray<string> Missing(Material material) =>
        [.. material.Of(WritingKind.Recommendation).Where(r => material.Find(WritingKind.Response, r.Key) is null).Select(r => r.Key)];

    /// <summary>The response to a recommendation, or null.</summary>
    public static ResponseContent? Of(Material material, string recommendation) =>
        material.Find(WritingKind.Response, recommendation) is { } response ? Contents.ReadResponse(response) : null;

    /// <summary>What is signed: SHA-256 over all responses, hex.</summary>
    public static string HashOf(Material material) => Ledger.CanonicalJson.Hash(System.Text.Json.JsonSerializer.SerializeToElement(
        material.Of(WritingKind.Response).ToDictionary(r => r.Key, r => r.Content, StringComparer.Ordinal))).ToString();

    /// <summary>Recommendations the State undertakes something by, without an entry of the action plan that names them (guard G-PLANOWN).</summary>
    public static ImmutableArray<string> WithoutAction(Material material)
    {
        var planned = material.Of(WritingKind.Commitment).Select(c => Contents.ReadCommitment(c).Recommendation).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. material.Of(WritingKind.Response)
                .Where(r => ResponseAnswer.Undertakes(Contents.ReadResponse(r).Answer) && !planned.Contains(r.Key)).Select(r => r.Key),
        ];
    }
}
