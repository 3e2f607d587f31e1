using System.Collections.Immutable;

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
        },
        _ => this,
    };
}

/// <summary>A place that another State has to take.</summary>
/// <param name="State">The State that leaves it.</param>
public sealed record Vacancy(string State, string Cause);
