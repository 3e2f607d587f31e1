using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Calendar;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Core.Selection;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Identity;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Features.Team;

/// <summary>Finds an invitation by the secret of its letter. Looking changes nothing: mail scanners look, too.</summary>
public sealed class Invitations(Database database, ReviewReader reader)
{
    /// <summary>The invitation with its review; null for a secret nobody was sent.</summary>
    public async Task<FoundInvitation?> FindAsync(string secret, CancellationToken cancel) => Secret.LooksLikeOne(secret)
        ? await LoadAsync(
            await database.Worker.SingleOrDefaultAsync<InvitationRow>(Scope.None, Sql.Find, new { Hash = Secret.Hash(secret) }, cancel), cancel)
        : null;

    /// <summary>The same by its id, for the person who was invited and nobody else.</summary>
    public async Task<FoundInvitation?> FindAsync(Guid id, PersonId person, CancellationToken cancel) => await LoadAsync(
        await database.Worker.SingleOrDefaultAsync<InvitationRow>(Scope.None, Sql.Own, new { Id = id, Person = person.Value }, cancel), cancel);

    /// <summary>When the experts are to comment, by the forecast of today; null where the process does not say.</summary>
    public static StageForecast? WorkOf(LoadedReview review, Calendars calendars) =>
        KnownStages.Serve(review.Process, CommentRules.Stage) ? ForecastOf(review, calendars)[CommentRules.Stage] : null;

    /// <summary>The stages of a programme's own process in which an expert acts and that are not over, by the forecast of today; none where our
    /// part is made for their comments.</summary>
    public static ImmutableArray<StageForecast> StagesOf(LoadedReview review, Calendars calendars) => KnownStages.Serve(review.Process, CommentRules.Stage) ? []
        : [.. ForecastOf(review, calendars).Stages.Where(time => time.Takes && !time.Status.IsClosed()
            && time.Stage.Acts.Any(role => review.Process.ActsAs(RoleCode.Expert, role)))];

    /// <summary>When the report is expected to be out, by the forecast of today.</summary>
    public static DateOnly PublicationOf(LoadedReview review, Calendars calendars) => ForecastOf(review, calendars).Publication;

    /// <summary>How many days somebody who steps in has; null where the process does not say.</summary>
    public static int? DaysOf(LoadedReview review, Calendars calendars) => WorkOf(review, calendars) is { } work
        ? review.Process.Days(work.Stage, review.State.Variant) ?? work.Days
        : null;

    /// <summary>What the inviting State has to finish with the answer; null where no day is set, or it is past.</summary>
    public static LetterDeadline? AnswerBy(LoadedReview review, string state) => Waits.Of(review)
        .FirstOrDefault(wait => wait.Branch == state && wait.DueAt > review.Now && wait.Roles.Contains(RoleCode.ReviewerFocalPoint, StringComparer.Ordinal))
        ?.ToLetter();

    /// <summary>The stage of a programme's own process in which a State finds its experts: open for that State, and experts act after it.
    /// Null where there is none, and where our part is made for it.</summary>
    public static Stage? FindingExperts(LoadedReview review, string state) => review.State.Open.FirstOrDefault(stage =>
        KnownStages.AreGeneric(review.Process, stage) && stage.Acts.Contains(RoleCode.ReviewerFocalPoint, StringComparer.Ordinal)
        && review.State[stage].Part(state) is { Status: PartStatus.Open }
        && review.Process.Stages.Any(next => review.State.Exists(next) && next.After.Contains(stage.Id, StringComparer.Ordinal)
            && next.Acts.Any(role => role is RoleCode.Expert or RoleCode.Lead)));

    private static Forecast ForecastOf(LoadedReview review, Calendars calendars) => Forecast.Of(
        review.Process, review.State, FactsForProcess.Planning(review.Process, review.Subject, review.Rolling, calendars),
        DueDay.In(calendars.Of(review.Subject).Zone, review.Now), FactsForProcess.Assumed(review));

    private async Task<FoundInvitation?> LoadAsync(InvitationRow? row, CancellationToken cancel)
    {
        if (row is null)
            return null;
        var review = await database.ReadAsync(
            Scope.Of(new ProgrammeId(row.ProgrammeId)), ReviewReader.Statements, new { Review = row.ReviewId },
            grid => reader.ReadAsync(grid), cancel);
        return review is null ? null : new FoundInvitation(row.Id, new PersonId(row.PersonId), row.State, row.Reserve, row.Outcome, review) { Name = row.Name };
    }

    private sealed record InvitationRow(
        Guid Id, Guid ProgrammeId, Guid ReviewId, string State, Guid PersonId, string Name, bool Reserve, string? Outcome);

    private static class Sql
    {
        public const string Own =
            """
            SELECT i.id, i.programme_id, i.review_id, i.state, i.person_id, p.name, i.reserve, i.outcome
            FROM invitation i JOIN person p ON p.id = i.person_id WHERE i.id = @Id AND i.person_id = @Person
            """;

        public const string Find =
            """
            SELECT i.id, i.programme_id, i.review_id, i.state, i.person_id, p.name, i.reserve, i.outcome
            FROM invitation i JOIN person p ON p.id = i.person_id WHERE i.token_hash = @Hash
            """;
    }
}

/// <summary>An invitation in the hands of whoever holds its letter.</summary>
/// <param name="State">The reviewing State that invites.</param>
public sealed record FoundInvitation(Guid Id, PersonId Person, string State, bool Reserve, string? Outcome, LoadedReview Review)
{
    /// <summary>The name of the person who is invited.</summary>
    public string Name { get; init; } = "";

    /// <summary>Why it cannot be answered any more; null while it can. The texts are <c>invitation.dead.&lt;code&gt;</c>.</summary>
    public string? Dead => Review.Dossier.Team.Invitations.FirstOrDefault(i => i.Id == Id) is not { } mark ? InvitationOutcome.Withdrawn
        : mark.Outcome is { } outcome ? outcome
        : Review.State.Status is ReviewStatus.Withdrawn or ReviewStatus.Closed ? "over"
        : InvitationRules.MayAccept(Review.Dossier.Team, Review.State, State, Reserve) is not null
            && Review.Process.FindStage("nominate")?.Index is var stage && (stage is not { } at || Review.State[Review.Process.Stages[at]].Status.IsClosed()) ? "late"
        : null;
}
