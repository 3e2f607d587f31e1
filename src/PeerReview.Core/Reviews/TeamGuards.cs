using PeerReview.Core.Process;

namespace PeerReview.Core.Reviews;

/// <summary>What must hold of the reviewing States and their experts.</summary>
public static class TeamGuards
{
    /// <summary>Every place is taken.</summary>
    public static bool IsSeated(ProcessDefinition process, Dossier dossier) =>
        process.Draw is { } rules && rules.Slots.All(slot => dossier.Team.States.Any(seat => seat.Slot == slot.Id));

    /// <summary>One reviewing State has finished nominating: an expert at least, and nobody may ask for another State any more.</summary>
    /// <returns>Details <c>redraw-window</c>, <c>expert</c>.</returns>
    public static GuardAnswer Nominated(string reviewer, ProcessState state, Dossier dossier)
    {
        // Whoever nominates before the window is closed could be nominating for nothing; the subject's right stays whole.
        if (state.Definition.FindStage("redraw_window") is { } window && !state[window].Status.IsClosed())
            return GuardAnswer.No("redraw-window");
        return dossier.Holding(RoleCode.Expert, reviewer).Any() ? GuardAnswer.Yes : GuardAnswer.No("expert");
    }

    /// <summary>The team as a whole: two experts at least, one of whom leads (guard G-2REV).</summary>
    /// <returns>Details <c>experts</c>, <c>lead</c>.</returns>
    public static GuardAnswer Complete(Dossier dossier)
    {
        if (dossier.Holding(RoleCode.Expert).Count() < 2)
            return GuardAnswer.No("experts");
        return dossier.Holding(RoleCode.Lead).Count() == 1 ? GuardAnswer.Yes : GuardAnswer.No("lead");
    }
}
