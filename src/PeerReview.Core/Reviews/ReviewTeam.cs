using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace PeerReview.Core.Reviews;

/// <summary>The States that review another, and those that would step in. Part of the <see cref="Dossier"/>.</summary>
public sealed record ReviewTeam
{
    /// <summary>Nobody, as in a light review.</summary>
    public static ReviewTeam None { get; } = new();

    /// <summary>The reviewing States, in the order of the places.</summary>
    public ImmutableArray<SeatedState> States { get; init; } = [];

    /// <summary>Those that step in when a State leaves its place, in the order in which they are asked.</summary>
    public ImmutableArray<SeatedState> Reserves { get; init; } = [];

    /// <summary>States whose place another has to take, and why; see <see cref="ReplacementCause"/>.</summary>
    public ImmutableArray<Vacancy> ToReplace { get; init; } = [];

    /// <summary>States that had a place and left it.</summary>
    public ImmutableArray<string> Left { get; init; } = [];

    /// <summary>How often the subject asked for another State.</summary>
    public int Redraws { get; init; }

    /// <summary>Everybody who was invited to review, in order.</summary>
    public ImmutableArray<InvitationMark> Invitations { get; init; } = [];

    /// <summary>The subject's objections to experts, in order.</summary>
    public ImmutableArray<ObjectionMark> Objections { get; init; } = [];

    /// <summary>Items that experts have no part in, in order.</summary>
    public ImmutableArray<Recusal> Recusals { get; init; } = [];

    /// <summary>Experts the review went on without, in order; null where it waited for all.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<LeftOutMark>? LeftOut { get; init; }

    /// <summary>Places of experts whose State left, or whom an objection took out while experts comment, in order; null where none did.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<VacatedMark>? Vacated { get; init; }

    /// <summary>Whether minutes of the opening are written.</summary>
    public bool HasMinutes { get; init; }

    /// <summary>The language the experts work in; null until the opening is agreed.</summary>
    public string? Language { get; init; }

    /// <summary>Who comments on what; empty until the opening is agreed.</summary>
    public ImmutableArray<ItemSplit> Split { get; init; } = [];

    /// <summary>The place of a State, or null where it has none.</summary>
    public SeatedState? Find(string state) => States.FirstOrDefault(seat => seat.State == state);

    /// <summary>Why another State has to take the place of one; null when none has.</summary>
    public string? CauseOf(string state) => ToReplace.FirstOrDefault(vacancy => vacancy.State == state)?.Cause;

