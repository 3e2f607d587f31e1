using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using PeerReview.Core;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Features.Moves.Stages;

/// <summary>What whoever does a part of a stage is asked to say with it.</summary>
/// <param name="Guards">Guards that hold only by their word, and that are asked with this part.</param>
/// <param name="Conditions">Conditions of the stages that come next, which only people know.</param>
/// <param name="Hash">Of the texts of the stage, where all agree to them; null elsewhere.</param>
public sealed record StageAsks(ImmutableArray<string> Guards, ImmutableArray<string> Conditions, string? Hash)
{
    /// <summary>Nothing.</summary>
    public static StageAsks Nothing { get; } = new([], [], null);

    /// <summary>Whoever took an expert's place later signs, and nothing else.</summary>
    public static StageAsks Late { get; } = Nothing with { Conduct = true };

    /// <summary>Whether this part uses a right, and the office states the guards when it has settled what follows.</summary>
    public bool LeavesToOffice { get; init; }

    /// <summary>Whether this is the last thing the part waits for.</summary>
    public bool Finishes { get; init; }

    /// <summary>Whether an expert signs the code of conduct with this part (guard G-DECL).</summary>
    public bool Conduct { get; init; }

    /// <summary>Of whoever acts in a stage.</summary>
    public static StageAsks Of(LoadedReview review, Stage stage, Acting by, Material material, Calendars calendars)
    {
        var asks = Missed(review, stage, by, material, calendars) with
        {
            Conduct = stage.Beside.IsEmpty && Guid.TryParse(by.Branch, out var expert) && !review.Dossier.HasDeclared(expert)
                && stage.Exit.Any(exit => exit is { Guard: StageGuards.Declared, Branch: true }),
        };
        asks = asks with { Finishes = StageDoor.Finishes(review.State, stage.Id, by, FactsForProcess.Held(review)) };
        return StageGaps.IsSettled(stage) && asks.Finishes ? asks with { Guards = [], LeavesToOffice = true } : asks;
    }

    /// <summary>Of whoever settles what follows from a right.</summary>
    public static StageAsks ToSettle(LoadedReview review, Stage stage, UsedRight used, Material material, Calendars calendars) =>
        Missed(review, stage, StageRights.ActingFor(used), material, calendars) with { Conditions = [] };

    /// <summary>Asks the process what it would miss.</summary>
    private static StageAsks Missed(LoadedReview review, Stage stage, Acting by, Material material, Calendars calendars)
    {
        var words = StageGuards.ToState(stage, review.State, review.Dossier, material).ToList();
        var facts = FactsForProcess.Of(review, [], material, calendars, stage) with
        {
            Guards = stage.Exit.DistinctBy(exit => exit.Guard, StringComparer.Ordinal).ToDictionary(
                exit => exit.Guard,
                exit => words.Contains(exit.Guard, StringComparer.Ordinal) ? GuardAnswer.No(StageGuards.NotStated) : GuardAnswer.Yes,
                StringComparer.Ordinal),
        };
        if (CommonText.Has(stage))
            return OfCommon(review, stage, by, words, material);
        var missing = Decider.Decide(review.Process, review.State, new ProcessCommand.Complete(by, stage.Id), facts, review.Now)
            is Verdict<Decision>.Refused { Reason: { Code: ProcessRefusals.GuardNotHeld } reason }
            ? ((string)reason.Args["guards"]).Split(' ')
            : [];
        return new StageAsks([.. missing.Distinct(StringComparer.Ordinal)], Ahead(review, stage), HashOf(stage, material));
    }

    /// <summary>Of a common text the last party is asked, with whose agreement the stage ends; or whoever may have it go on without all.</summary>
    private static StageAsks OfCommon(LoadedReview review, Stage stage, Acting by, List<string> words, Material material)
    {
        var party = CommonText.PartyOf(review.State, stage, by, review.Dossier);
        var ends = CommonText.MayGoOn(review.State, stage, review.Now) || CommonText.Missing(review.Dossier, review.State, stage).All(other => other == party);
        return new StageAsks(ends ? [.. words] : [], ends ? Ahead(review, stage) : [], HashOf(stage, material));
    }

    /// <summary>Conditions that decide whether the next stages take place, and that nothing else answers.</summary>
    private static ImmutableArray<string> Ahead(LoadedReview review, Stage stage) =>
    [
        .. review.Process.Stages
            .Where(next => review.State.Exists(next) && next.After.Contains(stage.Id, StringComparer.Ordinal) && KnownStages.AreGeneric(review.Process, next))
            .Select(next => next.When).OfType<string>()
            .Where(condition => review.Process.Conditions.First(c => c.Id == condition).FailedStage is null)
            .Distinct(StringComparer.Ordinal),
    ];

    private static string? HashOf(Stage stage, Material material) =>
        stage.Exit.Any(exit => CommonText.Agrees(exit.Guard)) ? HashOf(stage, null, material) : null;

    /// <summary>The hash of the texts of a stage as they stand.</summary>
    /// <param name="branch">As <see cref="StageDocuments.BranchOf"/> gives it.</param>
    internal static string HashOf(Stage stage, string? branch, Material material)
    {
        var texts = stage.Makes.Select(document => material.Find(WritingKind.StageDocument, StageDocuments.KeyOf(stage, document, branch)))
            .OfType<Writing>().Select(text => FormattableString.Invariant($"{text.Key}\n{text.Version}\n{text.Content}\n"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(texts))));
    }
}

/// <summary>As whom somebody acts in a stage of a programme's own process.</summary>
internal static class StageRights
{
    /// <summary>With the branch of that stage: a reviewing State's, or the expert's own.</summary>
    public static Acting ActingIn(LoadedReview review, Stage stage, PersonId person) =>
        new(person, review.RolesOf(person), review.BranchIn(stage, person));

    /// <summary>As whom a part is done when what follows from a right is settled: whoever used it.</summary>
    public static Acting ActingFor(UsedRight used) => new(new PersonId(used.By), [used.Role], used.Branch);
}
