using PeerReview.Core;
using PeerReview.Core.Calendar;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Process;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Reminders;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>What is sent by itself about private questions: to the State a day before the end, to the asking side when the time is over
/// without an answer. By the hour, since the time to answer runs by the hour.</summary>
/// <remarks>That a question lapsed is no event: the record tells it already, by when it was asked and that nobody answered, and an event so
/// many hours after a text would tell everybody else what the text was.</remarks>
internal static class PrivateReminders
{
    /// <summary>Of every question without an answer, those included whose time is over: what is not sent yet is not forgotten.</summary>
    public static IEnumerable<PlannedReminder> Of(LoadedReview review) =>
        review.State.Status != ReviewStatus.Running || !review.HasTeam ? [] : [.. Before(review), .. After(review)];

    private static IEnumerable<PlannedReminder> Before(LoadedReview review) =>
        from wait in Waits.Of(review)
        where wait.Stage == Waits.ClarifyFirst
        from person in wait.Roles.SelectMany(role => wait.Waiting(review, role)).Distinct()
        select Row(
            review, wait.Branch!, wait.DueAt, person, "before_24h", LetterNames.ClarifyFirstAsked, wait.DueAt - PrivateQuestionRules.RemindedBefore);

    private static IEnumerable<PlannedReminder> After(LoadedReview review) =>
        from question in review.Dossier.PrivateQuestions
        where !question.Answered
        let ends = PrivateQuestionRules.EndsAt(question)
        from person in PrivateQuestionRules.Asking(review.Dossier, question)
        select Row(review, question.Id, ends, person, "lapsed", LetterNames.ClarifyFirstLapsed, ends);

    private static PlannedReminder Row(
        LoadedReview review, string question, DateTimeOffset ends, PersonId person, string step, string letter, DateTimeOffset at)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(review.Subject.TimeZone);
        return new PlannedReminder(
            $"{review.Id}/{Waits.ClarifyFirst}/{question}/{step}/{person}",
            person,
            Waits.ClarifyFirst,
            question,
            step,
            letter,
            DueDay.In(zone, ends),
            DueDay.In(zone, at),
            zone.Id,
            at,
            AtOnce: true);
    }
}