    /// <summary>The team after one more fact.</summary>
    /// <param name="event">One about the reviewing States; others change nothing.</param>
    public ReviewTeam Evolve(ReviewEvent @event) => @event switch
    {
        ReviewEvent.ReviewersNamed e => this with { States = e.States, Reserves = e.Reserves },
        ReviewEvent.RedrawAsked e => this with { ToReplace = ToReplace.Add(new Vacancy(e.State, ReplacementCause.Redraw)), Redraws = Redraws + 1 },
        ReviewEvent.ServiceDeclined e => this with { ToReplace = ToReplace.Add(new Vacancy(e.State, ReplacementCause.Declined)) },
        ReviewEvent.ReviewerReplaced e => this with
        {
            States = [.. States.Select(seat => seat.State == e.From ? seat with { State = e.To } : seat)],
            Reserves = Reserves.RemoveAll(seat => seat.State == e.To),
            ToReplace = ToReplace.RemoveAll(vacancy => vacancy.State == e.From),
            Left = Left.Add(e.From),
            // A place that is open stays open, for somebody of the State that came.
            Objections = [.. Objections.Select(o => o.State == e.From && o.IsGap ? o with { State = e.To } : o)],
            Vacated = Vacated is { } places ? [.. places.Select(place => place.State == e.From ? place with { State = e.To } : place)] : null,
            Invitations = [.. Invitations.Select(i => i is { IsOpen: true } && i.State == e.From ? i with { Outcome = InvitationOutcome.Withdrawn } : i)],
        },
        ReviewEvent.ReviewersReleased e => this with
        {
            States = [],
            Reserves = [],
            ToReplace = [],
            Left = Left.AddRange(e.States),
            Invitations = [.. Invitations.Select(i => i is { IsOpen: true } ? i with { Outcome = InvitationOutcome.Withdrawn } : i)],
            // Nobody decides any more about somebody who has left.
            Objections = Objections.RemoveAll(o => o.IsOpen),
        },
        ReviewEvent.ExpertInvited e => this with
        {
            Invitations = Invitations.Add(new InvitationMark(e.Invitation, e.Person, e.State, e.Reserve)),
        },
        ReviewEvent.InvitationClosed e => this with
        {
            Invitations = [.. Invitations.Select(i => i.Id == e.Invitation ? i with { Outcome = e.Outcome } : i)],
            Objections = e.Outcome == InvitationOutcome.Accepted && Invitations.FirstOrDefault(i => i.Id == e.Invitation) is { Reserve: false } mark
                ? Filled(mark.State)
                : Objections,
        },
        ReviewEvent.ExpertReplaced e => this with
        {
            Split = [.. Split.Select(s => s with { Experts = [.. s.Experts.Select(expert => expert == e.From ? e.To : expert).Distinct()] })],
            Objections = [.. Objections.Select(o => o.Person == e.From && o.IsGap ? o with { Replaced = true } : o)],
            Vacated = Taken(e.From),
        },
        ReviewEvent.ExpertLeftOut e => this with
        {
            LeftOut = [.. LeftOut ?? [], new LeftOutMark(e.Person, e.State)],
            Split = [.. Split.Select(s => s with { Experts = s.Experts.Remove(e.Person) })],
            Objections = [.. Objections.Select(o => o.Person == e.Person && o.IsGap ? o with { Replaced = true } : o)],
            Vacated = Taken(e.Person),
        },
        ReviewEvent.ObjectionDecided e => this with
        {
            Objections = [.. Objections.Select(o => o.Person == e.Person && o.IsOpen ? o with { Upheld = e.Upheld } : o)],
        },
        ReviewEvent.ItemsRecused e => this with { Recusals = Recusals.Add(new Recusal(e.Person, e.Items, e.By)) },
        ReviewEvent.OpeningAgreed e => this with { Language = e.Language, Split = e.Split },
        _ => this,
    };

    /// <summary>The team after an objection.</summary>
    /// <param name="at">When it was made, UTC.</param>
    public ReviewTeam Object(Guid person, string state, DateTimeOffset at) =>
        this with { Objections = Objections.Add(new ObjectionMark(person, state, at)) };

    /// <summary>The team after an expert's State left, or an objection took the expert out while experts comment.</summary>
    /// <param name="at">When, UTC.</param>
    public ReviewTeam Vacate(ReviewEvent.PlaceVacated e, DateTimeOffset at) =>
        this with
        {
            Vacated = [.. Vacated ?? [], new VacatedMark(e.Person, e.State, at, e.Led) { Commented = e.Commented }],
            // Nobody decides any more about somebody who has left.
            Objections = Objections.RemoveAll(o => o.Person == e.Person && o.IsOpen),
        };

    /// <summary>The reviewing States an expert of which the review went on without, each once.</summary>
    [JsonIgnore]
    public ImmutableArray<string> Without => [.. (LeftOut ?? []).Select(mark => mark.State).Distinct(StringComparer.Ordinal)];

    /// <summary>Those of a State who accepted to step in, in the order of their invitations.</summary>
    public IEnumerable<Guid> ReserveExperts(string state) =>
        Invitations.Where(i => i.State == state && i is { Reserve: true, Outcome: InvitationOutcome.Accepted } && !IsTakenOut(i.Person))
            .Select(i => i.Person);

    /// <summary>Whether an objection took somebody out.</summary>
    public bool IsTakenOut(Guid person) => Objections.Any(o => o.Person == person && o.Upheld == true);

    /// <summary>Whether somebody had a place and does not have it any more because the review went on without them, or their place was left to others.</summary>
    public bool HasLeft(Guid person) => (LeftOut ?? []).Any(mark => mark.Person == person) || (Vacated ?? []).Any(mark => mark.Person == person);

    /// <summary>Places nobody has: after an objection, or because the State of an expert left.</summary>
    [JsonIgnore]
    public IEnumerable<OpenPlace> Gaps
    {
        get
        {
            var vacated = (Vacated ?? []).Where(v => !v.Replaced).Select(v => new OpenPlace(v.Person, v.State) { Left = v }).ToList();
            return Objections.Where(o => o.IsGap && vacated.TrueForAll(place => place.Person != o.Person))
                .Select(o => new OpenPlace(o.Person, o.State)).Concat(vacated);
        }
    }

