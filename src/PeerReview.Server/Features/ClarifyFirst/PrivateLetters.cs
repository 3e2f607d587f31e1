using PeerReview.Core;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Features.ClarifyFirst;

/// <summary>Letters of the circle. They say that there is a question or an answer, never what it says. The ones sent by the clock are
/// planned with the reminders.</summary>
internal static class PrivateLetters
{
    /// <summary>To the State's contact points, and to those of the asking side, by when an answer is due.</summary>
    public static IEnumerable<Letter> Asked(LoadedReview after, string id, PersonId asker)
    {
        var wait = Waits.Of(after).Single(w => w.Stage == Waits.ClarifyFirst && w.Branch == id);
        return
        [
            .. from person in wait.Roles.SelectMany(role => wait.Waiting(after, role)).Distinct()
               select About(after, LetterNames.ClarifyFirstAsked, person) with { Deadline = wait.ToLetter() },
            .. from person in PrivateQuestionRules.Asking(after.Dossier, MarkOf(after, id))
               where person != asker
               select About(after, LetterNames.ClarifyFirstCopied, person) with { Deadline = wait.ToLetter() },
        ];
    }

    /// <summary>To the asking side.</summary>
    public static IEnumerable<Letter> Answered(LoadedReview after, string id) =>
        from person in PrivateQuestionRules.Asking(after.Dossier, MarkOf(after, id))
        select About(after, LetterNames.ClarifyFirstAnswered, person);

    private static PrivateQuestionMark MarkOf(LoadedReview review, string id) => review.Dossier.PrivateQuestions.Single(q => q.Id == id);

    private static Letter About(LoadedReview review, string name, PersonId person) =>
        ReviewLetters.About(review, name, person) with { Path = StagePages.Of(review.Id.Value, Waits.ClarifyFirst) };
}
