using System.Collections.Immutable;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Features.Moves;

/// <summary>Who hears that own steps come later because another step has more time: the reviewing States and their experts, and whoever
/// speaks for a participating State that handed a sheet in. Each hears of the first of its own steps, not of whose time it was.</summary>
internal static class Later
{
    internal static readonly ImmutableArray<string> Reviewing = [RoleCode.ReviewerFocalPoint, RoleCode.Expert];

    /// <summary>The letters about the step itself, and those to others whose days moved with it.</summary>
    /// <param name="letters">Whoever gets one of them gets no second.</param>
    public static IEnumerable<Letter> With(LoadedReview before, LoadedReview after, Calendars calendars, IEnumerable<Letter> letters)
    {
        var sent = letters.ToList();
        var told = sent.Select(letter => letter.Person).ToHashSet();
        var (was, now) = (MovePreview.ForecastOf(before, calendars), MovePreview.ForecastOf(after, calendars));
        var moved = now.Stages
            // Whoever works on an open step has a day of their own in it.
            .Where(stage => stage is { Takes: true, Status: StageStatus.Waiting } && was[stage.Stage.Id] is { } old && old.Ends != stage.Ends)
            .OrderBy(stage => stage.Ends).ToList();
        var reviewers = moved.Find(stage => stage.Stage.Acts.Any(role => Reviewing.Any(held => after.Process.ActsAs(held, role))));
        var deciding = moved.Find(stage => stage.Stage.Id == SignedAct.Publication);
        return
        [
            .. sent,
            .. from person in reviewers is null ? [] : Reviewing.SelectMany(after.Holding).Distinct()
               where told.Add(person)
               select Of(after, reviewers!, person),
            .. from state in deciding is null ? [] : after.Dossier.Region?.States ?? []
               where SheetRules.IsHandedIn(after.Dossier, state)
               from person in after.SpeakingFor(state)
               where told.Add(person)
               select Of(after, deciding!, person),
        ];
    }

    private static Letter Of(LoadedReview review, StageForecast moved, Core.PersonId person) =>
        ReviewLetters.About(review, LetterNames.StepsLater, person) with
        {
            Stage = new LetterStage(review.Process.Id, review.Process.Version, moved.Stage.Id),
            Days = ImmutableSortedDictionary.Create<string, DateOnly>(StringComparer.Ordinal).Add("forecast", moved.Ends),
        };
}
