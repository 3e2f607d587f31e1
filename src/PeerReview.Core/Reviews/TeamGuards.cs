using PeerReview.Core.Deliberation;
using PeerReview.Core.Process;

namespace PeerReview.Core.Reviews;

/// <summary>What must hold of the reviewing States and their experts.</summary>
public static class TeamGuards
{
    /// <summary>Every place is taken.</summary>
    public static bool IsSeated(ProcessDefinition process, Dossier dossier) =>
        process.Draw is { } rules && rules.Slots.All(slot => dossier.Team.States.Any(seat => seat.Slot == slot.Id));

    /// <summary>One reviewing State has finished nominating: an expert at least, and nobody may ask for another State any more.</summary>
    /// <returns>Details <c>leaving</c>, <c>redraw-window</c>, <c>expert</c>.</returns>
    public static GuardAnswer Nominated(string reviewer, ProcessState state, Dossier dossier)
    {
        if (dossier.Team.CauseOf(reviewer) is not null)
            return GuardAnswer.No("leaving");
        // Whoever nominates before the window is closed could be nominating for nothing; the subject's right stays whole.
        if (IsRedrawOpen(state))
            return GuardAnswer.No("redraw-window");
        return dossier.Holding(RoleCode.Expert, reviewer).Any() ? GuardAnswer.Yes : GuardAnswer.No("expert");
    }

    /// <summary>Whether the subject may still ask for another reviewing State: nobody finishes nominating before that is over.</summary>
    public static bool IsRedrawOpen(ProcessState state) =>
        state.Definition.FindStage("redraw_window") is { } window && !state[window].Status.IsClosed();

    /// <summary>The team as a whole: two experts at least, one of whom leads (guard G-2REV).</summary>
    /// <returns>Details <c>experts</c>, <c>lead</c>.</returns>
    public static GuardAnswer Complete(Dossier dossier)
    {
        if (dossier.Holding(RoleCode.Expert).Count() < 2)
            return GuardAnswer.No("experts");
        return dossier.Holding(RoleCode.Lead).Count() == 1 ? GuardAnswer.Yes : GuardAnswer.No("lead");
    }

    /// <summary>No objection is open, and whoever an objection took out is replaced by somebody who has declared (guard G-COI).</summary>
    /// <returns>Details <c>objection-open</c>, <c>replacement</c>, <c>declaration</c>.</returns>
    public static GuardAnswer Cleared(Dossier dossier)
    {
        if (dossier.Team.Objections.Any(objection => objection.IsOpen))
            return GuardAnswer.No("objection-open");
        if (dossier.Team.States.Any(seat => dossier.Team.LacksExpert(seat.State)) || dossier.Holding(RoleCode.Lead).Count() != 1)
            return GuardAnswer.No("replacement");
        return dossier.Holding(RoleCode.Expert).All(dossier.HasDeclared) ? GuardAnswer.Yes : GuardAnswer.No("declaration");
    }

    /// <summary>Every party confirmed the minutes as they stand (guard G-PLAN).</summary>
    /// <returns>Details <c>minutes</c>, <c>confirmation</c>.</returns>
    public static GuardAnswer Agreed(Dossier dossier, Material material)
    {
        if (OpeningRules.HashOf(material) is not { } hash)
            return GuardAnswer.No("minutes");
        return OpeningRules.Parties(dossier).All(party => OpeningRules.HasConfirmed(dossier, party, hash))
            ? GuardAnswer.Yes
            : GuardAnswer.No("confirmation");
    }

    /// <summary>An expert handed in a comment, or said that there is none, on every item given to them (guard G-COMMENTS).</summary>
    /// <returns>Detail <c>items-missing</c> with their number.</returns>
    public static GuardAnswer Commented(PersonId expert, Dossier dossier, Material material)
    {
        var commented = material.Find(WritingKind.Comments, expert.ToString()) is { } handedIn
            ? Contents.ReadComments(handedIn).Comments.Select(comment => comment.Item).ToHashSet(StringComparer.Ordinal)
            : [];
        var missing = CommentRules.Missing(dossier, expert, commented).Length;
        return missing == 0 ? GuardAnswer.Yes : GuardAnswer.No(FormattableString.Invariant($"items-missing:{missing}"));
    }
}
