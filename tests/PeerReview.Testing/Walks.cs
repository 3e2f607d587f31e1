using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Calendar;
using PeerReview.Core.Process;

namespace PeerReview.Testing;

/// <summary>A random walk of legal commands through a process, the same for the same seed on every machine.</summary>
public sealed class Walk
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);
    private readonly Random _chance;
    private int _persons;
    private int _replacements;

    private Walk(ProcessDefinition definition, int seed)
    {
        Definition = definition;
        Seed = seed;
        _chance = new Random(seed);
        Now = Start.AddHours(_chance.Next(24 * 365));
        Facts = RandomFacts();
        State = ProcessState.Initial(definition);
    }

    public ProcessDefinition Definition { get; }

    /// <summary>To be printed when something is wrong.</summary>
    public int Seed { get; }

    public DateTimeOffset Now { get; private set; }

    public ProcessFacts Facts { get; private set; }

    public ProcessState State { get; private set; }

    private readonly List<ProcessEvent> _events = [];

    /// <summary>Walks until nothing more can be done or the steps are used up, checking the invariants after each step.</summary>
    /// <exception cref="InvalidOperationException">An invariant is broken; the message has the seed and the commands.</exception>
    public static IEnumerable<WalkStep> Take(ProcessDefinition definition, int seed, int most = 150)
    {
        var walk = new Walk(definition, seed);
        var commands = new List<ProcessCommand>();
        for (var n = 0; n < most; n++)
        {
            if (walk.Next() is not { } step)
                yield break;
            commands.Add(step.Command);
            // Folding a long history after every step would cost more than the walk; every seventh point is hit by some seed.
            if (WalkInvariants.Broken(step, fold: (n + seed) % 7 == 0) is { } broken)
            {
                throw new InvalidOperationException(
                    $"{definition.Id}, seed {seed}, step {n}: {broken}\n{string.Join('\n', commands)}");
            }

            yield return step;
        }
    }

    /// <summary>One more step; null when no command is legal any more.</summary>
    private WalkStep? Next()
    {
        Now = Now.AddHours(_chance.Next(4) == 0 ? _chance.Next(24 * 30) : _chance.Next(24 * 3));
        Facts = Facts with
        {
            Conditions = Facts.Conditions.ToImmutableDictionary(c => c.Key, c => c.Value ?? (_chance.Next(8) == 0 ? Coin() : null)),
        };
        foreach (var command in Candidates())
        {
            if (Decider.Decide(Definition, State, command, Facts, Now) is not Verdict<Decision>.Accepted { Value: var decision })
                continue;
            var before = State;
            var step = ProcessStep.Follow(Definition, State, decision, Facts, Now);
            State = step.State;
            _events.AddRange(step.Events);
            return new WalkStep(command, before, decision, step, Facts, Now, _events);
        }

        return null;
    }

    /// <summary>Commands worth trying, rare ones rarely, so that walks get far; the likely ones once more at the end.</summary>
    private IEnumerable<ProcessCommand> Candidates()
    {
        if (State.Status == ReviewStatus.NotLaunched)
            return [Launch()];
        List<ProcessCommand> work = [.. Work()];
        List<ProcessCommand> rare = [.. Rare()];
        var ways = _chance.Next(100) < 20 ? Shuffled(rare).Concat(Shuffled(work)) : Shuffled(work).Concat(Shuffled(rare));
        return ways.Concat(Later());
    }

    private ProcessCommand.Launch Launch()
    {
        var variant = Pick(Definition.Variants).Id;
        var optional = Definition.Stages.Where(s => s.OptionalIn.Contains(variant, StringComparer.Ordinal) && _chance.Next(2) == 0);
        return new ProcessCommand.Launch(
            By(Definition.First.Acts[0]), variant, Pick(Definition.Subjects).Id, [.. optional.Select(s => s.Id)]);
    }

    private IEnumerable<ProcessCommand> Work() =>
        from turn in Turn.Of(Definition, State, Facts)
        from role in turn.Roles
        select new ProcessCommand.Complete(By(role, turn.Branch), turn.Stage.Id);

    private IEnumerable<ProcessCommand> Rare()
    {
        foreach (var turn in Turn.Of(Definition, State, Facts))
        {
            var by = By(Pick(turn.Roles), turn.Branch);
            yield return new ProcessCommand.Fail(by, turn.Stage.Id);
            yield return new ProcessCommand.Waive(by, turn.Stage.Id);
            yield return new ProcessCommand.Extend(by, turn.Stage.Id, 1 + _chance.Next(30));
            yield return new ProcessCommand.Lapse(Acting.System, turn.Stage.Id, turn.Branch);
            foreach (var to in turn.Stage.Return?.To ?? [])
                yield return new ProcessCommand.Return(by, turn.Stage.Id, to);
            foreach (var fan in turn.Branch is null ? [] : turn.Stage.Each)
                yield return new ProcessCommand.Replace(Steering("replace"), fan.Over, turn.Branch!, $"new{_replacements++}");
        }

        foreach (var stage in Definition.Stages.Where(s => !s.OptionalIn.IsEmpty))
            yield return new ProcessCommand.Skip(Steering("skip"), stage.Id);
        yield return new ProcessCommand.Pause(Steering("pause"), Pick(Definition.Parties).Id,
            Definition.PauseReasons.IsEmpty ? "" : Pick(Definition.PauseReasons).Id);
        foreach (var pause in State.Pauses)
            yield return new ProcessCommand.ResumeClock(Steering("pause"), pause.Party, pause.Branch);
        yield return new ProcessCommand.ChangeVariant(Steering("change_variant"), Pick(Definition.Variants).Id);
        if (_chance.Next(4) > 0)
            yield break;
        yield return new ProcessCommand.Defer(Steering("defer"), DateOnly.FromDateTime(Now.UtcDateTime).AddDays(1 + _chance.Next(200)));
        yield return new ProcessCommand.Suspend(Steering("suspend"));
        if (_chance.Next(20) == 0)
            yield return new ProcessCommand.Withdraw(Steering("withdraw"));
    }

    private IEnumerable<ProcessCommand> Later()
    {
        yield return new ProcessCommand.Resume(Steering("resume"));
        // Stages that start later than they open: time passes until they do.
        Now = Now.AddDays(40);
        foreach (var command in Work())
            yield return command;
    }

    private ProcessFacts RandomFacts()
    {
        string[] zones = ["Europe/Zurich", "America/Santiago", "Asia/Kathmandu", "Pacific/Apia", "Africa/Cairo", "UTC"];
        return new ProcessFacts
        {
            Rolling = _chance.Next(2) == 0,
            Guards = Definition.Guards.ToImmutableDictionary(g => g.Id, _ => GuardAnswer.Yes),
            // What the process does not know itself may become known only under way.
            Conditions = Definition.Conditions.ToImmutableDictionary(c => c.Id, c => c.FailedStage is null && _chance.Next(2) == 0 ? null : Coin()),
            Branches = new Dictionary<string, ImmutableArray<string>>
            {
                ["reviewing_state"] = ["AAA", "BBB"],
                ["expert"] = [.. Enumerable.Range(1, 1 + _chance.Next(4)).Select(n => $"e{n}")],
                ["participating_state"] = [.. Enumerable.Range(1, _chance.Next(4)).Select(n => $"P{n}")],
                ["endorsing_state"] = [.. Enumerable.Range(1, _chance.Next(3)).Select(n => $"P{n}")],
            },
            Calendars = Definition.Parties.ToImmutableDictionary(
                p => p.Id, _ => PartyCalendar.In(TimeZoneInfo.FindSystemTimeZoneById(Pick(zones)))),
            Sessions = new SessionCalendar([new("Session", new DateOnly(2026, 7, 6), new DateOnly(2026, 7, 17))]),
        };
    }

    private bool? Coin() => _chance.Next(2) == 0;

    private Acting By(string role, string? branch = null) => new(new PersonId(new Guid(++_persons, 0, 0, new byte[8])), [role], branch);

    private Acting Steering(string command) =>
        Definition.May.TryGetValue(command, out var roles) ? By(Pick(roles)) : By(Definition.Roles[0].Id);

    private T Pick<T>(IReadOnlyList<T> from) => from[_chance.Next(from.Count)];

    private T[] Shuffled<T>(IEnumerable<T> items)
    {
        var all = items.ToArray();
        _chance.Shuffle(all);
        return all;
    }
}

/// <summary>One step of a walk.</summary>
/// <param name="History">All events so far, this step included; grows with the walk.</param>
public sealed record WalkStep(
    ProcessCommand Command,
    ProcessState Before,
    Decision Decision,
    Step Step,
    ProcessFacts Facts,
    DateTimeOffset Now,
    IReadOnlyList<ProcessEvent> History);
