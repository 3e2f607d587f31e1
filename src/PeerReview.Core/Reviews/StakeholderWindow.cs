using System.Collections.Immutable;
using System.Text.Json.Serialization;
using PeerReview.Core.Process;

namespace PeerReview.Core.Reviews;

/// <summary>Whom the coordinator invited to contribute, and what became of each contribution. Part of the <see cref="Dossier"/>.</summary>
public sealed record StakeholderWindow
{
    /// <summary>The stage in which stakeholders are invited and heard.</summary>
    public const string Call = "stake_call";

    /// <summary>The stage in which the State replies.</summary>
    public const string Reply = "stake_reply";

    /// <summary>Invitations of a review at most, those taken back or declined left out.</summary>
    public const int MostInvited = 60;

    /// <summary>Nobody invited, nothing said.</summary>
    public static StakeholderWindow None { get; } = new();

    /// <summary>Everybody who was invited, in order.</summary>
    public ImmutableArray<StakeholderMark> Invitations { get; init; } = [];

    /// <summary>Contributions that were handed in, in order.</summary>
    public ImmutableArray<ContributionMark> Contributions { get; init; } = [];

    /// <summary>Groups of which the coordinator said why nobody was invited.</summary>
    public ImmutableArray<string> Explained { get; init; } = [];

    /// <summary>Whether a contribution was accepted: then the State has a right of reply.</summary>
    [JsonIgnore]
    public bool HasAccepted => Contributions.Any(c => c.IsAccepted);

    /// <summary>Contributions the coordinator has not screened.</summary>
    [JsonIgnore]
    public int Unscreened => Contributions.Count(c => c.Accepted is null);

    /// <summary>Accepted contributions to which the State has not replied.</summary>
    [JsonIgnore]
    public int Unreplied => Contributions.Count(c => c is { IsAccepted: true, Replied: false });

    /// <summary>A contribution that was handed in, or null.</summary>
    public ContributionMark? Find(string key) => Contributions.FirstOrDefault(c => c.Key == key);

    /// <summary>Whether somebody handed in a contribution: nothing more is awaited of them.</summary>
    public bool HasHandedIn(Guid person) => Contributions.Any(c => c.By == person);

    /// <summary>Whether somebody is awaited: invited without an answer, or accepted without a contribution.</summary>
    [JsonIgnore]
    public bool AwaitsAnybody => Invitations.Any(i =>
        i.IsOpen || (i.Outcome == InvitationOutcome.Accepted && !HasHandedIn(i.Person)));

    /// <summary>Whether the window takes place, now, before or later: it was not left out.</summary>
    public static bool TakesPlace(ProcessState state) =>
        state.Definition.FindStage(Call) is { } call && state.Exists(call) && state[call].Status != StageStatus.Skipped;

    /// <summary>Whether there is anything to read of it: it takes place, or somebody was heard before it was ended.</summary>
    public bool IsShown(ProcessState state) => TakesPlace(state) || !Contributions.IsEmpty;

    /// <summary>Why nobody can be invited now; null when somebody can.</summary>
    /// <returns>null, <c>stakeholder.too-many</c> {count}, or why the stage is closed.</returns>
    public Refusal? MayInvite(ProcessState state)
    {
        if (StageDoor.Closed(state, Call) is { } closed)
            return closed;
        return Invitations.Count(i => i.Outcome is null or InvitationOutcome.Accepted) < MostInvited
            ? null
            : new Refusal("stakeholder.too-many", RefusalKind.Conflict).With("count", MostInvited);
    }

    /// <summary>Why this person cannot be invited; null when they can.</summary>
    /// <returns>null, or <c>stakeholder.invited-already</c>.</returns>
    public Refusal? MayInvite(PersonId person) =>
        Invitations.Any(i => i.Person == person.Value && i.Outcome is null or InvitationOutcome.Accepted)
            ? new Refusal("stakeholder.invited-already", RefusalKind.Conflict, "email")
            : null;

    /// <summary>Whoever accepted and has handed in nothing yet.</summary>
    public IEnumerable<Guid> Silent(Dossier dossier) =>
        dossier.Holding(RoleCode.Stakeholder).Where(person => !HasHandedIn(person));

    /// <summary>The window after one more fact.</summary>
    /// <param name="event">One about stakeholders; others change nothing.</param>
    public StakeholderWindow Evolve(ReviewEvent @event) => @event switch
    {
        ReviewEvent.StakeholderInvited e => this with
        {
            Invitations = Invitations.Add(new StakeholderMark(e.Invitation, e.Person, e.Family)),
        },
        ReviewEvent.StakeholderInvitationClosed e => this with
        {
            Invitations = [.. Invitations.Select(i => i.Id == e.Invitation ? i with { Outcome = e.Outcome } : i)],
        },
        ReviewEvent.ContributionScreened e => Change(e.Contribution, c => c with { Accepted = e.Accepted }),
        ReviewEvent.ContributionForwarded e => Change(e.Contribution, c => c with { Forwarded = true }),
        ReviewEvent.TextWritten { What: WritingKind.Contribution, Version: 1 } e => this with
        {
            Contributions = Contributions.Add(new ContributionMark(e.Key, e.By)),
        },
        ReviewEvent.TextWritten { What: WritingKind.ContributionReply } e => Change(e.Key, c => c with { Replied = true }),
        ReviewEvent.TextWritten { What: WritingKind.NotInvited } e => this with
        {
            Explained = [.. Explained.Remove(e.Key, StringComparer.Ordinal), e.Key],
        },
        _ => this,
    };

    private StakeholderWindow Change(string key, Func<ContributionMark, ContributionMark> change) =>
        this with { Contributions = [.. Contributions.Select(c => c.Key == key ? change(c) : c)] };
}

/// <summary>That somebody was invited to contribute.</summary>
/// <param name="Family">See <see cref="Deliberation.StakeholderFamily"/>.</param>
/// <param name="Outcome">See <see cref="InvitationOutcome"/>; null while it is open.</param>
public sealed record StakeholderMark(Guid Id, Guid Person, string Family, string? Outcome = null)
{
    /// <summary>Whether it waits for an answer.</summary>
    [JsonIgnore]
    public bool IsOpen => Outcome is null;
}

/// <summary>That a contribution was handed in, and what became of it.</summary>
/// <param name="By">The sender.</param>
/// <param name="Accepted">How it was screened; null while it is not.</param>
/// <param name="Replied">The State replied, or said that it does not wish to.</param>
/// <param name="Forwarded">The State passed it to its contributors.</param>
public sealed record ContributionMark(string Key, Guid By, bool? Accepted = null, bool Replied = false, bool Forwarded = false)
{
    /// <summary>Whether it goes to the State.</summary>
    [JsonIgnore]
    public bool IsAccepted => Accepted == true;
}
