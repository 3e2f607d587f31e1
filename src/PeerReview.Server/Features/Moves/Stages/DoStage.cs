using System.Collections.Immutable;
using System.Text.Json;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Core.Selection;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Features.Moves.Stages;

/// <summary>Somebody does their part of a stage that no part of the product is made for: its documents are written, and what only people
/// know is stated.</summary>
public sealed class DoStage(StageBody bodies, Calendars calendars)
{
    /// <summary>Decides under the lock.</summary>
    /// <returns>Why not: <c>stage.documents-missing</c>, <c>stage.changed</c>, <c>stage.right-used</c>, <c>stage.not-stated</c>, <c>stage.not-answered</c>,
    /// <c>stage.nobody-acts</c>, of a common text <c>stage.agreed-already</c> and <c>stage.days-not-over</c>, or what the process says.</returns>
    public Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, Stage stage, JsonElement body, CancellationToken cancel) =>
        DecideAsync(work, stage, bodies.Read<StageRequest>(body), cancel);

    /// <inheritdoc cref="DecideAsync(ReviewWork, Stage, JsonElement, CancellationToken)"/>
    public async Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, Stage stage, StageRequest request, CancellationToken cancel)
    {
        if (SettleRight.For(work.Actor, work.Review, stage, request.Branch) is { } toSettle)
        {
            var texts = await work.MaterialAsync(cancel);
            return SettleRight.Decide(work, toSettle, stage, request, (StageAsks.ToSettle(work.Review, stage, toSettle, texts, calendars), texts));
        }

        if (Access.May(work.Actor, ReviewAct.DoStage, work.Review.Facts) is { } no)
            return no;
        var by = StageRights.ActingIn(work.Review, stage, work.Person);
        if (LateDeclarations.IsOwed(work.Review.State, work.Review.Dossier, work.Person))
        {
            return LateDeclarations.AreMadeIn(stage)
                ? DeclareLate(work, stage, by, request, await work.MaterialAsync(cancel))
                : new Refusal("stage.declare-first", RefusalKind.Conflict);
        }

        if (StageDoor.Closed(work.Review.State, stage.Id, by) is { } closed)
            return closed;
        if (UsedRights.In(work.Review.State, work.Review.Dossier, stage, by.Branch) is not null)
            return new Refusal("stage.right-used", RefusalKind.Conflict);
        if (StageDoor.NotTheirTurn(work.Review.State, stage.Id, by, FactsForProcess.Held(work.Review)) is { } notYet)
            return notYet;
        var material = await work.MaterialAsync(cancel);
        var asks = StageAsks.Of(work.Review, stage, by, material, calendars);
        if (CommonText.Has(stage))
            return AgreeOnText.Decide(work, stage, by, request, asks, material);
        if (Problems(work.Review, stage, by, request, asks, material).ToList() is { Count: > 0 } problems)
            return Refusal.Of(problems);
        if (asks.LeavesToOffice)
            return Tell(SettleRight.Use(work, stage, by, request, asks), stage);
        var change = asks.Conduct ? SignsConduct(work, stage, by, request, material) : new ReviewChange();
        if (request.States.Length > 0 || request.Conditions.Count > 0)
            change.Record(Stated(stage, request, asks, work.Person));
        return StageNews.Tell(change, stage, material).Then(new ProcessCommand.Complete(by, stage.Id)).Made(stage.Id);
    }

    /// <summary>What somebody states with their part.</summary>
    internal static ReviewEvent.StageStated Stated(Stage stage, StageRequest request, StageAsks asks, PersonId by) => new(
        stage.Id,
        [.. asks.Guards.Where(guard => request.States.Contains(guard, StringComparer.Ordinal))],
        asks.Conditions.ToImmutableSortedDictionary(c => c, c => request.Conditions[c], StringComparer.Ordinal),
        by.Value);

    /// <summary>Whoever took an expert's place later declares; the stage itself is over.</summary>
    private static Verdict<ReviewChange> DeclareLate(ReviewWork work, Stage stage, Acting by, StageRequest request, Material material) =>
        Problems(work.Review, stage, by, request, StageAsks.Late, material).ToList() is { Count: > 0 } problems
            ? Refusal.Of(problems)
            : SignsConduct(work, stage, by, request, material)
                .SendAfter(after => ReviewLetters.ToAll(after, LetterNames.TextHandedIn, RoleCode.Authority, RoleCode.FocalPoint, RoleCode.Coordinator)
                    .Select(letter => letter.OnStage(after, stage)))
                .Made(stage.Id);

    /// <summary>The expert signs the code of conduct for the text of the own declaration.</summary>
    private static ReviewChange SignsConduct(ReviewWork work, Stage stage, Acting by, StageRequest request, Material material) => new ReviewChange().Sign(
        SignedAct.Declaration(work.Person.Value), RoleCode.Expert, StageAsks.HashOf(stage, by.Branch, material), request.Signature!, work,
        work.Review.Dossier.WorkingLanguage);

    /// <summary>A right is used: the office hears so with its turn, and where another reviewing State can follow from it, whoever decides that.</summary>
    private static ReviewChange Tell(ReviewChange change, Stage stage) => change.SendAfter(after =>
        after.Dossier.Team.States.Any(seat => ReplacingState.OfNamed(after.State, seat.State) is null)
            ? ReviewLetters.ToAll(after, LetterNames.RightUsedHead, RoleCode.HeadCoordinator)
                .Select(letter => letter.OnStage(after, stage) with { Path = $"{StagePages.Of(after.Id.Value)}/reviewing-states" })
            : []);

    private static IEnumerable<Refusal> ConductProblems(StageRequest request, DateTimeOffset now)
    {
        if (!request.Conduct)
            yield return new Refusal("declaration.conduct", RefusalKind.Invalid, "conduct");
        var signature = request.Signature ?? SignatureRequest.None;
        foreach (var refusal in SignatureRules.Check(signature.Name, signature.Office, signature.Day, now))
            yield return refusal;
    }

    /// <summary>What is missing before a part can be done.</summary>
    internal static IEnumerable<Refusal> Problems(
        LoadedReview review, Stage stage, Acting by, StageRequest request, StageAsks asks, Material material)
    {
        var branch = StageDocuments.BranchOf(stage, by.Branch);
        if (StageDocuments.Missing(stage, branch, material) is { IsEmpty: false })
            yield return new Refusal("stage.documents-missing", RefusalKind.Conflict);
        // All agree to one text: to the one each of them saw.
        else if (asks.Hash is { } hash && request.ContentHash != hash)
            yield return new Refusal("stage.changed", RefusalKind.Conflict, "content_hash");
        if (asks.Guards.Except(request.States, StringComparer.Ordinal).Any())
            yield return new Refusal("stage.not-stated", RefusalKind.Invalid, "states");
        if (asks.Conduct)
        {
            foreach (var refusal in ConductProblems(request, review.Now))
                yield return refusal;
        }

        foreach (var condition in asks.Conditions.Where(c => !request.Conditions.ContainsKey(c)))
            yield return new Refusal("stage.not-answered", RefusalKind.Invalid, $"condition.{condition}");
        if (StageGaps.LacksFocalPoint(review.State, stage, role => StageReader.Held(review, role, null)))
            yield return new Refusal("stage.nobody-named", RefusalKind.Conflict).With("role", RoleCode.FocalPoint);
        if (ReviewingStates.Deserted(review.State, review.Dossier, stage) is { } next)
        {
            yield return new Refusal(
                next.Each.Any(each => each.Over == BranchSet.ReviewingState) ? "stage.nobody-reviews" : "stage.nobody-expert", RefusalKind.Conflict);
        }
    }
}

/// <summary>What somebody says with their part of a stage.</summary>
public sealed record StageRequest
{
    private readonly ImmutableArray<string> _states = [];

    /// <summary>Guards that hold by their word.</summary>
    public ImmutableArray<string> States
    {
        get => _states;
        init => _states = value.IsDefault ? [] : value;
    }

    /// <summary>Conditions of what comes next, and whether they hold.</summary>
    public ImmutableDictionary<string, bool> Conditions { get; init; } = ImmutableDictionary<string, bool>.Empty;

    /// <summary>Where all agree to one text: of the text they saw.</summary>
    public string? ContentHash { get; init; }

    /// <summary>Where what follows from a right is settled: in which part of the stage; null for the first.</summary>
    public string? Branch { get; init; }

    /// <summary>Where it is settled, the answer to whoever used it; read by the State under review and the coordinators.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Where an expert declares: the code of conduct is accepted.</summary>
    public bool Conduct { get; init; }

    /// <summary>Of the expert under it.</summary>
    public SignatureRequest? Signature { get; init; }

    /// <summary>Where all agree to one text and its days are over: the review goes on with what is said against it.</summary>
    public bool GoOn { get; init; }
}
