using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using PeerReview.Core;
using PeerReview.Core.Report;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Platform.Documents;

/// <summary>The editions of a published report: each is kept as it went out, under one permanent address.</summary>
public sealed class Editions(StateNames states)
{
    /// <summary>Adds what it takes to a change: the edition as everybody reads it, its files to be made, letters.</summary>
    public ReviewChange Add(ReviewChange change, ReviewWork work, PublishedReport report)
    {
        var review = work.Review;
        var slug = review.Dossier.Slug ?? SlugOf(review);
        var edition = review.Dossier.Edition + 1;
        var hash = ReportHash.Of(report);
        change
            .Record(new ReviewEvent.Published(slug, edition, hash, work.Person.Value))
            .Also(
                Sql.Keep,
                new
                {
                    Slug = slug,
                    Edition = edition,
                    Review = review.Id.Value,
                    Programme = review.Programme.Value,
                    report.Language,
                    Report = Encoding.UTF8.GetString(ReportJson.Write(report)),
                    Hash = hash,
                    At = work.Now,
                },
                rows: 1);
        return ReportFiles.Order(change, review, slug, edition)
            .SendAfter(after => TookPart(after).Distinct().Select(person => Told(after, after.Dossier.Region is null ? LetterNames.PublicationDone : LetterNames.PublicationRegional, person)))
            .SendAfter(after => after.SpeakingForParticipants.Select(person => ToParticipant(after, person)))
            .Made(slug);

        Letter Told(LoadedReview after, string first, PersonId person) =>
            ReviewLetters.About(after, edition == 1 ? first : LetterNames.PublicationEdition, person) with { Path = "/publications/" + slug };

        // Whose day went by with nothing decided is told why nothing of its sheet is in it.
        Letter ToParticipant(LoadedReview after, PersonId person) =>
            edition == 1 && SheetWaits.DayOf(after) is { } day && after.ParticipantOf(person) is { } state
                && SheetWaits.Undecided(after).Contains(state, StringComparer.Ordinal)
                ? Told(after, LetterNames.PublicationWithoutSheet, person) with
                {
                    Days = ImmutableSortedDictionary.Create<string, DateOnly>(StringComparer.Ordinal).Add("until", day.Day),
                }
                : Told(after, LetterNames.PublicationParticipant, person);
    }

    /// <summary>Both sides, the programme, and the stakeholders whose contribution was taken in. It is public, so all of them may know.</summary>
    private static IEnumerable<PersonId> TookPart(LoadedReview review) =>
    [
        .. new[]
        {
            RoleCode.Authority, RoleCode.FocalPoint, RoleCode.Alternate, RoleCode.Contributor, RoleCode.Coordinator, RoleCode.HeadCoordinator,
            RoleCode.ReviewerFocalPoint, RoleCode.Lead, RoleCode.Expert,
        }.SelectMany(review.Holding),
        .. review.Dossier.Holding(RoleCode.Stakeholder)
            .Where(person => review.Dossier.Stakeholders.Contributions.Any(c => c.By == person && c.IsAccepted)).Select(person => new PersonId(person)),
    ];

    /// <summary>Readable and permanent: State, year of the launch, variant, and six digits that tell two of them apart.</summary>
    private string SlugOf(LoadedReview review) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Plain(states.Of(review.Subject.Iso3, "en"))}-{(review.State.LaunchedAt ?? review.Now).Year}-{review.State.Variant}-{review.Id.Value.ToString("N")[^6..]}");

    private static string Plain(string name)
    {
        var letters = name.Normalize(NormalizationForm.FormD).Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark);
        var words = new string([.. letters.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' ')]);
        return string.Join('-', words.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    private static class Sql
    {
        public const string Keep =
            """
            INSERT INTO publication (slug, edition, review_id, programme_id, language, report, sha256, published_at)
            VALUES (@Slug, @Edition, @Review, @Programme, @Language, @Report, @Hash, @At)
            """;
    }
}
