using PeerReview.Core.Calendar;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Data;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>The review's own row: its lock, its snapshots, and what lists are sorted and filtered by.</summary>
internal static class ReviewRow
{
    /// <summary>Keeps the row of a review that has just been launched.</summary>
    public static void Insert(UnitOfWork unit, LoadedReview review) => unit.Write(
        Sql.Insert,
        new
        {
            Review = review.Id.Value,
            Programme = review.Programme.Value,
            review.Dossier.SubjectKind,
            Subject = review.Subject.Iso3,
            ProcessId = review.Process.Id,
            ProcessVersion = review.Process.Version,
            FrameworkId = review.Framework.Id,
            FrameworkVersion = review.Framework.Version,
            review.State.Variant,
            review.Dossier.Theme,
            Status = StatusText.Of(review.State.Status),
            LaunchedAt = review.Now,
            review.Dossier.RegisterConsent,
            NextDueAt = NextDue(review),
            Turn = Turn(review),
            review.Sequence,
            Head = review.Head.ToArray(),
            State = ProcessJson.WriteState(review.State),
            review.EngineState,
            Dossier = ReviewJson.Write(review.Dossier),
        },
        rows: 1);

    /// <summary>Keeps the row after something moved.</summary>
    public static void Update(UnitOfWork unit, LoadedReview review) => unit.Write(
        Sql.Update,
        new
        {
            Review = review.Id.Value,
            review.State.Variant,
            review.Dossier.Theme,
            Status = StatusText.Of(review.State.Status),
            EndedAt = StatusText.EndOf(review.State),
            review.Dossier.RegisterConsent,
            ResumesAt = ResumesAt(review),
            NextDueAt = NextDue(review),
            Turn = Turn(review),
            review.Sequence,
            Head = review.Head.ToArray(),
            State = ProcessJson.WriteState(review.State),
            review.EngineState,
            Dossier = ReviewJson.Write(review.Dossier),
        },
        rows: 1);

    /// <summary>Keeps only that the ledger grew: most commands write a text and move nothing.</summary>
    public static void Append(UnitOfWork unit, LoadedReview review) => unit.Write(
        Sql.Append, new { Review = review.Id.Value, review.Sequence, Head = review.Head.ToArray() }, rows: 1);

    // Lists show it to people outside the circle of what is beside the process. While a clock stands, its day is none.
    private static DateTimeOffset? NextDue(LoadedReview review) =>
        Waits.Of(review).Where(w => !w.IsBeside && !w.Paused).Select(w => (DateTimeOffset?)w.DueAt).Min();

    /// <summary>When a deferral ends: with the first instant of its day, where the subject is.</summary>
    private static DateTimeOffset? ResumesAt(LoadedReview review) => review.State.DeferredUntil is { } day
        ? DueDay.StartOf(day, TimeZoneInfo.FindSystemTimeZoneById(review.Subject.TimeZone))
        : null;

    // Nor who has a sheet to decide about.
    private static string Turn(LoadedReview review) => string.Join(
        ' ',
        Waits.Of(review).Where(w => !w.IsBeside && (w.Stage == EndorsementRules.Stage || !w.Roles.Contains(RoleCode.Participant, StringComparer.Ordinal))).SelectMany(w => w.Roles)
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    private static class Sql
    {
        public const string Insert =
            """
            INSERT INTO review (id, programme_id, subject_kind, subject_state, process_id, process_version, framework_id,
                                framework_version, variant, theme, status, launched_at, register_consent, next_due_at, turn,
                                sequence, head, state, engine_state, dossier)
            VALUES (@Review, @Programme, @SubjectKind, @Subject, @ProcessId, @ProcessVersion, @FrameworkId,
                    @FrameworkVersion, @Variant, @Theme, @Status, @LaunchedAt, @RegisterConsent, @NextDueAt, @Turn,
                    @Sequence, @Head, @State, @EngineState, @Dossier)
            """;

        public const string Update =
            """
            UPDATE review
            SET variant = @Variant, theme = @Theme, status = @Status, register_consent = @RegisterConsent, ended_at = @EndedAt, resumes_at = @ResumesAt,
                next_due_at = @NextDueAt, turn = @Turn, sequence = @Sequence, head = @Head, state = @State, engine_state = @EngineState, dossier = @Dossier
            WHERE id = @Review
            """;

        public const string Append = "UPDATE review SET sequence = @Sequence, head = @Head WHERE id = @Review";
    }
}
