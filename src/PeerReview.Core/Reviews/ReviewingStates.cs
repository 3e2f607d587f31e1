using System.Collections.Immutable;
using PeerReview.Core.Process;

namespace PeerReview.Core.Reviews;

/// <summary>The reviewing States of a process that finds them in another way than by our draw: they are named, as many as the variant
/// has.</summary>
public static class ReviewingStates
{
    /// <summary>Most reviewing States of one review.</summary>
    public const int Most = 10;

    /// <summary>Whether a review of this process has its States named so.</summary>
    public static bool AreNamed(ProcessDefinition process, string variant) =>
        process.FindVariant(variant) is { ReviewingStates: > 0 } && !KnownStages.Serve(process, "draw");

    /// <summary>What is wrong with a choice; null when it can stand. Whether there are such States is for the caller.</summary>
    /// <returns><c>stage.no-reviewers</c>, <c>stage.reviewers-count</c> {places}, <c>selection.named-twice</c>.</returns>
    public static Refusal? Problem(ImmutableArray<string> states, ProcessDefinition process, string variant)
    {
        if (!AreNamed(process, variant))
            return new Refusal("stage.no-reviewers", RefusalKind.Invalid, "reviewers");
        var places = process.FindVariant(variant)!.ReviewingStates;
        if (states.Length < places || states.Length > Most)
            return new Refusal("stage.reviewers-count", RefusalKind.Invalid, "reviewers").With("places", places);
        return states.Distinct(StringComparer.Ordinal).Count() < states.Length
            ? new Refusal("selection.named-twice", RefusalKind.Invalid, "reviewers")
            : null;
    }

    /// <summary>Why they cannot be named any more; null when they can: nobody is, and no stage has begun that each of them acts in.</summary>
    /// <returns><c>stage.no-reviewers</c>, <c>stage.reviewers-named</c>.</returns>
    public static Refusal? Closed(ProcessState state, ReviewTeam team)
    {
        if (!AreNamed(state.Definition, state.Variant))
            return new Refusal("stage.no-reviewers", RefusalKind.NotFound);
        return team.States.IsEmpty ? null : new Refusal("stage.reviewers-named", RefusalKind.Conflict);
    }

    /// <summary>The places they take: A, B, C … in the order in which they were named.</summary>
    public static ImmutableArray<SeatedState> Seat(ImmutableArray<string> states) =>
        [.. states.Select((state, at) => new SeatedState(state, ((char)('A' + at)).ToString()))];

    /// <summary>A stage that would open without anybody to act in it, if another were closed now; null where there is none.</summary>
    /// <param name="closing">The stage that is about to close.</param>
    public static Stage? Deserted(ProcessState state, Dossier dossier, Stage closing) => state.Definition.Stages.FirstOrDefault(stage =>
        state.Exists(stage) && stage.After.Contains(closing.Id, StringComparer.Ordinal) && stage.Beside.IsEmpty
        && stage.Each.All(each => each.Over switch
        {
            BranchSet.ReviewingState => dossier.Team.States.IsEmpty,
            BranchSet.Expert => !dossier.Holding(RoleCode.Expert).Any(),
            _ => true,
        }));
}
