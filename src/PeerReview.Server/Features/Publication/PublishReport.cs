using System.Globalization;
using System.Text;
using System.Text.Json;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Process;
using PeerReview.Core.Report;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Documents;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Publication;

/// <summary>The coordinator publishes what the State decided: the report is built, kept and counted as an edition in the
/// transaction that closes the stage.</summary>
public sealed class PublishReport(StateNames states) : IStageCompletion
{
    public string Stage => "publish";

    public async Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, JsonElement body, CancellationToken cancel)
    {
        var review = work.Review;
        if (Access.May(work.Actor, ReviewAct.Publish, review.Facts) is { } no)
            return no;
        if (StageDoor.Closed(review.State, Stage) is { } closed)
            return closed;
        if (review.Dossier.Choices is null)
            return new Refusal("publication.not-decided", RefusalKind.Conflict);
        var today = DateOnly.FromDateTime(work.Now.UtcDateTime);
        return ReportBuilder.Build(ReportOf.Input(review, await work.MaterialAsync(cancel), today))
            .Match<Verdict<ReviewChange>>(report => Publish(work, report), refused => refused);
    }

    private ReviewChange Publish(ReviewWork work, PublishedReport report)
    {
        var review = work.Review;
        var slug = review.Dossier.Slug ?? SlugOf(review);
        var edition = review.Dossier.Edition + 1;
        var hash = ReportHash.Of(report);
        var change = new ReviewChange()
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
            .Then(new ProcessCommand.Complete(work.Acting, Stage))
            .SendAfter(after => new[] { RoleCode.Authority, RoleCode.FocalPoint, RoleCode.Alternate, RoleCode.Coordinator }
                .SelectMany(after.Holding).Distinct()
                .Select(person => ReviewLetters.About(after, LetterNames.PublicationDone, person) with { Path = "/publications/" + slug }))
            .Made(slug);
    }

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