    /// <summary>Whether an expert of a State left after an objection, or with the State before.</summary>
    public bool HasLost(string state) => Objections.Any(o => o.State == state && o.Upheld == true) || (Vacated ?? []).Any(place => place.State == state);

    /// <summary>Whether a State has to find somebody in the place of an expert who left.</summary>
    public bool LacksExpert(string state) => GapOf(state) is not null;

    /// <summary>The first open place among the experts of a State; null where nobody is lacking.</summary>
    public OpenPlace? GapOf(string state) => Gaps.FirstOrDefault(gap => gap.State == state);

    /// <summary>The place somebody left open; null where it is taken, or they never had one.</summary>
    public OpenPlace? GapLeftBy(Guid person) => Gaps.FirstOrDefault(gap => gap.Person == person);

    /// <summary>Whether a branch of a stage is that of an expert who left while experts comment, and nobody has the place yet.</summary>
    /// <param name="branch">The id of an expert, the code of a State, or null.</param>
    public bool IsVacated(string? branch) => Guid.TryParse(branch, out var person) && GapLeftBy(person) is { Left: not null };

    private ImmutableArray<ObjectionMark> Filled(string state) =>
        Objections.FirstOrDefault(o => o.State == state && o.IsGap) is { } gap
            ? Objections.Replace(gap, gap with { Replaced = true })
            : Objections;

    private ImmutableArray<VacatedMark>? Taken(Guid person) => Vacated is { } places
        ? [.. places.Select(place => place.Person == person ? place with { Replaced = true } : place)]
        : null;
}

/// <summary>The place of an expert whose State left the review, or whom an objection took out while experts comment.</summary>
/// <param name="Person">Who had it.</param>
/// <param name="State">The State that finds somebody.</param>
/// <param name="At">Since when it is open, UTC.</param>
/// <param name="Led">Whether whoever takes the place leads.</param>
/// <param name="Replaced">Whether somebody took it, or the review went on without.</param>
public sealed record VacatedMark(Guid Person, string State, DateTimeOffset At, bool Led, bool Replaced = false)
{
    /// <summary>Whether the comments were closed by then: the place is not filled, but somebody else has to lead.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Commented { get; init; }
}

/// <summary>A place among the experts that nobody has.</summary>
/// <param name="Person">Who had it.</param>
/// <param name="State">The State that finds somebody.</param>
public sealed record OpenPlace(Guid Person, string State)
{
    /// <summary>That the State of the expert left, or an objection took the expert out while experts comment; null after an objection before
    /// that, when the State nominates anew.</summary>
    public VacatedMark? Left { get; init; }
}

/// <summary>An expert the review went on without.</summary>
/// <param name="State">The reviewing State of the expert.</param>
public sealed record LeftOutMark(Guid Person, string State);

/// <summary>A place that another State has to take.</summary>
/// <param name="State">The State that leaves it.</param>
public sealed record Vacancy(string State, string Cause);

/// <summary>That somebody was invited to review.</summary>
/// <param name="State">The reviewing State that invited.</param>
/// <param name="Reserve">To step in when an expert is late or leaves.</param>
/// <param name="Outcome">See <see cref="InvitationOutcome"/>; null while it is open.</param>
public sealed record InvitationMark(Guid Id, Guid Person, string State, bool Reserve, string? Outcome = null)
{
    /// <summary>Whether it waits for an answer.</summary>
    [JsonIgnore]
    public bool IsOpen => Outcome is null;
}

/// <summary>An objection of the subject to an expert.</summary>
/// <param name="State">The reviewing State of the expert.</param>
/// <param name="At">When it was made, UTC.</param>
/// <param name="Upheld">What was decided; null while nothing is.</param>
/// <param name="Replaced">Whether somebody else took the place.</param>
public sealed record ObjectionMark(Guid Person, string State, DateTimeOffset At, bool? Upheld = null, bool Replaced = false)
{
    /// <summary>Days within which it is decided (process B.4).</summary>
    public const int DecidedWithin = 7;

    /// <summary>Days the subject has to object to whoever stepped in, once that person has declared.</summary>
    public const int AgainWithin = 7;

    /// <summary>Whether it waits for a decision.</summary>
    [JsonIgnore]
    public bool IsOpen => Upheld is null;

    /// <summary>Whether it took the expert out and nobody stepped in yet.</summary>
    [JsonIgnore]
    public bool IsGap => this is { Upheld: true, Replaced: false };
}
