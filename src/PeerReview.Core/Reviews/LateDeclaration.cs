using PeerReview.Core.Process;

namespace PeerReview.Core.Reviews;

/// <summary>Somebody took an expert's place after the stage in which the experts of a programme's own process declare and sign the code of
/// conduct (guard G-DECL): they do both on the page of that stage, though it is over. Part of the <see cref="Dossier"/>.</summary>
/// <param name="At">When they took it, UTC.</param>
public sealed record LateDeclaration(Guid Person, DateTimeOffset At);

/// <summary>Who still has to declare late.</summary>
public static class LateDeclarations
{
    /// <summary>Whether each expert declares in a stage that no part of the product is made for.</summary>
    public static bool AreMadeIn(Stage stage) =>
        !KnownStages.Serve(stage) && stage.Beside.IsEmpty && stage.Exit.Any(exit => exit is { Guard: StageGuards.Declared, Branch: true });

    /// <summary>The stage in which the experts declared and that is over; null where there is none.</summary>
    public static Stage? StageOf(ProcessState state) =>
        state.Definition.Stages.FirstOrDefault(stage => state.Exists(stage) && AreMadeIn(stage) && state[stage].Status == StageStatus.Done);

    /// <summary>Those who have not declared yet, in the order in which they came.</summary>
    public static IEnumerable<LateDeclaration> Open(ProcessState state, Dossier dossier) =>
        dossier.Joined is not { } joined || StageOf(state) is not { } stage ? []
        : joined.Where(one => dossier.Holding(RoleCode.Expert).Contains(one.Person) && !dossier.HasDeclared(one.Person)
            && state[stage].Part(new PersonId(one.Person).ToString()) is null);

    /// <summary>Whether somebody has to declare before anything else.</summary>
    public static bool IsOwed(ProcessState state, Dossier dossier, PersonId person) => Open(state, dossier).Any(one => one.Person == person.Value);

    /// <summary>Until when, by the calendar of the office: in as many days as the stage gives the others.</summary>
    public static Deadline DeadlineOf(ProcessState state, LateDeclaration late)
    {
        var starts = DateOnly.FromDateTime(late.At.UtcDateTime);
        var days = state.Definition.Days(StageOf(state)!, state.Variant) ?? ObjectionMark.DecidedWithin;
        return new Deadline(starts, starts.AddDays(days), TimeZoneInfo.Utc.Id, DeadlineCause.Opened);
    }
}
