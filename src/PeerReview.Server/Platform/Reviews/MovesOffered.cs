using System.Collections.Immutable;
using System.Globalization;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>Which moves a person is offered now: asked of the same rules that decide, so that nothing is offered which would
/// be refused to whoever fills in the form.</summary>
public static class MovesOffered
{
    /// <summary>In the order shown.</summary>
    public static ImmutableArray<MoveKind> To(Actor actor, LoadedReview review, Calendars calendars)
    {
        if (actor.Person is not { } person)
            return [];
        var facts = FactsForProcess.Planning(review.Process, review.Subject, review.Rolling, calendars) with
        {
            // What a guard asks for is said when the form is sent.
            Guards = review.Process.Guards.ToDictionary(guard => guard.Id, _ => GuardAnswer.Yes, StringComparer.Ordinal),
        };
        var by = new Acting(person, review.RolesOf(person), review.BranchOf(person));
        return
        [
            .. Enum.GetValues<MoveKind>().Where(kind => kind is not MoveKind.Fail and not MoveKind.ChangeVariant)
                .Where(kind => Access.May(actor, MoveRules.ActOf(kind), review.Facts) is null)
                .Where(kind => Probes(kind, review).Where(request => kind != MoveKind.Extend || !DeclaresFirst(actor, review, request.Stage)).Any(request => Decider.Decide(
                    review.Process, review.State, MoveRules.Command(by, kind, request), facts, review.Now) is Verdict<Decision>.Accepted)),
        ];
    }

    /// <summary>Whether it is a person's place to move this review at all, though there may be nothing to move now.</summary>
    public static bool EverTo(Actor actor, LoadedReview review) =>
        Enum.GetValues<MoveKind>().Any(kind => Access.May(actor, MoveRules.ActOf(kind), review.Facts) is null);

    /// <summary>Whether a person could give an open stage more time now, or their own part of it.</summary>
    public static bool MayExtend(Actor actor, LoadedReview review, string stage) =>
        !DeclaresFirst(actor, review, stage)
        && actor is { Person: { } person, Eyes: null } && Access.May(actor, ReviewAct.Extend, review.Facts) is null
        && Decider.Decide(
            review.Process, review.State, new ProcessCommand.Extend(new Acting(person, review.RolesOf(person), review.BranchOf(person)), stage, Most(review, stage)),
            FactsForProcess.Held(review), review.Now) is Verdict<Decision>.Accepted;

    /// <summary>Whether somebody who stepped in has to declare before a stage asks anything of them: it is the others who are late, and the day of
    /// those who declare is their own.</summary>
    public static bool DeclaresFirst(Actor actor, LoadedReview review, string stage) =>
        stage == CommentRules.Stage && actor.Person is { } person && KnownStages.Serve(review.Process, Waits.Declare)
        && review.Dossier.Holding(RoleCode.Expert).Contains(person.Value) && !review.Dossier.HasDeclared(person.Value);

    // The most is asked for: of a step that is late, less may end on a day already past.
    private static int Most(LoadedReview review, string stage) => review.Process.FindStage(stage)?.Extend?.MaxDays ?? 1;

    /// <summary>The last day until which a person could put a review off now; null where they cannot.</summary>
    public static DateOnly? LastDeferral(Actor actor, LoadedReview review) =>
        actor.Person is { } person
        && Decider.Decide(
            review.Process, review.State, new ProcessCommand.Defer(new Acting(person, review.RolesOf(person), review.BranchOf(person)), DateOnly.MaxValue),
            FactsForProcess.Held(review), review.Now) is Verdict<Decision>.Refused { Reason: { Code: ProcessRefusals.DeferralTooLong } tooLong }
        && tooLong.Args.TryGetValue("max", out var max)
            ? DateOnly.ParseExact((string)max, "O", CultureInfo.InvariantCulture)
            : null;

    /// <summary>Open stages with an extension left.</summary>
    public static IEnumerable<Stage> Extendable(LoadedReview review) =>
        review.State.Open.Where(s => s.Extend is { } rule && review.State[s].Parts.Any(p => p.Extensions < rule.Times));

    /// <summary>Open stages whose right may be given up.</summary>
    public static IEnumerable<Stage> Waivable(LoadedReview review) => review.State.Open.Where(s => s.Waivable);

    /// <summary>Parties whose clock goes.</summary>
    public static IEnumerable<Party> Running(LoadedReview review) =>
        review.Process.Parties.Where(party => review.State.Pauses.All(pause => pause.Party != party.Id));

    /// <summary>The ids of the steps whose clock would stand if that of a party were stopped now, each once, in the order of the process.</summary>
    public static IEnumerable<string> WouldStand(LoadedReview review, Party party)
    {
        var paused = review with { State = review.State.Evolve([new ProcessEvent.ClockPaused(review.Now, null, party.Id, default, "", "")]) };
        var stands = Standing(review).ToHashSet();
        return Standing(paused).Where(part => !stands.Contains(part)).Select(part => part.Stage).Distinct(StringComparer.Ordinal);

        static IEnumerable<(string Stage, string? Branch)> Standing(LoadedReview one) =>
            Waits.Of(one).Where(wait => wait is { Paused: true, IsBeside: false }).Select(wait => (wait.Stage, wait.Branch));
    }

    /// <summary>The least a form of this kind could ask for.</summary>
    private static IEnumerable<MoveRequest> Probes(MoveKind kind, LoadedReview review) => kind switch
    {
        MoveKind.Extend => Extendable(review).Select(stage => new MoveRequest { Stage = stage.Id, Days = stage.Extend!.MaxDays }),
        MoveKind.Waive => Waivable(review).Select(stage => new MoveRequest { Stage = stage.Id }),
        MoveKind.Pause =>
            from party in Running(review)
            from reason in review.Process.PauseReasons.Take(1)
            select new MoveRequest { Party = party.Id, PauseReason = reason.Id },
        MoveKind.ResumeClock => review.State.Pauses.Select(pause => new MoveRequest { Party = pause.Party }),
        MoveKind.Defer => [new MoveRequest { Until = review.Today.AddDays(1) }],
        MoveKind.Suspend or MoveKind.Resume or MoveKind.Withdraw => [new MoveRequest()],
        MoveKind.Fail or MoveKind.ChangeVariant => [],
    };
}
