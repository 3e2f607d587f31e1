using PeerReview.Core.Calendar;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;

namespace PeerReview.Core.Selection;

/// <summary>The subject's right to object to a reserve who takes an expert's place once the time for objections is over: it begins with
/// the declaration of the reserve, who comments meanwhile.</summary>
public static class SteppingIn
{
    private const string Window = "objection";

    /// <summary>The last day on which the subject may object to somebody; null where the person did not step in after the time for
    /// objections, or has not declared.</summary>
    /// <param name="zone">Where the subject is.</param>
    public static DateOnly? LastDay(Dossier dossier, ProcessState state, Guid person, TimeZoneInfo zone)
    {
        if (state.Definition.FindStage(Window) is not { } window || state[window].ClosedAt is not { } closed)
            return null;
        var steppedIn = dossier.Holding(RoleCode.Expert).Contains(person)
            && dossier.Team.Invitations.Any(i => i.Person == person && i is { Reserve: true, Outcome: InvitationOutcome.Accepted });
        return steppedIn && dossier.Signatures.FirstOrDefault(s => s.Act == SignedAct.Declaration(person)) is { } declared && declared.At > closed
            ? DueDay.In(zone, declared.At).AddDays(ObjectionMark.AgainWithin)
            : null;
    }

    /// <summary>The day with which the right to object to such a person ended without being used: the last one, or the day on which all
    /// comments were in, where that came first; null while it is open, where it was used, and where there was none.</summary>
    /// <param name="now">UTC.</param>
    public static DateOnly? EndedUnused(Dossier dossier, ProcessState state, Guid person, TimeZoneInfo zone, DateTimeOffset now)
    {
        if (LastDay(dossier, state, person, zone) is not { } day || dossier.Team.Objections.Any(o => o.Person == person))
            return null;
        if (state.Definition.FindStage(CommentRules.Stage) is { } comments && state[comments].ClosedAt is { } closed && DueDay.In(zone, closed) is var over && over < day)
            return over;
        return now >= DueDay.LateFrom(day, zone) ? day : null;
    }

    /// <summary>Whether the subject may object to such a person now: until the end of that day, and while experts comment.</summary>
    /// <param name="now">UTC.</param>
    public static bool MayObject(Dossier dossier, ProcessState state, Guid person, TimeZoneInfo zone, DateTimeOffset now) =>
        state.Status == ReviewStatus.Running
        && state.Definition.FindStage(CommentRules.Stage) is { } comments && !state[comments].Status.IsClosed()
        && LastDay(dossier, state, person, zone) is { } day && now < DueDay.LateFrom(day, zone);
}
