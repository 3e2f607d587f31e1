using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Features.ClarifyFirst;

/// <summary>Finds the private questions of a review, those alone that the reader asked, was asked, or speaks for the asker of.</summary>
public sealed class PrivateQuestions(ReviewLookup reviews)
{
    /// <summary>In one round trip; null for those who could neither ask nor be asked here.</summary>
    public async Task<FoundQuestions?> FindAsync(Actor actor, ReviewId review, CancellationToken cancel)
    {
        var found = await reviews.FindAsync(
            actor, review, Sql.Questions, new { Review = review.Value },
            async grid => (Texts: (await grid.ReadAsync<WritingRow>()).ToImmutableArray(), Addresses: (await grid.ReadAsync<AddressRow>()).ToImmutableArray()),
            cancel);
        if (found is not { Review: { HasTeam: true } loaded } || !loaded.Serves("desk_review")
            || !Access.Visible(actor, ReviewDocuments.OwnPrivateQuestion(actor), loaded.Facts).CanRead)
        {
            return null;
        }

        // The State reads whose ever it is; everybody else here is of a reviewing State.
        var answers = Access.Visible(actor, DocumentKind.PrivateQuestion, loaded.Facts).CanRead;
        return new FoundQuestions(
            loaded, answers, AskPrivately.MayNot(actor, loaded), Questions(actor, loaded, found.More.Texts), ContactsOf(actor, loaded, answers, found.More.Addresses));
    }

    private static ImmutableArray<QuestionFound> Questions(Actor actor, LoadedReview review, ImmutableArray<WritingRow> rows) =>
    [
        .. from mark in review.Dossier.PrivateQuestions
           where Access.Visible(actor, review.Dossier.PrivateQuestion(mark.Id), review.Facts, SharingLabel.Red).CanRead
           let question = rows.First(r => r.Kind == WritingKind.PrivateQuestion && r.Key == mark.Id)
           let answer = rows.FirstOrDefault(r => r.Kind == WritingKind.PrivateAnswer && r.Key == mark.Id)
           let open = PrivateQuestionRules.IsOpen(mark, review.Now)
           // What waits first, by when it ends; then the newest.
           orderby open descending, open ? mark.AskedAt.Ticks : -mark.AskedAt.Ticks
           select new QuestionFound(
               mark.Id,
               Contents.ReadQuestion(question.ToWriting()),
               question.Language,
               review.Find(new PersonId(mark.By)),
               mark.State,
               mark.AskedAt,
               PrivateQuestionRules.EndsAt(mark),
               mark.Answered ? PrivateQuestionStatus.Answered : open ? PrivateQuestionStatus.Open : PrivateQuestionStatus.Lapsed,
               answer is null ? null : new AnswerFound(answer.At, Contents.ReadNote(answer.ToWriting()).Text, answer.Language),
               AnswerPrivately.MayNot(actor, review, mark) is null),
    ];

    /// <summary>Both sides: of the State all who answer, of reviewing States the focal points; a reviewer's own, to the State all.</summary>
    private static ImmutableArray<ContactPoint> ContactsOf(Actor actor, LoadedReview review, bool answers, ImmutableArray<AddressRow> addresses)
    {
        var states = review.Dossier.Team.States.Select(seat => seat.State)
            .Where(state => answers || actor.Person is { } person && review.Dossier.People.Any(p => p.Person == person.Value && p.State == state));
        return
        [
            .. from role in review.Process.Roles
               where PrivateQuestionRules.Answering.Any(answering => review.Process.ActsAs(role.Id, answering))
               from person in review.Holding(role.Id)
               from contact in Contact(review.Subject.Iso3, role.Id, person)
               select contact,
            .. from state in states
               from person in review.Dossier.Holding(RoleCode.ReviewerFocalPoint, state)
               from contact in Contact(state, RoleCode.ReviewerFocalPoint, new PersonId(person))
               select contact,
        ];

        // Whoever holds a role in the programme and again in this review is one person.
        IEnumerable<ContactPoint> Contact(string state, string role, PersonId person) =>
            (from holder in review.People
             where holder.Person == person && holder.Role == role
             from address in addresses
             where address.Id == person.Value
             select new ContactPoint(state, role, holder.Name, holder.Office, address.Email)).Take(1);
    }

    private sealed record AddressRow(Guid Id, string Email);

    private static class Sql
    {
        public const string Questions =
            """
            SELECT w.kind, w.key, w.version, w.content, w.label, w.language, w.author, w.at
            FROM writing_head h JOIN writing w USING (review_id, kind, key, version)
            WHERE h.review_id = @Review AND h.kind IN ('private_question', 'private_answer')
            ORDER BY w.kind, w.key;
            SELECT DISTINCT p.id, p.email FROM role_grant g JOIN person p ON p.id = g.person_id AND p.closed_at IS NULL
            WHERE g.ended_at IS NULL AND (
                (g.review_id = @Review AND g.role IN ('STATE_AUTH', 'STATE_FP', 'STATE_ALT', 'REV_FP'))
                OR (g.review_id IS NULL AND g.role = 'STATE_AUTH'
                    AND (g.programme_id, g.state) IN (SELECT programme_id, subject_state FROM review WHERE id = @Review)))
            """;
    }
}

/// <summary>What somebody finds.</summary>
/// <param name="Answers">Whether the reader is of the State's contact points; else of a reviewing State.</param>
/// <param name="MayNotAsk">Why the reader cannot ask now; null when they can.</param>
/// <param name="Questions">Those that wait first.</param>
/// <param name="Contacts">The contact points of both sides, the State's first.</param>
public sealed record FoundQuestions(
    LoadedReview Review, bool Answers, Refusal? MayNotAsk, ImmutableArray<QuestionFound> Questions, ImmutableArray<ContactPoint> Contacts);

/// <summary>A private question.</summary>
/// <param name="By">Who asked; null when the person has no role here any more.</param>
/// <param name="State">The reviewing State of the asker, ISO 3166-1 alpha-3; null where that is not known.</param>
/// <param name="EndsAt">The first instant at which an answer is too late, UTC.</param>
/// <param name="MayAnswer">Whether the reader can answer it now.</param>
public sealed record QuestionFound(
    string Id, QuestionContent Content, string Language, Holder? By, string? State, DateTimeOffset AskedAt, DateTimeOffset EndsAt,
    PrivateQuestionStatus Status, AnswerFound? Answer, bool MayAnswer);

/// <summary>What became of a private question.</summary>
public enum PrivateQuestionStatus
{
    Open,
    Answered,

    /// <summary>Nobody answered in time.</summary>
    Lapsed,
}

/// <summary>The State's answer.</summary>
public sealed record AnswerFound(DateTimeOffset At, string Text, string Language);

/// <summary>Whom one side can be reached through.</summary>
/// <param name="State">ISO 3166-1 alpha-3.</param>
/// <param name="Role">Role code.</param>
public sealed record ContactPoint(string State, string Role, string Name, string Office, string Email);
