using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Features.Moves;

/// <summary>What a change of variant or more time would do, found by doing it without keeping it.</summary>
/// <param name="Goes">Stages that would not take place any more.</param>
/// <param name="Comes">Stages that would take place and do not now, with the day each would end.</param>
/// <param name="Moves">Stages that would end on another day.</param>
/// <param name="Publication">The day the report would be out: now and then.</param>
/// <param name="Leaving">The reviewing States whose part would end.</param>
public sealed record MovePreview(
    ImmutableArray<Stage> Goes,
    ImmutableArray<(Stage Stage, DateOnly Day)> Comes,
    ImmutableArray<(Stage Stage, DateOnly From, DateOnly To)> Moves,
    (DateOnly From, DateOnly To) Publication,
    ImmutableArray<string> Leaving)
{
    /// <summary>The deadline more time moves, as it stands and as it would; null where nothing but a forecast moves.</summary>
    public (DateOnly From, DateOnly To)? Deadline { get; private init; }

    /// <summary>Stages that have begun and go on, though the other variant may do without them.</summary>
    public ImmutableArray<Stage> GoesOn { get; private init; } = [];

    /// <summary>The variants the review could not become any more: what it is now, and what it could become now; in the order of the
    /// process.</summary>
    public ImmutableArray<string> NoMore { get; private init; } = [];

    /// <summary>The variants somebody could change to now, in the order of the process.</summary>
    public static ImmutableArray<string> Choices(Actor actor, LoadedReview review, VariantsOffered offered, Calendars calendars) =>
    [
        .. review.Process.Variants.Select(variant => variant.Id)
            .Where(variant => Of(actor, review, variant, offered, calendars) is Verdict<MovePreview>.Accepted),
    ];

    /// <summary>Why a review that can change to no other variant cannot: the reason that stands in the way of the next deeper one; null where
    /// there is none.</summary>
    public static Refusal? WhyNone(Actor actor, LoadedReview review, VariantsOffered offered, Calendars calendars) => review.Process.Variants
        .Select(variant => variant.Id)
        .SkipWhile(variant => variant != review.State.Variant).Skip(1)
        .Where(variant => offered.For(review.Process).Has(variant))
        .Select(variant => (Of(actor, review, variant, offered, calendars) as Verdict<MovePreview>.Refused)?.Reason).FirstOrDefault();

    /// <summary>Whether somebody may look at what another variant would change: who can sign it, and the office, which offers it to a State
    /// that is late.</summary>
    public static bool IsFor(Actor actor, LoadedReview review) =>
        Access.May(actor, ReviewAct.ChangeVariant, review.Facts) is null || Access.May(actor, ReviewAct.HandOverCase, review.Facts) is null;

    /// <summary>What more time for a stage would move, or why it cannot be given.</summary>
    public static Verdict<MovePreview> OfExtension(Actor actor, LoadedReview review, string stage, int days, Calendars calendars)
    {
        if (Access.May(actor, ReviewAct.Extend, review.Facts) is { } no)
            return no;
        var person = actor.Person!.Value;
        var by = new Acting(person, review.RolesOf(person), review.BranchOf(person));
        var facts = FactsForProcess.Of(review, [], Material.Empty, calendars, stage: null);
        return Decider.Decide(review.Process, review.State, new ProcessCommand.Extend(by, stage, days), facts, review.Now)
            .Match<Verdict<MovePreview>>(
                decision => WithDeadline(review, After(review, decision, facts), review.Process.Stage(stage), calendars), refused => refused);
    }

    /// <summary>What it would do, or why it cannot be done.</summary>
    public static Verdict<MovePreview> Of(
        Actor actor, LoadedReview review, string variant, VariantsOffered offered, Calendars calendars)
    {
        if (!IsFor(actor, review))
            return new Refusal("access.not-allowed", RefusalKind.NotAllowed);
        if (VariantChange.Refused(review, variant, offered) is { } problem)
            return problem;
        var person = actor.Person!.Value;
        // Whoever only looks sees what the State's authority would bring about.
        var by = Access.May(actor, ReviewAct.ChangeVariant, review.Facts) is null
            ? new Acting(person, review.RolesOf(person), review.BranchOf(person))
            : new Acting(person, [RoleCode.Authority]);
        // In the order in which the command does it: the reviewing States leave, then the process takes its step.
        var released = review with
        {
            Dossier = VariantChange.Releases(review, variant, person).Aggregate(review.Dossier, (dossier, one) => dossier.Evolve(one, review.Now)),
        };
        var facts = FactsForProcess.Of(released, [], Material.Empty, calendars, stage: null);
        return Decider.Decide(review.Process, review.State, new ProcessCommand.ChangeVariant(by, variant), facts, review.Now)
            .Match<Verdict<MovePreview>>(decision => Changed(After(released, decision, facts)), refused => refused);

        MovePreview Changed(LoadedReview after) => Between(review, after, calendars) with
        {
            GoesOn = [.. review.State.Open.Where(stage => stage.OptionalIn.Contains(variant, StringComparer.Ordinal) && after.State[stage].Status == StageStatus.Open)],
            NoMore =
            [
                .. review.Process.Variants.Select(one => one.Id)
                    .Where(one => one != variant && (one == review.State.Variant || (VariantChange.Refused(review, one, offered) is null && Can(review, one, facts))))
                    .Where(one => VariantChange.Problem(after, one) is not null || !Can(after, one, FactsForProcess.After(facts, after))),
            ],
        };

        bool Can(LoadedReview one, string to, ProcessFacts known) =>
            Decider.Decide(one.Process, one.State, new ProcessCommand.ChangeVariant(by, to), known, review.Now) is Verdict<Decision>.Accepted;
    }

    private static MovePreview WithDeadline(LoadedReview before, LoadedReview after, Stage stage, Calendars calendars) =>
        Between(before, after, calendars) with { Deadline = Moved(before.State, after.State, stage) };

    /// <summary>The deadline of the one part that is given more time.</summary>
    private static (DateOnly From, DateOnly To)? Moved(ProcessState before, ProcessState after, Stage stage) => before[stage].Parts
        .Zip(after[stage].Parts, (was, then) => (From: was.Deadline?.Day, To: then.Deadline?.Day))
        .Where(day => day.From != day.To).Select(day => ((DateOnly, DateOnly)?)(day.From!.Value, day.To!.Value)).FirstOrDefault();

    /// <summary>The review as it would stand.</summary>
    private static LoadedReview After(LoadedReview review, Decision decision, ProcessFacts facts)
    {
        var changed = review with { State = review.State.Evolve(decision.Events) };
        facts = FactsForProcess.After(facts, changed);
        var state = decision.Signal is { } signal
            ? changed.State.Evolve(Interpreter.Advance(review.Process, changed.State, signal, facts, review.Now))
            : changed.State;
        return changed with { State = state.Evolve(Core.Process.Deadlines.Settle(review.Process, state, facts, review.Now)) };
    }

    private static MovePreview Between(LoadedReview before, LoadedReview after, Calendars calendars)
    {
        var (now, then) = (ForecastOf(before, calendars), ForecastOf(after, calendars));
        var stages = before.Process.Ordered.ToList();
        return new MovePreview(
            [.. stages.Where(stage => Takes(now, stage) && !Takes(then, stage))],
            [.. stages.Where(stage => !Takes(now, stage) && Takes(then, stage)).Select(stage => (stage, then[stage.Id]!.Ends))],
            [
                .. stages.Where(stage => Takes(now, stage) && Takes(then, stage) && now[stage.Id]!.Ends != then[stage.Id]!.Ends)
                    .Select(stage => (stage, now[stage.Id]!.Ends, then[stage.Id]!.Ends)),
            ],
            (now.Publication, then.Publication),
            [.. before.Dossier.Team.States.Select(seat => seat.State).Except(after.Dossier.Team.States.Select(seat => seat.State), StringComparer.Ordinal)]);
    }

    // What is over stays as it was; only what is open or to come changes.
    private static bool Takes(Forecast forecast, Stage stage) =>
        forecast[stage.Id] is { Takes: true, Status: StageStatus.Open or StageStatus.Waiting };

    internal static Forecast ForecastOf(LoadedReview review, Calendars calendars) => Forecast.Of(
        review.Process,
        review.State,
        FactsForProcess.Planning(review.Process, review.Subject, review.Rolling, calendars),
        review.Today,
        FactsForProcess.Assumed(review));
}
