using PeerReview.Core.Calendar;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Report;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Server.Platform.Documents;

/// <summary>Puts a review before the report builder.</summary>
public static class ReportOf
{
    /// <summary>In the language of publication. Where the framework has not been translated into it, the whole report is in
    /// English: its headings and the words around them are in one language.</summary>
    /// <param name="planned">The action plan is being handed in; until it is, it is the State's own and goes into no report.</param>
    public static ReportInput Input(LoadedReview review, Material material, DateOnly? published, bool planned = false)
    {
        var framework = review.Framework.In(LanguageOf(review.Dossier));
        var zone = TimeZoneInfo.FindSystemTimeZoneById(review.Subject.TimeZone);
        var input = ReportSource.Of(
            review.Id, review.Dossier, material, framework, framework.Language,
            DueDay.In(zone, review.State.LaunchedAt ?? review.Now), published) with
        { Variant = review.State.Variant };
        // Every day in a report is one of the subject's calendar.
        if (input.Agreed is { } confirmed && AgreementRules.At(review.Dossier) is { } at)
            input = input with { Agreed = confirmed with { On = DueDay.In(zone, at) } };
        if (input.Agreed is { } agreed && StakeholderGroups.AreAsked(review.State))
        {
            input = input with
            {
                Agreed = agreed with
                {
                    Groups =
                    [
                        .. StakeholderGroups.Of(review.Dossier, material).Select(g => new ReportGroup(
                            g.Family, g.Standing, g.Reason is { } reason ? new ReportText(Contents.ReadNote(reason).Text, reason.Language) : null)),
                    ],
                },
            };
        }

        return review.HasTeam && !review.Facts.Planned && !planned ? input with { Commitments = [], Progress = [] } : input;
    }

    private static string LanguageOf(Dossier dossier) =>
        dossier.PublicationLanguages is [var first, ..] ? first : dossier.WorkingLanguage;
}
